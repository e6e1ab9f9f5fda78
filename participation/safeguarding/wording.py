"""Words for moments and clocks of this room: today until 20:00, 12 minutes left."""

from datetime import datetime, timedelta
from typing import Final

from participation.kernel.clock import CITY_ZONE, city_day, now, today
from participation.kernel.i18n import LazyWords, _, _l, ngettext, say_time
from participation.safeguarding import clocks
from participation.safeguarding.models import Concern

SIGNS: Final[dict[str, LazyWords]] = {
    "harm_self": _l("可能会伤害自己"),
    "harm_by_others": _l("可能有人伤害他"),
    "bullying": _l("可能被欺负"),
    "missing": _l("可能走失、出走"),
    "danger": _l("可能有危险"),
}
OFFICES: Final[dict[str, LazyWords]] = {
    "police": _l("公安"),
    "civil_affairs": _l("民政"),
    "education": _l("教育"),
}
WAYS: Final[dict[str, LazyWords]] = {"phone": _l("打电话"), "writing": _l("书面")}
LEVELS: Final[dict[int, LazyWords]] = {
    1: _l("1 级 · 现在有危险"),
    2: _l("2 级 · 紧急"),
    3: _l("3 级 · 严重"),
}


def moment_words(moment: datetime) -> str:
    """A moment ahead as a child says it: 今天 20:00, 明天 10:00, 7 月 10 日 10:00."""
    hour = f"{moment.astimezone(CITY_ZONE):%H:%M}"
    if city_day(moment) == today():
        return _("今天 %(hour)s", hour=hour)
    if city_day(moment) == today() + timedelta(days=1):
        return _("明天 %(hour)s", hour=hour)
    return say_time(moment)


def length_words(minutes: float) -> str:
    """A length of time in whole minutes, from two hours on in hours."""
    whole = max(0, round(minutes))
    if whole < 120:
        return ngettext("%(num)d 分钟", "%(num)d 分钟", whole)
    return ngettext("%(num)d 小时", "%(num)d 小时", whole // 60)


def clock_words(concern: Concern) -> str:
    """How the clock of a concern stands, in words."""
    if concern.taken_at is not None:
        anew = concern.clock_at <= concern.taken_at  # else the level was changed after it
        began = concern.clock_at if anew else concern.written_at
        minutes = (concern.taken_at - began).total_seconds() / 60
        return _("%(length)s接手", length=length_words(minutes))
    if concern.due_at is None or concern.state == "done":
        return "–"
    left = (concern.due_at - now()).total_seconds() / 60
    if left < 0:
        return _("过了 %(length)s，还没有人接手", length=length_words(-left))
    return _("还有 %(length)s", length=length_words(left))


def clock_shape(concern: Concern) -> str:
    """The icon of the clock: never by colour alone (`clocks.shape`)."""
    if concern.due_at is None or concern.taken_at is not None or concern.state == "done":
        return "tl-on"
    shape = clocks.shape(concern.level, concern.clock_at, concern.due_at, now())
    return {"calm": "tl-none", "pressing": "tl-risk", "late": "tl-off"}[shape]
