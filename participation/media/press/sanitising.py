"""A drawing (SVG) built anew from an allowlist of names; nothing is kept because it looked good.

Sanitising what was sanitised changes nothing. Names that programs and people gave to parts are
replaced by numbers: "layer of Li Hua" is nobody's business.
"""

import re
from typing import Final

from lxml import etree

from participation.media.press.face import MOST_BYTES, Unusable
from participation.media.press.svgstyles import Said, rules, styled
from participation.media.press.svgweight import Element, Scales, local, references
from participation.media.press.svgwords import (
    ATTRIBUTES,
    DRAWN,
    ELEMENTS,
    EMPTY,
    LONG,
    MOST_DEPTH,
    MOST_NODES,
    MOST_PATH,
    MOST_VALUE,
    NUMBER,
    REFUSED,
    RENAMED,
    SPACE,
    SVG,
    TEXTS,
    XLINK,
    XML,
)

_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s+svg\b[^\[\]<>]{0,500}>")
_DECLARATION: Final = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
_MARKED: Final = re.compile(r"<!(?!--|\[CDATA\[)")
_PIXELS: Final = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_LENGTH: Final = re.compile(r"\s*([\d.]{1,15})(px|pt|pc|mm|cm|in|)\s*")
SLIMMEST: Final = 20
"""A drawing may be so many times as long as wide."""


def sanitise(raw: bytes) -> bytes:
    """The drawing in UTF-8 with nothing but allowed names and values.

    Raises `Unusable`: unreadable, too_big, unsafe_drawing (entities, circles, nothing to see),
    picture_inside, bomb.
    """
    if len(raw) > MOST_BYTES["vector"]:
        raise Unusable("too_big")
    root = _parsed(_text(raw))
    sheet = rules(
        "".join(map(str, one.itertext())) for one in root.iter(f"{{{SVG}}}style", "style")
    )
    built = _Rebuilding(sheet).build(root)
    if built is None or not _shows(built):
        raise Unusable("unsafe_drawing")
    _framed(built, root)
    _bound(built)
    if not _shows(built):
        raise Unusable("unsafe_drawing")
    return etree.tostring(built, encoding="utf-8", xml_declaration=False)


def _shows(built: Element) -> bool:
    """Is there anything to see?"""
    return any(local(one) in DRAWN for one in built.iter())


def _text(raw: bytes) -> str:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("unreadable") from error
    text = _DOCTYPE.sub(
        "", text[found.end() :] if (found := _DECLARATION.match(text)) else text, count=1
    )
    if _MARKED.search(text):
        raise Unusable("unsafe_drawing")
    return text


def _parsed(text: str) -> Element:
    parser = etree.XMLParser(
        load_dtd=False,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unusable("unreadable") from error
    if _named(root) != "svg":
        raise Unusable("wrong_kind")
    return root


def _named(element: Element) -> str:
    """The name of an element of SVG (or of no namespace at all, as sloppy programs write)."""
    if not isinstance(element.tag, str):
        return ""
    space, _brace, name = element.tag.rpartition("}")
    return name if space in ("", f"{{{SVG}") else ""


class _Rebuilding:
    """Walks the stranger's tree once and makes ours."""

    def __init__(self, sheet: dict[str, Said]) -> None:
        self.sheet = sheet
        self.nodes = 0

    def build(self, old: Element, depth: int = 0) -> Element | None:
        name = _named(old)
        if name in REFUSED:
            raise Unusable(REFUSED[name])
        name = RENAMED.get(name, name)
        if name not in ELEMENTS:
            return None
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > MOST_DEPTH:
            raise Unusable("bomb")
        new = etree.Element(f"{{{SVG}}}{name}", nsmap={None: SVG})
        self._dress(new, name, old)
        if name in TEXTS:
            new.text = old.text
        for child in [] if name in EMPTY else old:
            made = self.build(child, depth + 1)
            if made is not None and (name not in TEXTS or local(made) == "tspan"):
                new.append(made)
                made.tail = child.tail if name in TEXTS else None
            elif name in TEXTS and child.tail:
                _said_after(new, child.tail)
        return new

    def _dress(self, new: Element, name: str, old: Element) -> None:
        given = {str(key): str(value) for key, value in old.attrib.items()}
        given.setdefault("href", given.get(f"{{{XLINK}}}href", ""))
        for key, value in {**given, **styled(name, given, self.sheet)}.items():
            plain = value.strip()
            if key in ATTRIBUTES and plain and _fits(key, plain):
                new.set(key, plain)
        if given.get("id"):
            new.set("id", given["id"])
        if SPACE.fullmatch(given.get(f"{{{XML}}}space", "")):
            new.set(f"{{{XML}}}space", given[f"{{{XML}}}space"])


def _fits(name: str, value: str) -> bool:
    most = MOST_PATH if name in LONG else MOST_VALUE
    if len(value) > most:
        raise Unusable("bomb")
    return ATTRIBUTES[name].fullmatch(value) is not None


def _said_after(text: Element, words: str) -> None:
    """Keep the words behind a part of a text that was left out."""
    if len(text):
        text[-1].tail = (text[-1].tail or "") + words
    else:
        text.text = (text.text or "") + words


def _framed(built: Element, root: Element) -> None:
    """Say the size in numbers and the view, whichever of the two was missing."""
    view = [float(one) for one in re.findall(NUMBER, built.get("viewBox", "")) if _plain(one)]
    width, height = _length(root.get("width")), _length(root.get("height"))
    if len(view) != 4 or min(view[2:]) <= 0:
        view = [0.0, 0.0, width or 300.0, height or 150.0]
    if not width or not height:
        width, height = view[2], view[3]
    if not 1 / SLIMMEST <= width / height <= SLIMMEST:
        raise Unusable("unreadable")
    built.set("viewBox", " ".join(f"{one:g}" for one in view))
    built.set("width", f"{width:g}")
    built.set("height", f"{height:g}")


def _plain(number: str) -> bool:
    return not number[-1:].isalpha() and number[-1:] != "%"


def _length(said: str | None) -> float:
    """Pixels of a length; 0 where nothing fit is said."""
    found = _LENGTH.fullmatch(said or "")
    try:
        pixels = float(found[1]) * _PIXELS[found[2]] if found else 0.0
    except ValueError:
        return 0.0
    return pixels if 0.01 <= pixels <= 1e6 else 0.0


def _bound(built: Element) -> None:
    """Every name becomes a number; what nobody refers to has none, what leads nowhere goes."""
    names = _names(built)
    while lost := [one for one in built.iter() if _leads_nowhere(one, names)]:
        for one in lost:
            one.getparent().remove(one)
        names = _names(built)
    Scales(names).weigh(built)
    wanted = {name for one in built.iter() for _key, name in references(one)}
    numbers: dict[str, str] = {}
    for one in built.iter():
        said = one.attrib.pop("id", None)
        if said in wanted and names[str(said)] is one:
            numbers[str(said)] = f"i{len(numbers) + 1}"
            one.set("id", numbers[str(said)])
    for one in built.iter():
        for key, name in list(references(one)):
            one.set(key, f"#{numbers[name]}" if key == "href" else f"url(#{numbers[name]})")


def _names(built: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for one in built.iter():
        if name := one.get("id"):
            found.setdefault(str(name), one)
    return found


def _leads_nowhere(element: Element, names: dict[str, Element]) -> bool:
    """Is this a `use` of nothing? Other references to nothing are put out on the way."""
    for key, name in list(references(element)):
        if name not in names:
            element.attrib.pop(key)
            if key in ("fill", "stroke"):
                element.set(key, "none")
    return local(element) == "use" and not element.get("href")
