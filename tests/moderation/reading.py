"""A month of reading made by the deeds of the desk, for the tests of its figures."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from participation.accounts.models import Person
from participation.kernel import jobs
from participation.kernel.clock import at
from participation.kernel.database import session, unit_of_work
from participation.kernel.subjects import Subject
from participation.kernel.working import ring
from participation.moderation import actions
from participation.moderation.actions.seeding import practise, seed_gold
from participation.moderation.models import Gold, Verdict
from participation.moderation.queries.months import MonthFigures, figures_of
from participation.wiring import HANDLERS, TIMERS
from tests.support.cast import Cast

MAY: Final = datetime(2026, 5, 13, 2, tzinfo=UTC)
"""A Wednesday, ten in the morning; the months of these tests are May and June of 2026."""
ABOUT: Final = {"zh": "上学路上", "en": "The way to school"}


def subject(number: int) -> Subject:
    return Subject("consultation.words", f"{number:04}")


def judged(
    who: Person, number: int, verdict: str, *reasons: str, school: int = 0, text: str = "多种树"
) -> Verdict:
    """A new text comes, and `who` decides it at once."""
    actions.open_case(subject(number), about=ABOUT, band="b", text=text, school_id=school)
    return decided(who, verdict, *reasons)


def decided(who: Person, verdict: str, *reasons: str) -> Verdict:
    """`who` takes what waits longest and decides it."""
    case = actions.claim_next(who)
    assert case is not None
    return actions.decide(who, case.id, version=case.version, verdict=verdict, reasons=reasons)


def appealed(who: Person, number: int, verdict: str, *reasons: str) -> None:
    """The child asks once more, and `who` looks."""
    actions.appeal(subject(number), about=ABOUT, text="多种树")
    decided(who, verdict, *reasons)


def reported(who: Person, number: int, verdict: str, *said: str) -> None:
    """Readers say something against it, and `who` looks again."""
    for reason in said:
        actions.report_text(
            subject(number), about=ABOUT, band="b", text="多种树", reason=reason, note=""
        )
    decided(who, verdict, "hurtful" if verdict != "approved" else "")


def practised(who: Person, otherwise: Mapping[int, str], *, most: int = 24) -> None:
    """`who` judges known texts as they should be, but for the places (from 0) in `otherwise`."""
    for place in range(most):
        case = practise(who)
        assert case is not None
        gold = session().get_one(Gold, int(case.subject_id))
        verdict = otherwise.get(place, gold.verdict)
        reasons = ("unclear",) if verdict in ("returned", "refused") else ()
        actions.decide(
            who, case.id, version=case.version, verdict=verdict, reasons=reasons, sure=True
        )


def a_month(cast: Cast, moment: datetime = MAY) -> None:
    """Texts of every end, two appeals, two reports, a withdrawal, and known texts by two."""
    one, two = cast.moderator, cast.second_moderator
    with at(moment), unit_of_work():
        for number in range(40):
            judged(one, number, "approved", school=number % 4 + 1)
        for number in range(40, 52):
            judged(two, number, "returned", "hurtful", "name", school=number % 4 + 1)
        for number in range(52, 55):
            judged(two, number, "refused", "advert", school=1)
        judged(one, 55, "escalated", school=2)
        appealed(one, 40, "approved")
        appealed(one, 41, "refused", "name")
        reported(two, 0, "refused", "hurtful", "hurtful", "personal")
        reported(two, 1, "approved", "other")
        actions.open_case(subject(56), about=ABOUT, band="b", text="不说了")
        actions.withdraw_case(subject(56))
        seed_gold()
        practised(one, {0: "refused", 5: "refused"})
        practised(two, {0: "refused", 7: "approved"})


def count(moment: datetime) -> None:
    """The daily timers ring at this moment, and the worker does what is due."""
    with at(moment):
        ring([timer for timer in TIMERS if timer.kind == "moderation-month"])
        while jobs.run_one(HANDLERS):
            pass


def month(name: str) -> MonthFigures | None:
    with unit_of_work():
        return figures_of(name)


def numbers(found: Any) -> list[int | float]:
    """Every number of a piece of JSON."""
    if isinstance(found, Mapping):
        return [number for each in found.values() for number in numbers(each)]
    if isinstance(found, list | tuple):
        return [number for each in found for number in numbers(each)]
    return [found] if isinstance(found, int | float) and not isinstance(found, bool) else []
