"""A child asks once more: another moderator looks, and is not told who was the first."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.actions.opening import wait
from participation.moderation.happenings import AppealMade
from participation.moderation.models import Case
from participation.moderation.queries.answered import APPEAL_FOR
from participation.moderation.queries.cases import last_verdict

TOO_LATE: Final = _l("这句话现在不能再请人看了。")
ASKED: Final = _l("已经有另一位老师在看了。")
ONCE: Final = _l("另一位老师已经看过了，不能再请一次。你可以改一改，再交。")


def appeal(subject: Subject, *, about: Mapping[str, str], text: str) -> None:
    """Let another moderator look at the verdict by which this text was returned or refused (R12).

    The rights of the author are her room's to ask. Raises `RuleBroken` when there is no such
    verdict of the last thirty days, or when it was asked about before.
    """
    judged = _judged_last(subject)
    verdict = last_verdict(judged.id) if judged else None
    if judged is None or verdict is None or verdict.at < now() - APPEAL_FOR:
        raise RuleBroken(TOO_LATE)
    if judged.kind == "appeal":
        raise RuleBroken(ONCE)
    wait(
        "appeal",
        subject,
        about=about,
        band=judged.band,
        text=text,
        queue="appeals",
        school=judged.school,
        kin=judged.kin,
        earlier_id=judged.id,
        not_by=verdict.by,
        turn=judged.turn,
        choices=judged.choices,
    )
    announce(AppealMade(subject=subject))


def _judged_last(subject: Subject) -> Case | None:
    """The newest case of this text; raises `RuleBroken` where one waits already."""
    newest = (
        select(Case)
        .where(
            Case.subject_kind == subject.kind,
            Case.subject_id == subject.id,
            Case.state.in_(("waiting", "returned", "refused")),
        )
        .order_by(Case.id.desc())
        .limit(1)
    )
    case = session().scalar(newest)
    if case is not None and case.state == "waiting":
        raise RuleBroken(ASKED)
    return case
