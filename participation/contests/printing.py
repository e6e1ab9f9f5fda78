"""What stands on the sheets of an exhibition, as data for the template."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from participation.accounts.ages import BANDS
from participation.contests.call import ShownCall
from participation.contests.queries.hung import HungWork
from participation.kernel.codes import qr_svg
from participation.kernel.i18n import _, say_date

SHEETS: Final = "contests/exhibition.typ"
SIZES: Final = ("a4", "a3")
ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png"}
PRINT: Final = "print"

Content = Callable[[Any, str], bytes]
"""The bytes of a rendition of a file."""


@dataclass(slots=True)
class Sheets:
    """The data of a paper and the pictures in it."""

    data: dict[str, Any]
    pictures: dict[str, bytes] = field(default_factory=dict)


def name_words(work: HungWork) -> str:
    """How its authors want to be named."""
    shown = [name for name in work.names if name]
    if not shown:
        return _("作者不署名")
    return _("、").join(shown) + (_("和同学") if len(shown) < len(work.names) else "")


def sheets_of(
    call: ShownCall,
    works: Sequence[HungWork],
    *,
    size: str,
    address: Callable[[HungWork], str],
    content: Content,
) -> Sheets:
    """A page for each work: its picture from the print master (or its lyrics), title, how its
    authors want to be named, her sentence, and a QR code to its page; A4 or A3."""
    sheets = Sheets({"title": str(call.title), "site": _("童声"), "size": size, "works": []})
    for number, work in enumerate(works):
        pictures = _pictures(work, number, content)
        sheets.pictures |= pictures
        sheets.data["works"].append(_told(work, sorted(pictures), address(work)))
    return sheets


def _pictures(work: HungWork, number: int, content: Content) -> dict[str, bytes]:
    found = {}
    for place, file in enumerate(one for one in work.files if PRINT in one.renditions):
        ending = ENDINGS.get(file.renditions[PRINT].mime)
        if ending:
            found[f"{number:03}-{place}.{ending}"] = content(file, PRINT)
    return found


def _told(work: HungWork, pictures: Sequence[str], url: str) -> dict[str, Any]:
    qr_words = _("扫这个码看这件作品")
    return {
        "title": work.title,
        "by": f"{name_words(work)} · {BANDS[work.band]} · {work.district}",
        "words": work.words,
        "alt": work.alt or work.title,
        "pictures": list(pictures),
        "stanzas": work.stanzas,
        "qr": qr_svg(url, alt=qr_words),
        "qr_words": qr_words,
        "licence": _("作品是作者的，可以用到 %(day)s为止。", day=say_date(work.until, year=True)),
    }
