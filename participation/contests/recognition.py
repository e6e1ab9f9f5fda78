"""What an entrant is thanked with: a card for everybody, and a certificate for who was chosen.

Neither tells a score, a place or a count. The card has one form for all; it says what the jury
liked, or a warm sentence where nobody said. A certificate has no value for any school (R64).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from participation.kernel.i18n import _, _l, say_date

CHOSEN: Final = ("shortlisted", "selected", "adopted")
"""The levels that have a certificate."""
LEVEL_WORDS: Final = {
    "shortlisted": _l("入围"),
    "selected": _l("入选"),
    "adopted": _l("被城市采用"),
}
GUARDIANS_AGAINST: Final = ("refused", "withdrawn")
STANZA_LINES: Final = 6
STANZA_MOST: Final = 160
"""Lines and characters of lyrics that go on a card."""
_BETWEEN: Final = frozenset("·•・‧．.-–—'’")


def level_words(level: str) -> str:
    """A level in words; empty for one that has no certificate."""
    return str(LEVEL_WORDS[level]) if level in LEVEL_WORDS else ""


def bare_name(name: str) -> str:
    """A name as it is compared: no blanks, no dots between its parts, no difference of case."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in plain if not one.isspace() and one not in _BETWEEN)


def is_used(guardian: str, until: date | None, ended_on: date | None, day: date) -> bool:
    """May something of the work still be shown to its author and to who holds her certificate?

    Not once the use was ended, a guardian said no, or the years are over (R66).
    """
    if ended_on is not None or guardian in GUARDIANS_AGAINST:
        return False
    return until is None or day <= until


def stanza_of(text: str) -> str:
    """The first stanza of lyrics, or as much of it as a card holds; empty for no text."""
    first = text.replace("\r\n", "\n").strip().split("\n\n", 1)[0]
    lines = first.split("\n")[:STANZA_LINES]
    while len(lines) > 1 and len("\n".join(lines)) > STANZA_MOST:
        lines.pop()
    return "\n".join(lines)[:STANZA_MOST]


def next_words(unit: str, due: date | None, state: str, *, overdue: bool) -> str:
    """What becomes of a call: `state` is that of its dossier (sent, received, answered) or empty.

    `due` is the day on which the unit promised to answer.
    """
    if state == "answered":
        return _("%(unit)s回音了。回音写在这次征集的页上。", unit=unit)
    if not unit or due is None:
        return _("做决定的单位会看大家的作品，再给大家回音。")
    day = say_date(due, year=True)
    if overdue:
        return _("%(unit)s答应 %(day)s前回音，还没有来。我们在催。", unit=unit, day=day)
    return _("%(unit)s会看大家的作品，%(day)s前给大家回音。", unit=unit, day=day)


@dataclass(frozen=True, slots=True)
class Card:
    """A thank-you card: the same form for everybody.

    `title`, `stanza` and the picture are hers and are left out where nothing of the work may be
    shown; `praise` is what the jury liked, in words for her, or empty; `name` as she chose it.
    """

    call: str
    title: str
    name: str
    stanza: str
    praise: str
    next: str
    adopted: bool

    @property
    def thanks(self) -> str:
        """The one sentence that every card has: what was liked, or that she was heard."""
        if self.praise:
            return _("评委喜欢的一点：%(liked)s", liked=self.praise)
        return _("你把想到的做了出来，还拿来给大家看。谢谢你。")


def card_data(card: Card, *, site: str, day: date, picture: str, alt: str) -> dict[str, Any]:
    """The data of templates/contests/card.typ; `picture` is an SVG, or empty."""
    work = _("《%(title)s》", title=card.title) if card.title else ""
    return {
        "title": _("谢谢你"),
        "site": site,
        "to": _("送给%(name)s", name=card.name) if card.name else "",
        "work": work,
        "call": card.call,
        "picture": picture,
        "alt": alt or work,
        "stanza": card.stanza,
        "thanks": card.thanks,
        "adopted": _("城市采用了你的作品。") if card.adopted else "",
        "next_label": _("接下来"),
        "next": card.next,
        "date": say_date(day, year=True),
    }


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What a certificate says beside its code. `by_hand`: no font has the name, a line is left."""

    name: str
    by_hand: bool
    call: str
    title: str
    level: str
    together: bool
    city: str
    made_on: date
    code: str


def certificate_data(
    text: CertificateText, *, site: str, url: str, square: str, check: str
) -> dict[str, Any]:
    """The data of templates/contests/certificate.typ.

    `url` is where it is verified, `square` its QR code as an SVG, `check` what is said of it.
    """
    level = level_words(text.level)
    if text.together:
        said = _(
            "你和同学一起创作的《%(title)s》，在征集活动“%(call)s”中%(level)s。",
            title=text.title,
            call=text.call,
            level=level,
        )
    else:
        said = _(
            "你创作的《%(title)s》，在征集活动“%(call)s”中%(level)s。",
            title=text.title,
            call=text.call,
            level=level,
        )
    return {
        "title": _("证书"),
        "site": site,
        "city": text.city,
        "name": "" if text.by_hand else text.name,
        "name_line": _("名字写在这里"),
        "said": said,
        "level": level,
        "date": say_date(text.made_on, year=True),
        "no_admission": no_admission(),
        "code_label": _("核对码"),
        "code": text.code,
        "url": url,
        "check": check,
        "qr_svg": square,
        "qr_alt": _("核对证书的二维码"),
    }


def no_admission() -> str:
    """The line that every certificate bears (教育部 竞赛管理办法: 不作为招生入学依据; R64)."""
    return _("不作为中小学招生入学依据")
