"""The reminder (催办): a late reply is called late, once in seven days, until it comes."""

from sqlalchemy import select, update

from participation.deliveries.due import needs_reminder
from participation.deliveries.happenings import ReplyOverdue
from participation.deliveries.models import Dossier
from participation.kernel.announcing import announce
from participation.kernel.clock import today
from participation.kernel.database import session
from participation.kernel.subjects import Subject


def remind_overdue() -> None:
    """Announce `ReplyOverdue` for every dossier that is late now (R29).

    Two workers at once remind once: the day of the last reminder is changed only from the value
    that was read.
    """
    day = today()
    waiting = session().scalars(
        select(Dossier)
        .where(Dossier.replied_at.is_(None), Dossier.due_on < day)
        .order_by(Dossier.due_on, Dossier.id)
    )
    for dossier in waiting.all():
        if needs_reminder(dossier.due_on, dossier.reminded_on, day):
            _remind(dossier)


def _remind(dossier: Dossier) -> None:
    claimed = session().execute(
        update(Dossier)
        .where(
            Dossier.id == dossier.id,
            Dossier.replied_at.is_(None),
            Dossier.reminded_on.is_not_distinct_from(dossier.reminded_on),
        )
        .values(reminded_on=today()),
        execution_options={"synchronize_session": False},
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        return
    announce(
        ReplyOverdue(
            subject=Subject(dossier.subject_kind, dossier.subject_id),
            dossier_id=dossier.id,
            unit_id=dossier.unit_id,
            official_id=dossier.official_id,
            due_on=dossier.due_on,
        )
    )
