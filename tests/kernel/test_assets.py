"""Assets: bundles hold what they name, addresses carry the content, and nothing else is served."""

import gzip
import os
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from participation.kernel import assets
from participation.settings import ROOT

STATIC = ROOT / "static"
CSS = STATIC / "css"
NIGHT = re.compile(
    r":root(?::not\(\[data-theme=\"light\"\]\)|\[data-theme=\"dark\"\]) \{(.*?)\}", re.S
)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def small(folder: Path) -> Path:
    return write(
        folder,
        {
            "css/child.css": '/* all */\n@import "a.css";\n@import "parts/b.css";\n',
            "css/a.css": "a { color: red; }\n",
            "css/parts/b.css": '.b { background: url("../img/x.svg"); }\n',
            "js/child.js": 'import "./one.js";\nimport "./two.js";\n',
            "js/one.js": "const mine = 1;\n",
            "js/two.js": "const mine = 2;\n",
            "img/x.svg": "<svg/>",
            "fonts/big.ttf": "not for the web",
        },
    )


def outermost(css: str) -> list[str]:
    """What stands before each brace of the first level."""
    found, depth, start = [], 0, 0
    for place, letter in enumerate(css):
        if letter == "{":
            if depth == 0:
                found.append(css[start:place].strip())
            depth += 1
        elif letter == "}":
            depth -= 1
            start = place + 1 if depth == 0 else start
    return found


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = Flask(__name__, static_folder=None)
    assets.init_app(made, small(tmp_path))
    return made


class TestBundles:
    def test_holds_every_imported_file_in_order(self, app: Flask) -> None:
        with app.app_context():
            css = assets.bundle_bytes("child.css").decode()
        assert css.startswith("a{color: red}.b{background: url(")

    def test_points_at_pictures_relative_to_itself(self, app: Flask) -> None:
        with app.app_context():
            css = assets.bundle_bytes("child.css").decode()
            picture = assets.asset("img/x.svg")
        assert picture.startswith("/assets/") and picture.endswith("/img/x.svg")
        assert f'url("../{picture.removeprefix("/assets/")}")' in css

    def test_gives_each_module_its_own_scope(self, app: Flask) -> None:
        with app.app_context():
            script = assets.bundle_bytes("child.js").decode()
        assert script == "// one.js\n{\nconst mine = 1;\n}\n// two.js\n{\nconst mine = 2;\n}\n"

    def test_is_the_same_every_time(self, app: Flask, tmp_path: Path) -> None:
        again = assets.Shelf(tmp_path).find("child.css")
        with app.app_context():
            assert again is not None and again.address == assets.asset("child.css")

    def test_refuses_a_picture_that_is_not_there(self, tmp_path: Path) -> None:
        write(tmp_path, {"css/lost.css": 'a { background: url("../img/gone.svg"); }'})
        with pytest.raises(LookupError, match=r"gone\.svg"):
            assets.Shelf(tmp_path).find("lost.css")


class TestMinifying:
    @pytest.mark.parametrize(
        ("written", "served"),
        [
            ("a  {\n  b: c;\n}\n", "a{b: c}\n"),
            ("a :hover { b: c }", "a :hover{b: c}\n"),
            (".a > .b, .c + .d { b: c }", ".a > .b,.c + .d{b: c}\n"),
            ("a { b: calc(1px + 2px) }", "a{b: calc(1px + 2px)}\n"),
            ('a { content: "/* x */  ; {" }', 'a{content: "/* x */  ; {"}\n'),
            ("a /* no; { */ b { c: d }", "a  b{c: d}\n"),
            (r'a { content: "\" ;" ; b: c }', r'a{content: "\" ;";b: c}' + "\n"),
            (
                "@media (min-width: 1em) and (x) { a { b: c } }",
                "@media (min-width: 1em) and (x){a{b: c}}\n",
            ),
        ],
    )
    def test_keeps_the_meaning(self, written: str, served: str) -> None:
        assert assets.minify_css(written) == served


class TestServing:
    def test_for_ever_under_its_hash(self, app: Flask) -> None:
        with app.app_context():
            address = assets.asset("child.css")
        answer = app.test_client().get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == assets.FOREVER
        assert answer.content_type == "text/css; charset=utf-8"
        assert "Set-Cookie" not in answer.headers

    def test_packed_for_who_can_unpack(self, app: Flask) -> None:
        with app.app_context():
            address, plain = assets.asset("child.css"), assets.bundle_bytes("child.css")
        client = app.test_client()
        packed = client.get(address, headers={"Accept-Encoding": "br, gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain
        for refusing in ("", "identity", "gzip;q=0"):
            answer = client.get(address, headers={"Accept-Encoding": refusing})
            assert answer.data == plain and "Content-Encoding" not in answer.headers
            assert answer.headers["Vary"] == "Accept-Encoding"

    def test_an_older_address_gets_todays_content_unkept(self, app: Flask) -> None:
        answer = app.test_client().get("/assets/0000000000000000/img/x.svg")
        assert answer.data == b"<svg/>"
        assert answer.headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize(
        "name", ["fonts/big.ttf", "../conftest.py", "..%2fx", "img/none.svg", "css", "%2e%2e/x.svg"]
    )
    def test_nothing_else(self, app: Flask, name: str) -> None:
        assert app.test_client().get(f"/assets/0000000000000000/{name}").status_code == 404

    def test_template_global(self, app: Flask) -> None:
        with app.test_request_context():
            shown = render_template_string("{{ asset('img/x.svg') }}")
            assert shown == assets.asset("img/x.svg")
            with pytest.raises(LookupError, match="nothing"):
                assets.asset("nothing.css")


class TestWhileWriting:
    def test_a_change_is_seen(self, tmp_path: Path) -> None:
        app = Flask(__name__, static_folder=None)
        assets.init_app(app, small(tmp_path), dev=True)
        client = app.test_client()
        before = client.get("/assets/0/child.css").data
        source = tmp_path / "css/a.css"
        source.write_text("a { color: blue; }\n", "utf-8")
        os.utime(source, ns=(2 * 10**18, 2 * 10**18))
        assert b"red" in before
        assert b"blue" in client.get("/assets/0/child.css").data

    def test_in_service_nothing_moves(self, tmp_path: Path) -> None:
        shelf = assets.Shelf(small(tmp_path))
        before = shelf.find("child.css")
        (tmp_path / "css/a.css").write_text("a { color: blue; }\n", "utf-8")
        assert shelf.find("child.css") is before


class TestTheSiteItself:
    def test_first_view_is_light(self) -> None:
        shelf = assets.Shelf(STATIC)
        names = ("child.css", "child.js", "img/icons.svg", "img/mark.svg", "img/skyline.svg")
        sizes = [len(found.packed or found.body) for name in names if (found := shelf.find(name))]
        assert len(sizes) == len(names)
        assert sum(sizes) < 25 * 1024

    def test_every_stylesheet_and_script_is_in_a_bundle(self) -> None:
        staff = assets.join_css(CSS / "staff.css")
        script = assets.join_js(STATIC / "js/staff.js")
        assert "@import" not in staff and "\nimport " not in script
        for path in CSS.rglob("*.css"):
            if path.stem not in ("child", "staff"):
                assert path.read_text("utf-8") in staff, path
        for path in (STATIC / "js").glob("*.js"):
            if path.stem not in ("child", "staff"):
                assert path.read_text("utf-8") in script, path

    def test_every_component_has_its_stylesheet(self) -> None:
        macros = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
        sheets = {path.stem for path in (CSS / "components").glob("*.css")}
        assert macros == sheets

    def test_drawings_obey_the_content_policy(self) -> None:
        for path in (STATIC / "img").glob("*.svg"):
            drawn = path.read_text("utf-8")
            for forbidden in ("<style", "style=", "<script", "data:", "<image", "@import"):
                assert forbidden not in drawn, (path.name, forbidden)

    def test_every_icon_asked_for_is_drawn(self) -> None:
        drawn = set(
            re.findall(r'<symbol id="([^"]+)"', (STATIC / "img/icons.svg").read_text("utf-8"))
        )
        for path in (ROOT / "templates").rglob("*.html"):
            asked = re.findall(r'\bicon\("([a-z0-9-]+)"', path.read_text("utf-8"))
            assert set(asked) <= drawn, path

    def test_both_nights_are_one_night(self) -> None:
        nights = [
            " ".join(found.split())
            for found in NIGHT.findall((CSS / "tokens.css").read_text("utf-8"))
        ]
        assert len(nights) == 2
        assert nights[0] == nights[1]

    def test_no_rule_outside_a_layer_but_the_plain_page_for_old_browsers(self) -> None:
        for path in CSS.rglob("*.css"):
            allowed = "@supports" if path.name == "legacy.css" else "@layer"
            for rule in outermost(assets.minify_css(path.read_text("utf-8"))):
                assert rule.startswith((allowed, "@import")), (path.name, rule)
