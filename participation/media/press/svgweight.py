"""How much a drawing is once everything that it refers to is drawn each time (a bomb of `use`)."""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from participation.media.press.face import Unusable
from participation.media.press.svgwords import MOST_WEIGHT, SERVERS, SVG, URL

Element: TypeAlias = etree._Element
_PAINTS = ("fill", "stroke")
_AROUND = ("clip-path", "mask")


def local(element: Element) -> str:
    """The name of an element of ours without its namespace."""
    return str(element.tag).removeprefix(f"{{{SVG}}}")


def named(attribute: str, value: str | None) -> str:
    """The name that an attribute refers to, by `#name` (href) or `url(#name)`, or nothing."""
    if attribute == "href":
        return (value or "").removeprefix("#")
    found = URL.search(value or "")
    return found[1] if found else ""


class Scales:
    """Weighs elements of one drawing; each is weighed once, a circle is refused."""

    def __init__(self, by_name: dict[str, Element]) -> None:
        self.by_name = by_name
        self._known: dict[Element, int] = {}
        self._open: set[Element] = set()

    def weigh(self, element: Element) -> int:
        """How many elements are drawn for this one. Raises `Unusable` above the limit."""
        if element in self._known:
            return self._known[element]
        if element in self._open:
            raise Unusable("unsafe_drawing")
        self._open.add(element)
        weight = 1 + sum(self.weigh(child) for child in element)
        weight += sum(self._of(name, element.get(name)) for name in _AROUND)
        if local(element) not in SERVERS:
            weight += self._of("href", element.get("href"))
        # a paint is inherited, so it may be laid on everything inside
        weight *= 1 + sum(self._of(name, element.get(name)) for name in _PAINTS)
        if weight > MOST_WEIGHT:
            raise Unusable("bomb")
        self._open.discard(element)
        self._known[element] = weight
        return weight

    def _of(self, name: str, value: str | None) -> int:
        target = self.by_name.get(named(name, value))
        if target is None or local(target) in SERVERS:
            return 0
        return self.weigh(target)


def references(element: Element) -> Iterator[tuple[str, str]]:
    """Attribute and name of everything that an element refers to."""
    for attribute in ("href", *_PAINTS, *_AROUND):
        if name := named(attribute, element.get(attribute)):
            yield attribute, name
