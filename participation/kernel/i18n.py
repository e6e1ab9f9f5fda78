"""Two languages by Babel: zh-Hans is the language of the source, English the second.

The current language stands in a context variable: the web sets it for a request, the worker for
a letter. Nothing here knows Flask.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from babel import dates, numbers, support
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import escape

from participation.kernel.clock import CITY_ZONE, city_day, today
from participation.settings import ROOT

LOCALES: Final = ("zh-Hans", "en")
FIRST: Final = "zh-Hans"
BABEL: Final = {"zh-Hans": "zh_Hans_CN", "en": "en"}
_TAGS: Final = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-hans": "zh-Hans",
    "en": "en",
}

_current: ContextVar[str] = ContextVar("locale", default=FIRST)


def current_locale() -> str:
    """The language of this request or letter: `zh-Hans` or `en`."""
    return _current.get()


def set_locale(locale: str) -> None:
    """Make `locale` the language from here on in this context; unknown ones become the first."""
    _current.set(locale if locale in LOCALES else FIRST)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak `locale` inside the block."""
    token = _current.set(locale if locale in LOCALES else FIRST)
    try:
        yield
    finally:
        _current.reset(token)


def negotiate(header: str) -> str:
    """The best language for an Accept-Language header; the first language when none fits."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        base = tag.strip().lower()
        found = _TAGS.get(base) or _TAGS.get(base.split("-")[0])
        if found and weight > 0:
            wanted.append((-weight, place, found))
    return min(wanted)[2] if wanted else FIRST


@lru_cache
def catalog(locale: str) -> support.NullTranslations:
    """The messages of one language, read once from its .po file."""
    path = ROOT / "translations" / locale.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return support.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=locale.replace("-", "_")))
    compiled.seek(0)
    return support.Translations(compiled)


def _(message: str, **values: Any) -> str:
    """Say `message` in the current language; `%(name)s` takes `values`."""
    said: str = catalog(_current.get()).gettext(message)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """Say the form of a message that fits `num`, which the message may name as `%(num)d`."""
    said: str = catalog(_current.get()).ngettext(one, many, num)
    return said % {"num": num, **values}


class LazyWords:
    """A message of module level, said in the reader's language when it is shown."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, values: dict[str, Any]) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return _(self.message, **self.values)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __repr__(self) -> str:
        return f"_l({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.message)

    def __mod__(self, values: Any) -> str:
        return str(self) % values

    def __len__(self) -> int:
        return len(str(self))


def _l(message: str, **values: Any) -> LazyWords:
    """A message to be said later."""
    return LazyWords(message, values)


def _babel() -> str:
    return BABEL[_current.get()]


def say_date(day: date | datetime, *, year: bool = False) -> str:
    """A day as people say it: 7 月 10 日, 10 July; with the year where asked for or another one."""
    local = city_day(day) if isinstance(day, datetime) else day
    year = year or local.year != today().year
    if _current.get() == "en":
        return dates.format_date(local, "d MMMM y" if year else "d MMMM", locale="en")
    return (
        f"{local.year} 年 {local.month} 月 {local.day} 日"
        if year
        else f"{local.month} 月 {local.day} 日"
    )


def say_month(day: date) -> str:
    """The month of a day with its year: 2026 年 7 月, July 2026."""
    if _current.get() == "en":
        return dates.format_date(day, "MMMM y", locale="en")
    return f"{day.year} 年 {day.month} 月"


def say_time(moment: datetime) -> str:
    """A moment with its hour, in the city's time."""
    local = moment.astimezone(CITY_ZONE)
    return f"{say_date(local.date())} {local:%H:%M}"


def say_number(value: int | float) -> str:
    """A number with the language's separators."""
    return numbers.format_decimal(value, locale=_babel())


def say_bytes(size: int) -> str:
    """A size in bytes in the largest unit of which there is one: 10 MB, 300 KB."""
    megabytes = size / 1_000_000
    if megabytes >= 1:
        return f"{say_number(round(megabytes, 1) if megabytes < 10 else round(megabytes))} MB"
    return f"{say_number(max(1, round(size / 1000)))} KB"


def say_percent(share: float) -> str:
    """A share between 0 and 1 in whole per cent."""
    return numbers.format_percent(round(share, 2), locale=_babel())
