"""Who gets a letter when something happened, and where its link leads."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from participation.accounts.happenings import PasswordForgotten, StaffInvited
from participation.accounts.models import Person
from participation.accounts.queries import officials_of, person, staff_with
from participation.accounts.roles import SECRETARY
from participation.contests.happenings.juries import JurorInvited
from participation.contests.queries import call_of
from participation.deliveries.due import receipt_expected
from participation.deliveries.happenings import DossierSent, ReplyGiven, ReplyOverdue
from participation.deliveries.queries import addressed
from participation.kernel import jobs
from participation.kernel.clock import city_day, now, today
from participation.kernel.database import Database, after_commit, database
from participation.kernel.happenings import Happening
from participation.kernel.pseudonyms import fingerprint
from participation.moderation.happenings import AppealMade, CaseOpened
from participation.notifications.digest import DIGEST
from participation.notifications.letters import post
from participation.safeguarding.happenings import (
    ClosingAsked,
    ClosingRefused,
    ConcernTakenOver,
    ConcernWaits,
    DutyDropped,
    IdentityAsked,
    IdentityDecided,
    IdentitySeenAlone,
    OfficerWaits,
)

CONCERNS: Final = "/desk/concerns"
DUTY: Final = "/desk/duty"
asked_for: Final[WeakKeyDictionary[Database, datetime]] = WeakKeyDictionary()
"""The last hour whose digest this worker has asked for: asking once more with every opinion cost
40 µs of the time in which nobody else can write."""


def _answering(official_id: int, unit_id: int) -> list[Person]:
    """The named official; where she has left, everyone who answers for the unit today."""
    present = officials_of(unit_id)
    return [each for each in present if each.id == official_id] or present


def dossier_sent(happening: DossierSent) -> None:
    """To the official, with the papers."""
    dossier = addressed(happening.dossier_id)
    post(
        "dossier_sent",
        _answering(happening.official_id, happening.unit_id),
        key=str(dossier.id),
        path=f"/desk/dossiers/{dossier.id}",
        facts={
            "dossier": dossier,
            "receipt_by": receipt_expected(city_day(dossier.sealed_at), dossier.due_on),
        },
        papers=(
            f"deliveries.pdf:{dossier.id}@{{locale}}",
            f"deliveries.csv:{dossier.id}",
            f"deliveries.json:{dossier.id}",
        ),
    )


def reply_overdue(happening: ReplyOverdue) -> None:
    """To the official and to the secretaries (催办), once for each reminder."""
    dossier = addressed(happening.dossier_id)
    post(
        "reply_overdue",
        [*_answering(happening.official_id, happening.unit_id), *staff_with(SECRETARY)],
        key=f"{dossier.id}:{today()}",
        path=f"/desk/dossiers/{dossier.id}",
        facts={"dossier": dossier},
    )


def reply_given(happening: ReplyGiven) -> None:
    """To the secretaries, for every version."""
    dossier = addressed(happening.dossier_id)
    post(
        "reply_given",
        staff_with(SECRETARY),
        key=f"{dossier.id}:{happening.version}",
        path=f"/desk/dossiers/{dossier.id}",
        facts={"dossier": dossier, "version": happening.version},
    )


def _people(ids: Iterable[int]) -> list[Person]:
    """The people of these ids, for letters."""
    return [each for each in map(person, ids) if each is not None]


def concern_waits(happening: ConcernWaits) -> None:
    """To those whom this step of the clock reaches, by day and by night: that something waits and
    of which level, never what. Officers are woken; R60 keeps notices from children, not from them.
    """
    post(
        "concern_waits",
        _people(happening.to),
        key=f"{happening.subject.id}:{happening.level}:{happening.step}:{happening.clock}",
        path=f"{CONCERNS}/{happening.subject.id}",
        facts={"level": happening.level, "step": happening.step, "drill": happening.drill},
    )


def closing_asked(happening: ClosingAsked) -> None:
    """To the other officers, one of whom must agree; once for each asking."""
    _about(happening, "closing_asked", happening.to, drill=happening.drill)


def closing_refused(happening: ClosingRefused) -> None:
    """To whoever had asked that it be closed: the work goes on."""
    _about(happening, "closing_refused", happening.to, drill=happening.drill)


def concern_taken_over(happening: ConcernTakenOver) -> None:
    """To whoever had it before."""
    _about(happening, "concern_taken_over", (happening.before,), drill=happening.drill)


def identity_decided(happening: IdentityDecided) -> None:
    """To whoever asked: an hour runs from a yes."""
    _about(happening, "identity_decided", happening.to, approved=happening.approved)


def identity_seen_alone(happening: IdentitySeenAlone) -> None:
    """To the heads and the stand-in, at once, by day and by night."""
    _about(happening, "identity_seen_alone", happening.to)


def _about(happening: Happening, name: str, to: Iterable[int], **facts: object) -> None:
    """One letter about a concern to each of these, once for each second."""
    post(
        name,
        _people(to),
        key=f"{happening.subject.id}:{_moment()}",
        path=f"{CONCERNS}/{happening.subject.id}",
        facts=facts,
    )


def identity_asked(happening: IdentityAsked) -> None:
    """To the other officers, one of whom decides."""
    post(
        "identity_asked",
        _people(happening.to),
        key=str(happening.request_id),
        path=f"{CONCERNS}/{happening.subject.id}",
    )


def juror_invited(happening: JurorInvited) -> None:
    """To an adult who is asked to sit on a panel; a child reads it on her own page, and nobody gets
    a letter about a rehearsal."""
    if happening.panel == "child" or happening.rehearsal:
        return
    post(
        "juror_invited",
        _people((happening.person_id,)),
        key=f"{happening.subject.id}:{happening.juror_id}:{today()}",
        path="/jury",
        facts={"call_title": call_of(int(happening.subject.id)).title},
    )


def officer_waits(happening: OfficerWaits) -> None:
    """To the heads, one of whom confirms a new officer or does not."""
    post(
        "officer_waits",
        _people(happening.to),
        key=f"{happening.subject.id}:{_moment()}",
        path=DUTY,
    )


def duty_dropped(happening: DutyDropped) -> None:
    """To whoever stood in a duty that was taken out of the rota."""
    post(
        "duty_dropped",
        _people(happening.to),
        key=happening.subject.id,
        path=DUTY,
        facts={"begins": happening.begins, "ends": happening.ends},
    )


def _moment() -> str:
    """This second, in a key of letters about what may happen more than once."""
    return f"{now():%Y-%m-%dT%H:%M:%S}"


def case_opened(_happening: CaseOpened | AppealMade) -> None:
    """To the moderators, at most once an hour: a digest at the end of this hour."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    if asked_for.get(database()) == hour:
        return
    key = f"{hour:%Y-%m-%dT%H}"
    jobs.enqueue(DIGEST, key, {"hour": key}, after=hour + timedelta(hours=1))
    after_commit(lambda: asked_for.update({database(): hour}))


def staff_invited(happening: StaffInvited) -> None:
    """To the invited person, with the link that sets her password."""
    _send_link("staff_invited", happening.subject.id, happening.link)


def password_forgotten(happening: PasswordForgotten) -> None:
    """To the person who asked, with the link that sets a new password."""
    _send_link("password_forgotten", happening.subject.id, happening.link)


def _send_link(name: str, person_id: str, code: str) -> None:
    """The key is a keyed fingerprint: the code stands in the letter and nowhere else."""
    reader = person(int(person_id))
    if reader is not None and reader.email:
        key = fingerprint("letter", code).hex()
        post(name, [reader], key=key, path=f"/staff/password/{code}")
