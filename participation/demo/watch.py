"""Safeguarding in the demo city: a rota, a head, a message that waits, an exercise done."""

from datetime import datetime, time, timedelta
from typing import Final

from participation.accounts.identity import Identity, Nobody
from participation.kernel.clock import CITY_ZONE, at, city_day, start_of
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import actions
from participation.safeguarding.models import Concern
from participation.safeguarding.rota import week_of

WORDS: Final = "下课的时候，有几个大一点的同学总把我堵在楼梯口。我不敢告诉老师。"
DAYS: Final = 14
DAY: Final = timedelta(days=1)


def keep_watch(first: Identity, second: Identity, start: datetime) -> None:
    """The rota of this week and the next, an exercise of last week, a message of just now."""
    monday = week_of(city_day(start))
    with at(start_of(monday)), unit_of_work():
        actions.make_head(first.person_id)
        actions.confirm_officer(first, second.person_id, agreed=True)
        for offset in range(DAYS):
            on, other = (first, second) if offset % 2 == 0 else (second, first)
            begins = datetime.combine(monday + offset * DAY, time(0), CITY_ZONE)
            actions.set_duty(first, on.person_id, begins, begins + DAY, stand_in_id=other.person_id)
    _drill(first, second, start - 6 * DAY)
    with at(start - timedelta(minutes=4)), unit_of_work():
        actions.promise_answer(actions.ask_for_help(Nobody(), WORDS, wish="here"))


def _drill(first: Identity, second: Identity, begun: datetime) -> None:
    with at(begun), unit_of_work():
        drill = actions.begin_drill(1, by=first.person_id).id
    for minutes, step in ((6, "taken"), (31, "asked"), (44, "closed")):
        with at(begun + timedelta(minutes=minutes)), unit_of_work():
            concern = session().get_one(Concern, drill)
            if step == "taken":
                actions.read_concern(first, concern)
                actions.take_concern(first, concern)
            elif step == "asked":
                actions.ask_closing(first, concern, "演练走完了：6 分钟接手，电话打得通。")
            else:
                actions.read_concern(second, concern)
                actions.confirm_closing(second, concern)
