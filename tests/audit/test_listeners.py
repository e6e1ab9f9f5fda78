"""What is written down of a deed, and what is kept back of one done under a pseudonym."""

from sqlalchemy import select

from participation.audit.listeners import write_down
from participation.audit.models import Entry
from participation.consultations.happenings import (
    HearingGiven,
    OpinionGiven,
    OpinionWithdrawn,
    WordsMended,
    WordsPublished,
)
from participation.kernel.clock import city_day, start_of, today
from participation.kernel.database import session
from participation.kernel.logs import request_id
from participation.kernel.subjects import Subject

SUBJECT = Subject("consultation", "7")


def written() -> Entry:
    return session().scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()


def test_of_a_deed_under_a_pseudonym_only_the_day_is_kept(unit: None) -> None:
    request_id.set("abc123")
    for happening in (
        OpinionGiven(subject=SUBJECT, replaced=False, words=1),
        OpinionWithdrawn(subject=SUBJECT),
        WordsMended(subject=SUBJECT, turn=2),
        HearingGiven(subject=SUBJECT),
    ):
        write_down(happening)
        entry = written()
        assert (entry.at, entry.request, entry.by) == (start_of(today()), "", None)


def test_of_a_staff_deed_the_minute_and_the_request_are_kept(unit: None) -> None:
    request_id.set("abc123")
    write_down(WordsPublished(subject=SUBJECT, by=5))
    entry = written()
    assert (entry.request, entry.by) == ("abc123", 5)
    assert entry.at > start_of(city_day(entry.at))
