"""What was plain before there was a key: moved by the migration, sealed by the worker."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import text

from participation import wiring
from participation.kernel import database, readers
from participation.kernel.database import session, unit_of_work
from participation.kernel.migrations import configuration
from participation.kernel.subjects import Subject
from participation.kernel.vault import use_keys
from participation.safeguarding import actions
from participation.safeguarding.models import Concern, Unsealed
from participation.safeguarding.queries.answers import messages_of
from participation.safeguarding.queries.concerns import log_of
from participation.safeguarding.sealing import contents_of
from tests.safeguarding.room import light, opened_and_taken
from tests.support.cast import Cast

OLD = (
    "INSERT INTO safeguarding_concerns (id, kind, state, text, contact, about, subject_kind,"
    " subject_id, person_id, school_id, written_at, seen_by, seen_at, note, done_at) VALUES"
    " (:id, :kind, :state, :text, :contact, '', :subject_kind, :subject_id, :person, :school,"
    " '2026-03-02 08:00:00.000000', NULL, :seen, :note, :done)"
)
ROWS = (
    {"id": 3, "kind": "help", "state": "new", "text": "旧的话一", "contact": "操场"},
    {"id": 5, "kind": "moderation", "state": "seen", "text": "旧的话二", "note": "问过了"},
    {"id": 6, "kind": "moderation", "state": "new", "text": "旧的话三"},
    {"id": 8, "kind": "complaint", "state": "done", "text": "旧的投诉"},
    {"id": 9, "kind": "help", "state": "done", "text": "旧的话四"},
)


def filled(row: dict[str, object], cast: Cast) -> dict[str, object]:
    known = row["kind"] == "moderation"
    return {
        "contact": "",
        "note": "",
        "subject_kind": "consultation.words" if known else "",
        "subject_id": "00ff" if known else "",
        "person": cast.child.id if row["id"] == 3 else None,
        "school": cast.school.id if row["id"] == 3 else None,
        "seen": None if row["state"] == "new" else "2026-03-02 09:00:00.000000",
        "done": "2026-03-03 09:00:00.000000" if row["state"] == "done" else None,
        **row,
    }


def test_rows_of_before_are_sealed_and_leave_no_plain_byte(
    app: Flask, cast: Cast, database_url: str
) -> None:
    command.downgrade(configuration(database_url), "0012")
    with database.database().engine.begin() as opened:
        for row in ROWS:
            opened.execute(text(OLD), filled(row, cast))
    command.upgrade(configuration(database_url), "head")
    with unit_of_work():
        first = session().get_one(Concern, 3)
        assert contents_of(first).text == "旧的话一", "readable before the worker came by"
        states = {one.id: (one.state, one.level) for one in session().query(Concern)}
    assert states == {3: ("new", 2), 5: ("taken", 2), 6: ("new", 2), 8: ("done", 0), 9: ("done", 2)}
    with unit_of_work():
        wiring.HANDLERS["seal-plain"]({})()
    with unit_of_work():
        assert session().query(Unsealed).all() == []
        told = {one.id: contents_of(one) for one in session().query(Concern)}
        assert [told[number].text for number in (3, 5, 6, 8, 9)] == [row["text"] for row in ROWS]
        assert (told[3].person_id, told[3].contact, told[5].note) == (
            cast.child.id,
            "操场",
            "问过了",
        )
        assert told[5].subject == "consultation.words:00ff"
        marks = [session().get_one(Concern, number).subject_mark for number in (5, 6)]
        assert marks[0] and marks[1] is None, "one open concern for each subject"
        assert session().get_one(Concern, 9).frozen_until is not None
        assert len(messages_of(light(cast.child))) == 1
        assert actions.complain("新的话").id == 10, "ids count on"
    with pytest.raises(RuntimeError, match="sealed"):
        command.downgrade(configuration(database_url), "0012")
    if database_url.startswith("sqlite"):
        _no_plain_byte(Path(database_url.removeprefix("sqlite:///")))


def _no_plain_byte(file: Path) -> None:
    database.database().dispose()
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw = file.read_bytes()
    for row in ROWS:
        assert str(row["text"]).encode() not in raw


def test_nothing_to_seal_is_nothing_done(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["safeguarding", "seal"])
    assert said.output == "0 sealed\n"


def test_a_new_key_takes_over(app: Flask, cast: Cast) -> None:
    readers.follow({"consultation.words": lambda _identity: "有人打我"})
    subject = Subject("consultation.words", "7")
    with unit_of_work():
        asked = actions.ask_for_help(light(cast.child), "有人推我")
        actions.note_concern(opened_and_taken(cast, asked), asked, "打过电话")
        noted = actions.note_case(subject)
    use_keys(safeguarding=["n" * 40, "g" * 40], others="p" * 40)
    shell = app.test_cli_runner()
    assert shell.invoke(args=["safeguarding", "reseal"]).output == "3 sealed anew\n"
    assert shell.invoke(args=["safeguarding", "reseal"]).output == "0 sealed anew\n"
    use_keys(safeguarding=["n" * 40], others="p" * 40)
    with unit_of_work():
        assert contents_of(session().get_one(Concern, asked.id)).text == "有人推我"
        assert log_of(session().get_one(Concern, asked.id))[0].said == {"text": "打过电话"}
        assert len(messages_of(light(cast.child))) == 1
        assert actions.note_case(subject).id == noted.id
