"""What tests of the desk share: a matter, a subject, a whole verdict in one call."""

from typing import Any

from sqlalchemy import func, select

from participation.accounts.models import Person
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.moderation import actions
from participation.moderation.models import Case, Verdict

ABOUT = {"zh": "上学路上", "en": "The way to school"}


def decided(who: Person, case: Case, verdict: str, **more: Any) -> Verdict:
    taken = actions.claim(who, case.id, drop=True)
    return actions.decide(who, case.id, version=taken.version, verdict=verdict, **more)


def waits() -> int:
    """How many texts wait for whoever it may be."""
    return session().scalar(
        select(func.count()).where(Case.state == "waiting", Case.kind != "gold")
    )


def subject(number: int) -> Subject:
    return Subject("x", str(number))
