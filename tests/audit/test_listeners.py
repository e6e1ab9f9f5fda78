"""What is written down of a deed, and what is kept back of one done under a pseudonym."""

import json
from dataclasses import fields
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation import wiring
from participation.audit.listeners import write_down
from participation.audit.models import Entry
from participation.audit.queries import entries
from participation.consultations.happenings import (
    ConsultationClosed,
    HearingGiven,
    OpinionGiven,
    OpinionWithdrawn,
    ResultFrozen,
    WordsMended,
    WordsPublished,
    WordsRefused,
    WordsReturned,
)
from participation.kernel.clock import city_day, end_of, start_of, today
from participation.kernel.database import session
from participation.kernel.happenings import Happening
from participation.kernel.logs import request_id
from participation.kernel.subjects import Subject
from participation.moderation.happenings import CaseClaimed, CaseDecided, CaseOpened, CaseReread
from participation.safeguarding.happenings import ComplaintMade, ConcernNoted, HelpAsked

SUBJECT = Subject("consultation", "7")
SENTENCE = "把“我住在湖滨路”这一句去掉，再交一次"
VEILED = (
    OpinionGiven(subject=SUBJECT, replaced=False, words=1),
    OpinionWithdrawn(subject=SUBJECT),
    WordsMended(subject=SUBJECT, turn=2),
    HearingGiven(subject=SUBJECT),
    CaseClaimed(subject=SUBJECT, case_id=3),
    CaseReread(subject=SUBJECT, case_id=3),
    CaseDecided(
        subject=SUBJECT,
        case_id=3,
        kind="text",
        verdict="returned",
        sentence=SENTENCE,
        text=SENTENCE,
    ),
    WordsPublished(subject=SUBJECT),
    WordsReturned(subject=SUBJECT),
    WordsRefused(subject=SUBJECT),
    HelpAsked(subject=SUBJECT),
    ComplaintMade(subject=SUBJECT),
    ConcernNoted(subject=SUBJECT, about="consultation.words:ab12"),
)
TOLD_NUMBERS = {
    "before",
    "emergency_id",
    "case_id",
    "of",
    "person_id",
    "works",
    "dossier_id",
    "juror_id",
    "notice_version",
    "objection_id",
    "officer_id",
    "official_id",
    "quorum",
    "request_id",
    "round_id",
    "turn",
    "unit_id",
    "version",
    "voting_id",
}
"""Numbers that count no children: ids, versions, how often one text came."""
ROSTERS = {"added", "changed", "left", "count"}
"""Rows of a roster and printed forms: what an administrator does herself."""


def written() -> Entry:
    return session().scalars(select(Entry)).one()


@pytest.mark.parametrize("happening", VEILED, ids=lambda one: type(one).__name__)
def test_of_a_deed_about_a_childs_words_only_the_day_is_kept(
    unit: None, happening: Happening
) -> None:
    request_id.set("abc123")
    write_down(happening)
    entry = written()
    assert (entry.at, entry.request, entry.by) == (start_of(today()), "", None)
    assert entry.only_day


def test_of_a_staff_deed_the_minute_and_the_request_are_kept(unit: None) -> None:
    request_id.set("abc123")
    with time_machine.travel("2026-06-18T02:10:00Z", tick=False):
        write_down(ConsultationClosed(subject=SUBJECT, by=5))
    entry = written()
    assert (entry.request, entry.by) == ("abc123", 5)
    assert entry.at > start_of(city_day(entry.at))
    assert not entry.only_day


def test_what_follows_by_itself_is_no_deed(unit: None) -> None:
    write_down(CaseOpened(subject=SUBJECT, turn=1))
    assert session().scalars(select(Entry)).all() == []


def test_no_exact_number_and_no_free_text_is_kept(unit: None) -> None:
    for happening in (*VEILED, ResultFrozen(subject=SUBJECT, sheets=3)):
        write_down(happening)
    kept = {entry.what: entry.facts for entry in session().scalars(select(Entry))}
    assert json.loads(kept["ResultFrozen"]) == {}
    assert json.loads(kept["OpinionGiven"]) == {"replaced": False}
    assert "湖滨路" not in "".join(kept.values())


def test_a_new_number_or_text_in_a_happening_is_looked_at_first() -> None:
    """A guard: whoever adds one says here that it tells nothing, or marks it secret."""
    told = {
        (kind.__name__, one.name, str(one.type))
        for kind in wiring.LISTENERS
        if kind.recorded
        for one in fields(kind)
        if one.name != "by" and not one.metadata.get("secret")
    }
    numbers = {name for _kind, name, of in told if "int" in of and "tuple" not in of}
    assert numbers - ROSTERS <= TOLD_NUMBERS
    assert not {name for _kind, name, _type in told} & {"sentence", "sheets", "words", "text"}


class TestNeighbours:
    """What stands beside a veiled entry must not tell its minute."""

    MORNING = "2026-06-18T01:00:00Z"

    def test_the_order_tells_nothing(self, unit: None) -> None:
        with time_machine.travel(self.MORNING, tick=False) as clock:
            write_down(ConsultationClosed(subject=SUBJECT, by=5))
            clock.shift(timedelta(minutes=1))
            for _each in range(20):
                write_down(OpinionGiven(subject=SUBJECT, replaced=False, words=0))
            clock.shift(timedelta(minutes=1))
            write_down(ConsultationClosed(subject=SUBJECT, by=5))
        found = [row.what for row in session().scalars(select(Entry).order_by(Entry.id))]
        first, last = (place for place, what in enumerate(found) if what == "ConsultationClosed")
        assert last - first - 1 < 20, "all opinions stand in their own minute"
        assert len(entries(what="OpinionGiven").rows) == 20

    def test_staff_deeds_stay_in_the_order_of_their_time(self, unit: None) -> None:
        with time_machine.travel(self.MORNING, tick=False) as clock:
            for number in range(40):
                write_down(ConsultationClosed(subject=Subject("consultation", str(number))))
                if number % 7 == 0:
                    clock.shift(timedelta(milliseconds=1))
        found = session().scalars(select(Entry.subject_id).order_by(Entry.id)).all()
        assert [int(one) for one in found] == list(range(40))

    def test_a_day_ends_where_the_next_begins(self, unit: None) -> None:
        midnight = end_of(today())
        for kind, moment in (
            (HearingGiven, midnight - timedelta(milliseconds=1)),
            (HelpAsked, midnight),
        ):
            with time_machine.travel(moment, tick=False):
                for _each in range(50):
                    write_down(kind(subject=SUBJECT))
        found = session().execute(select(Entry.id, Entry.what)).all()
        before = [number for number, what in found if what == "HearingGiven"]
        after = [number for number, what in found if what == "HelpAsked"]
        assert max(before) < int(midnight.timestamp() * 1000) << 20 <= min(after)

    def test_two_that_draw_one_number_are_both_kept(
        self, unit: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn = iter([7, 7, 8])
        monkeypatch.setattr(
            "participation.audit.listeners.secrets.randbelow", lambda _n: next(drawn)
        )
        write_down(HearingGiven(subject=SUBJECT))
        write_down(HearingGiven(subject=SUBJECT))
        assert len(session().scalars(select(Entry.id)).all()) == 2
