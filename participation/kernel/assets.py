"""Stylesheets, scripts and pictures under addresses that carry their content's hash.

A page needs one stylesheet and one script. They are put together here from small source files:
a bundle is a file of nothing but `@import "x.css";` or `import "./x.js";` lines, which are real
CSS and real modules too, so the browser could read the sources as they stand. Because an
address changes with its content, a browser keeps what it has for a year without asking.
"""

import gzip
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from pathlib import Path, PurePosixPath
from typing import Final

from flask import Blueprint, Flask, Response, abort, current_app, request

from participation.kernel.doors import anyone, door
from participation.settings import ROOT

MEDIA: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
PACKED: Final = frozenset({".css", ".js", ".svg"})
FOREVER: Final = "public, max-age=31536000, immutable"

_CSS_IMPORT = re.compile(r'^@import "([^"]+)";\n?', re.MULTILINE)
_JS_IMPORT = re.compile(r'^import "\./([^"]+)";\n?', re.MULTILINE)
_CSS_ADDRESS = re.compile(r'url\("([^":]+)"\)')
_CSS_PIECES = re.compile(
    r"""(?P<words>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|\s*(?P<mark>[{};,])\s*|(?P<gap>\s+)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served: its bytes, the same packed by gzip (or None), and its hash."""

    name: str
    body: bytes
    packed: bytes | None
    digest: str
    media: str

    @property
    def address(self) -> str:
        """The path under which a browser finds it."""
        return f"/assets/{self.digest}/{self.name}"


class Shelf:
    """All assets of one static folder, built when first asked for."""

    def __init__(self, static_dir: Path) -> None:
        self._folder = static_dir
        self._stamp = 0
        self._sources: dict[str, Path] = {}
        self._built: dict[str, Asset] = {}
        self.refresh()

    def find(self, name: str) -> Asset | None:
        """The asset called `name`, or None when there is none."""
        source = self._sources.get(name)
        if source is None:
            return None
        if name not in self._built:
            self._built[name] = self._build(name, source)
        return self._built[name]

    def refresh(self) -> None:
        """Take stock of the folder and build anew what has changed since.

        Only known media are ever served, never the fonts of paper.
        """
        found = [path for path in self._folder.rglob("*") if path.suffix in MEDIA]
        stamp = max((path.stat().st_mtime_ns for path in found), default=0) + len(found)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._built = {}
        self._sources = {path.relative_to(self._folder).as_posix(): path for path in found}
        for name, path in list(self._sources.items()):
            if name.count("/") == 1 and path.suffix in (".css", ".js"):
                self._sources.setdefault(path.name, path)

    def _build(self, name: str, source: Path) -> Asset:
        body = self._bytes(name, source)
        packed = gzip.compress(body, 9, mtime=0) if source.suffix in PACKED else None
        digest = sha256(body).hexdigest()[:16]
        return Asset(name, body, packed, digest, MEDIA[source.suffix])

    def _bytes(self, name: str, source: Path) -> bytes:
        if source.suffix == ".css":
            depth = "../" * (name.count("/") + 1)
            return minify_css(self._with_addresses(join_css(source), depth)).encode()
        if source.suffix == ".js":
            return join_js(source).encode()
        return source.read_bytes()

    def _with_addresses(self, css: str, depth: str) -> str:
        """Point `url("../img/x.svg")` at the hashed address, relative to the stylesheet's own."""

        def point(found: re.Match[str]) -> str:
            name = "/".join(part for part in PurePosixPath(found[1]).parts if part != "..")
            asset = self.find(name)
            if asset is None:
                raise LookupError(f"a stylesheet asks for {found[1]}, which is not there")
            return f'url("{depth}{asset.digest}/{asset.name}")'

        return _CSS_ADDRESS.sub(point, css)


def join_css(source: Path) -> str:
    """A stylesheet with every `@import "x.css";` line replaced by that file's text."""
    return _inline(source, _CSS_IMPORT, lambda _name, text: text)


def join_js(source: Path) -> str:
    """A module with every `import "./x.js";` line replaced by that file, in a block of its own."""
    return _inline(source, _JS_IMPORT, lambda name, text: f"// {name}\n{{\n{text}}}\n")


def _inline(source: Path, line: re.Pattern[str], wrap: Callable[[str, str], str]) -> str:
    def put(found: re.Match[str]) -> str:
        return wrap(found[1], _inline(source.parent / found[1], line, wrap))

    return line.sub(put, source.read_text("utf-8"))


def minify_css(css: str) -> str:
    """CSS without comments and idle white space; strings and selectors mean what they meant."""

    def put(found: re.Match[str]) -> str:
        if found["words"] is not None:
            return found["words"]
        if found["mark"] is not None:
            return found["mark"]
        return " " if found["gap"] is not None else ""

    return _CSS_PIECES.sub(put, css).replace(";}", "}").strip() + "\n"


blueprint = Blueprint("assets", __name__)


@blueprint.get("/assets/<digest>/<path:name>")
@door(anyone)
def file(digest: str, name: str) -> Response:
    """Serve an asset for ever; an address of an older release gets today's content, unkept."""
    asset = _shelf().find(name)
    if asset is None:
        abort(404)
    packed = asset.packed is not None and request.accept_encodings["gzip"] > 0
    response = Response(asset.packed if packed else asset.body, content_type=asset.media)
    response.headers["Cache-Control"] = FOREVER if digest == asset.digest else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask, static_dir: Path, *, dev: bool = False) -> None:
    """Serve `static_dir` from `app` and give templates `asset(name)`.

    With `dev`, every request first looks whether a file of the folder has changed.
    """
    shelf = Shelf(static_dir)
    if dev:
        app.before_request(shelf.refresh)
    app.extensions["assets"] = shelf
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset
    with app.app_context():
        release()


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions["assets"]
    return shelf


def _asset(name: str) -> Asset:
    found = _shelf().find(name)
    if found is None:
        raise LookupError(f"there is no asset called {name}")
    return found


def asset(name: str) -> str:
    """The address of an asset: `child.css`, `staff.js`, `img/mark.svg`, `js/autosave.js`.

    Raises LookupError for a name that is not there, so that a slip shows in the first test.
    """
    return _asset(name).address


@lru_cache
def release() -> str:
    """The state of templates, words and styles, the same in every worker of one release.

    For the ETags of pages. It is first asked for when the application is made.
    """
    found = blake2b(f"{asset('child.css')} {asset('child.js')}".encode(), digest_size=12)
    for folder, pattern in (("templates", "*.html"), ("translations", "*.po")):
        for path in sorted((ROOT / folder).rglob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()


def bundle_bytes(name: str) -> bytes:
    """The bytes of an asset as a browser gets them before packing."""
    return _asset(name).body
