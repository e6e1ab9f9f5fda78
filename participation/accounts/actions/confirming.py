"""Whom somebody else confirmed in a role that no single person can give; its room decides."""

from collections.abc import Sequence

from sqlalchemy import delete

from participation.accounts.models import Confirmation
from participation.accounts.standing import note_change
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.rows import put_row


def keep_confirmation(person_id: int, *, confirmed: bool, by: int | None) -> None:
    """Write down that somebody else said yes or no; it counts from the person's next request.

    Part of a deed that has asked whether it may; `by` is empty for the shell.
    """
    row = {
        "person_id": person_id,
        "state": "confirmed" if confirmed else "refused",
        "decided_by": by,
        "at": now(),
    }
    put_row(Confirmation, row, key=("person_id",))
    session().get(Confirmation, person_id, populate_existing=True)
    note_change(person_id)


def end_confirmations(person_ids: Sequence[int]) -> None:
    """Another role, another address or leaving: whoever comes back is confirmed anew.

    An address counts, because a password is set by it: whoever could change it alone could
    otherwise come in as somebody who was confirmed.
    """
    session().execute(delete(Confirmation).where(Confirmation.person_id.in_(person_ids)))
