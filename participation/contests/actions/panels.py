"""Seating a jury: asking people, their own yes or no, how much each takes, and who steps in."""

import secrets

from sqlalchemy import select

from participation.accounts.identity import Identity, Nobody
from participation.accounts.queries import person
from participation.contests.actions.asking_rounds import deal_soon
from participation.contests.happenings.juries import (
    JurorAnswered,
    JurorCapped,
    JurorInvited,
    JurorReplaced,
)
from participation.contests.models import Call, Juror
from participation.contests.naming import call_subject
from participation.contests.policies.juries import (
    PANEL_ROLES,
    may_answer_invitation,
    may_decline_invitation,
    may_leave_panel,
    may_seat_jury,
)
from participation.contests.queries.panels import (
    MOST_JURORS,
    is_entrant,
    juror_of,
    own_seat,
)
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _

FEWEST_ALIASES = 10
"""So many aliases there are at least to draw from: the first ten are 甲乙丙…"""


def invite_juror(who: Identity | Nobody, call: Call, panel: str, person_id: int) -> Juror:
    """Ask somebody to sit on a panel; who declined or left may be asked once more.

    Raises `RuleBroken` for who sits on the other panel, for an entrant, and where nobody is. The
    call must be locked: aliases are drawn one after the other.
    """
    may_seat_jury.require(who, call, now())
    asked = person(person_id)
    if asked is None or asked.left_at is not None or asked.role not in PANEL_ROLES.get(panel, ()):
        raise Missing
    if panel == "child":
        _check_child(call, person_id)
    row = session().scalar(
        select(Juror).where(Juror.call_id == call.id, Juror.person_id == person_id)
    )
    if row is not None and (row.panel != panel or row.state in ("invited", "accepted")):
        raise RuleBroken(_("已经请过这个人了。"))
    if row is None:
        row = Juror(call_id=call.id, person_id=person_id, panel=panel, alias=_alias(call.id, panel))
        session().add(row)
    row.state, row.told_on, row.stands_for = "invited", today(), None
    session().flush()
    announce(
        JurorInvited(
            subject=call_subject(call.id),
            by=who.person_id,
            panel=panel,
            juror_id=row.id,
            rehearsal=call.rehearsal,
            person_id=person_id,
        )
    )
    return row


def _check_child(call: Call, person_id: int) -> None:
    """A child never judges where she hands in, and a rehearsal is for grown-ups alone."""
    if call.rehearsal:
        raise RuleBroken(_("预演只请大人。"))
    if is_entrant(person_id, call.id):
        raise RuleBroken(_("这个孩子自己交了作品，不能当这次的评委。"))


def _alias(call_id: int, panel: str) -> int:
    """A number that says nothing of the order in which people were asked."""
    taken = set(
        session().scalars(select(Juror.alias).where(Juror.call_id == call_id, Juror.panel == panel))
    )
    if len(taken) >= MOST_JURORS:
        raise RuleBroken(_("一个评委会最多请 200 人。"))
    most = FEWEST_ALIASES * (len(taken) // FEWEST_ALIASES + 1)
    return secrets.choice(sorted(set(range(1, most + 1)) - taken))


def answer_invitation(who: Identity | Nobody, juror_id: int, *, yes: bool) -> Juror:
    """Say yes or no for oneself; with a yes in mid-round works are dealt anew."""
    juror, chair = own_seat(who.person_id, juror_id, lock=True)
    (may_answer_invitation if yes else may_decline_invitation).require(who, chair, now())
    if yes and juror.panel == "child" and is_entrant(who.person_id, juror.call_id):
        raise RuleBroken(_("你自己交了作品，这次就不当评委了。"))
    juror.state = "accepted" if yes else "declined"
    _answered(juror)
    return juror


def leave_panel(who: Identity | Nobody, juror_id: int) -> Juror:
    """Say that one can't go on: what was finished stays, the rest goes to others."""
    juror, chair = own_seat(who.person_id, juror_id, lock=True)
    may_leave_panel.require(who, chair, now())
    juror.state = "left"
    _answered(juror)
    return juror


def leave_all_panels(person_id: int) -> None:
    """Take somebody who left the city's rolls, or a child without consent, from every panel."""
    wanted = select(Juror).where(
        Juror.person_id == person_id, Juror.state.in_(("invited", "accepted"))
    )
    for juror in session().scalars(wanted.order_by(Juror.id).with_for_update()).all():
        juror.state = "left"
        _answered(juror)


def _answered(juror: Juror) -> None:
    session().flush()
    if juror.state != "declined":
        deal_soon(juror.call_id, juror.panel)
    announce(
        JurorAnswered(subject=call_subject(juror.call_id), panel=juror.panel, state=juror.state)
    )


def cap_juror(who: Identity | Nobody, call: Call, juror_id: int, most: int | None) -> None:
    """Set how many works a juror takes in a round, or that there is no limit."""
    may_seat_jury.require(who, call, now())
    juror = juror_of(call.id, juror_id, lock=True)
    if most is not None and not 1 <= most <= 10_000:
        raise RuleBroken(_("写一个 1 到 10000 的数，或者空着"))
    juror.most = most
    session().flush()
    deal_soon(call.id, juror.panel)
    announce(JurorCapped(subject=call_subject(call.id), by=who.person_id, juror_id=juror.id))


def replace_juror(
    who: Identity | Nobody, call: Call, juror_id: int, stand_in: int | None = None
) -> None:
    """Take a juror from a panel; a stand-in, who has said yes, takes over her open pack.

    Her finished judgements count on. Raises `RuleBroken` for a stand-in who is none.
    """
    may_seat_jury.require(who, call, now())
    juror = juror_of(call.id, juror_id, lock=True)
    if juror.state not in ("invited", "accepted"):
        raise RuleBroken(_("这位评委已经不在评委会里。"))
    if stand_in is not None:
        coming = juror_of(call.id, stand_in, lock=True)
        fits = coming.panel == juror.panel and coming.state == "accepted"
        if not fits or coming.id == juror.id or coming.stands_for is not None:
            raise RuleBroken(_("接手的人要在同一个评委会里，答应了，也没有在接别人的。"))
        coming.stands_for = juror.id
    juror.state = "left"
    session().flush()
    deal_soon(call.id, juror.panel)
    announce(
        JurorReplaced(
            subject=call_subject(call.id),
            by=who.person_id,
            panel=juror.panel,
            juror_id=juror.id,
            stand_in=stand_in is not None,
        )
    )
