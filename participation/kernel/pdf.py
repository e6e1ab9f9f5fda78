"""Paper: a template and data become an accessible PDF; the only place that knows typst.

Loaded by the worker and by the deeds that make paper, not by pages. Data reaches a template as
JSON, never as source: whatever a child wrote stays text. The same template, data, language and
time give the same bytes. The result claims PDF/UA-1 (ISO 14289-1) as far as typst checks it.
"""

import json
import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory
from threading import Lock
from types import MappingProxyType
from typing import Final

import typst
from fontTools.ttLib import TTFont

from participation.settings import ROOT

TEMPLATES: Final = ROOT / "templates"
FONTS: Final = ROOT / "static" / "fonts"
NO_GLYPH: Final = "〓"
"""Printed (geta mark) where no bundled font has the character: a rare name, another script."""

_STANDARD: Final = "ua-1"
_JOINERS: Final = frozenset("\u00ad\u200b\u200c\u200d\ufe0e\ufe0f")
_LINES: Final = frozenset("\n\u2028\u2029")
_LANG: Final = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
_CLASS_OF_NOTHING: Final = ("Cc", "Cf")

_log = logging.getLogger(__name__)
_one_at_a_time = Lock()


class PaperError(RuntimeError):
    """A template could not be set; a fault of ours, since no data of a person can cause it."""


def render(
    template: str,
    data: Mapping[str, object],
    *,
    lang: str,
    made: datetime | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Set a template of `templates/` ("paper/report.typ") with its data and return the PDF.

    The head of each template names the data it takes: JSON values only. `lang` is a locale such as
    "zh-Hans" or "en"; `made` (aware) becomes the date inside the file, which has none without it.
    `pictures` are JPEG or PNG files by a name of ours ("3.jpg"), which the template finds as
    "/pictures/3.jpg".

    Characters that no bundled font has print as 〓, those without any shape are dropped. Should the
    accessibility standard still refuse, the paper is set without it, marked so in its keywords, and
    that is logged without a word of the text. Raises `PaperError` when the template fails.
    """
    match = _LANG.fullmatch(lang)
    if match is None:
        raise ValueError(f"not a language: {lang!r}")
    text = json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)
    missing = text.count(NO_GLYPH) - json.dumps(data, ensure_ascii=False).count(NO_GLYPH)
    if missing:
        _log.warning("paper %s: %d characters without a glyph", template, missing)
    inputs = {"data": text, "lang": match[1], "made": "" if made is None else made.isoformat()}
    with _setter(template, pictures) as (setter, folder):
        return _set_or_without(setter, folder / template, inputs, made)


def _set_or_without(
    setter: typst.Compiler, template: Path, inputs: dict[str, str], made: datetime | None
) -> bytes:
    """The paper by the standard, or else without it."""
    paper = _set(setter, template, inputs, made, _STANDARD)
    if isinstance(paper, bytes):
        return paper
    _log.warning("paper %s: set without %s", template, _STANDARD)
    paper = _set(setter, template, inputs, made, "")
    if isinstance(paper, bytes):
        return paper
    raise PaperError(f"{template}: {paper}") from paper


@contextmanager
def _setter(template: str, pictures: Mapping[str, bytes]) -> Iterator[tuple[typst.Compiler, Path]]:
    """The compiler of this process; for a paper with pictures one of its own, in a folder that
    holds this template, the blocks of all papers, the pictures, and nothing else."""
    if not pictures:
        yield _compiler(), TEMPLATES
        return
    with TemporaryDirectory(prefix="paper-") as made:
        folder = Path(made)
        copytree(TEMPLATES / "paper", folder / "paper")
        (folder / template).parent.mkdir(parents=True, exist_ok=True)
        copyfile(TEMPLATES / template, folder / template)
        (folder / "pictures").mkdir()
        for name, content in pictures.items():
            (folder / "pictures" / Path(name).name).write_bytes(content)
        yield typst.Compiler(root=folder, font_paths=_fonts()), folder


def unprintable(text: str) -> str:
    """The characters of a text that no bundled font has, in their order, each once."""
    drawn = _characters()
    lost = (one for one in text if one != NO_GLYPH and drawn[ord(one)] == NO_GLYPH)
    return "".join(dict.fromkeys(lost))


def _set(
    setter: typst.Compiler,
    template: Path,
    inputs: dict[str, str],
    made: datetime | None,
    standard: str,
) -> bytes | RuntimeError:
    """Compile once and return the PDF or what typst had against it.

    typst raises its own `RuntimeError`, and a plain one for a template that is not there.
    """
    try:
        with _one_at_a_time:
            paper = setter.compile(
                template,
                format="pdf",
                sys_inputs=inputs | {"standard": standard},
                pdf_standards=[_STANDARD] if standard else [],
                timestamp=made or 0,
            )
    except RuntimeError as error:
        return error
    return paper if isinstance(paper, bytes) else b"".join(paper or ())


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Read the fonts once; templates are named at each compilation and cannot leave `TEMPLATES`."""
    return typst.Compiler(root=TEMPLATES, font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _printable(value: object) -> object:
    """Return JSON data with every string made printable; keys are ours and stay."""
    if isinstance(value, str):
        return value.translate(_characters())
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


class _Characters(dict[int, str]):
    """What is printed for a code point, remembered once asked."""

    def __init__(self, drawn: frozenset[int]) -> None:
        super().__init__()
        self._drawn = drawn

    def __missing__(self, point: int) -> str:
        self[point] = self._printed(chr(point))
        return self[point]

    def _printed(self, character: str) -> str:
        if character in _LINES:
            return "\n"
        if character == "\t":
            return " "
        if character in _JOINERS:
            return character
        if unicodedata.category(character) in _CLASS_OF_NOTHING:
            return ""
        return character if ord(character) in self._drawn else NO_GLYPH


@lru_cache(maxsize=1)
def _characters() -> _Characters:
    return _Characters(frozenset(_drawn()))


def _drawn() -> Iterator[int]:
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            yield from font["cmap"].getBestCmap()  # type: ignore[no-untyped-call]
