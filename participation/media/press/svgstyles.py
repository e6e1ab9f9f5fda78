"""Style sheets of a drawing split into presentation attributes; the sheets themselves go.

Illustrator and its like say every colour by `.cls-1{fill:#f00}`: without this their drawings would
come out black. Selectors are a class, an id or an element; everything else is passed over.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from participation.media.press.face import Unusable
from participation.media.press.svgwords import MOST_RULES, MOST_SHEET, MOST_VALUE, PRESENTATION

Said = dict[str, str]
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT: Final = re.compile(r"@[^{};]{0,2000}(?:;|\{[^{}]{0,20000}\})")
_RULE: Final = re.compile(r"([^{}]{1,2000})\{([^{}]{0,8000})\}")
_SELECTOR: Final = re.compile(r"[.#]?[A-Za-z_][\w-]{0,100}")


def declarations(text: str) -> Said:
    """The presentation attributes in `name: value; …` whose values are as they should be."""
    found = {}
    for one in text[:MOST_VALUE].split(";"):
        name, _colon, value = one.partition(":")
        name, value = name.strip().lower(), value.replace("!important", "").strip()
        if name in PRESENTATION and PRESENTATION[name].fullmatch(value):
            found[name] = value
    return found


def rules(sheets: Iterable[str]) -> dict[str, Said]:
    """Selector (`.name`, `#name` or `name`) → what it says, later rules over earlier ones."""
    found: dict[str, Said] = {}
    for sheet in sheets:
        if len(sheet) > MOST_SHEET:
            raise Unusable("bomb")
        plain = _AT.sub(" ", _COMMENT.sub(" ", sheet))
        for count, (selectors, body) in enumerate(_RULE.findall(plain)):
            if count >= MOST_RULES:
                break
            for selector in selectors.split(","):
                if _SELECTOR.fullmatch(selector.strip()):
                    found.setdefault(selector.strip(), {}).update(declarations(body))
    return found


def styled(name: str, attributes: Mapping[str, str], sheet: Mapping[str, Said]) -> Said:
    """What the sheet and `style=` say of one element, in the order of their weight."""
    classes = [f".{one}" for one in attributes.get("class", "").split()[:20]]
    found: Said = {}
    for selector in (name, *classes, f"#{attributes.get('id', '')}"):
        found.update(sheet.get(selector, {}))
    found.update(declarations(attributes.get("style", "")))
    return found
