"""Which letter follows from what, to whom, in which language, and what no letter ever says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import html5lib
import pytest
import time_machine
from flask import Flask, url_for
from sqlalchemy import select, update

from participation import wiring
from participation.accounts.happenings import PasswordForgotten, StaffInvited, about_person
from participation.accounts.models import Person
from participation.deliveries import actions as deliveries
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.mail import Letter
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from participation.kernel.working import Workshop, work_off
from participation.moderation.actions import open_case, report_text, set_skill
from participation.notifications import letters as room
from participation.notifications import listeners
from participation.safeguarding.happenings import ClosingAsked, ConcernWaits, IdentityAsked
from participation.settings import Settings
from tests.deliveries import sample
from tests.deliveries.test_actions import answer
from tests.support import factories
from tests.support.cast import Cast
from tests.support.smtp import Mailbox

SECRET_WORDS = "我叫王小满，爸爸打我"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-06-18T02:10:00Z", tick=True) as traveller:
        yield traveller


def written() -> list[Letter]:
    with unit_of_work() as opened:
        return list(opened.scalars(select(Letter).order_by(Letter.id)))


def readers() -> dict[str, int]:
    """Address → how many letters."""
    counts: dict[str, int] = {}
    for letter in written():
        counts[letter.to_address] = counts.get(letter.to_address, 0) + 1
    return counts


def in_english(*people: Person) -> None:
    with unit_of_work() as opened:
        ids = [each.id for each in people]
        opened.execute(update(Person).where(Person.id.in_(ids)).values(locale="en"))


class TestDossierSent:
    def test_goes_to_the_named_official_with_three_papers(
        self, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            factories.staff("official", "别的官员", unit=cast.unit)
            dossier = sample.send(cast)
        (letter,) = written()
        assert letter.to_address == cast.official.email
        assert letter.subject == "孩子们的意见到了：上学路上，安全又好走吗？"
        assert "2026 年 7 月 10 日前给孩子们回音" in letter.text
        assert f"http://localhost/desk/dossiers/{dossier.id}" in letter.text
        with Mailbox() as mailbox:
            site = replace(settings, smtp_port=mailbox.port)
            work_off(Workshop({}, (), wiring.ENCLOSURES), site)
            (message,) = mailbox.messages
        papers = {part.get_content_type(): part for part in message.iter_attachments()}
        assert set(papers) == {"application/pdf", "text/csv", "application/json"}
        names = [part.get_filename() for part in message.iter_attachments()]
        assert names == [
            f"{dossier.id}-上学路上-安全又好走吗.{kind}" for kind in ("pdf", "csv", "json")
        ]
        plain = [part["Content-Type"].params["name"] for part in message.iter_attachments()]
        assert plain == [f"dossier-{dossier.id}.{kind}" for kind in ("pdf", "csv", "json")]
        assert papers["application/json"].get_payload(decode=True) == dossier.contents.encode()

    def test_in_the_readers_language(self, cast: Cast) -> None:
        in_english(cast.official)
        with unit_of_work():
            sample.send(cast)
        (letter,) = written()
        assert "Is the way to school safe?" in letter.subject
        assert "10 July 2026" in letter.text
        assert f"@{letter.locale}" in letter.enclosures and letter.locale == "en"

    def test_goes_to_the_whole_unit_when_the_official_has_left(self, cast: Cast) -> None:
        with unit_of_work() as opened:
            other = factories.staff("official", "新官员", unit=cast.unit)
            opened.get_one(Person, cast.official.id).left_at = other.joined_at
            sample.send(cast)
        assert readers() == {other.email: 1}

    def test_nothing_is_written_for_a_deed_that_failed(self, cast: Cast) -> None:
        with pytest.raises(RuntimeError), unit_of_work():
            sample.send(cast)
            raise RuntimeError
        assert written() == []


class TestReply:
    def test_a_reply_is_told_to_the_secretaries(self, cast: Cast) -> None:
        with unit_of_work():
            dossier = sample.send(cast)
        answer(cast, dossier)
        answer(cast, dossier, reason="更正")
        assert readers() == {cast.official.email: 1, cast.secretary.email: 2}
        assert "第 2 版" in written()[-1].text
        assert all("按走得最慢" not in letter.text for letter in written())

    def test_a_late_reply_is_chased_with_official_and_secretary(
        self, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            sample.send(cast)
        clock.move_to("2026-07-13T02:00:00Z")
        for _twice in range(2):
            with unit_of_work():
                deliveries.remind_overdue()
        assert readers() == {cast.official.email: 2, cast.secretary.email: 1}
        assert "2026 年 7 月 10 日" in written()[-1].text


class TestHelp:
    @pytest.mark.parametrize("step", ["first", "half"])
    def test_a_call_says_that_something_waits_and_of_which_level(
        self, cast: Cast, step: str
    ) -> None:
        in_english(cast.second_safeguarding)
        called = ConcernWaits(
            subject=Subject("concern", "1"),
            level=2,
            step=step,
            clock="2026-06-18",
            drill=step == "half",
            to=(cast.safeguarding.id, cast.second_safeguarding.id),
        )
        for _twice in range(2):
            with unit_of_work():
                announce(called)
        first, second = written()
        assert (first.to_address, second.locale) == (cast.safeguarding.email, "en")
        for letter in (first, second):
            assert "http://localhost/desk/concerns/1" in letter.text
        assert "2 级" in first.subject and ("演练" in first.subject) is (step == "half")

    def test_a_second_officer_is_asked(self, cast: Cast) -> None:
        subject, to = Subject("concern", "1"), (cast.second_safeguarding.id,)
        with unit_of_work():
            announce(ClosingAsked(subject=subject, by=cast.safeguarding.id, to=to, drill=False))
            announce(IdentityAsked(subject=subject, by=cast.safeguarding.id, request_id=1, to=to))
        assert readers() == {cast.second_safeguarding.email: 2}
        assert all("/desk/concerns/1" in letter.text for letter in written())


WAITING_WORDS = "绿灯太短，外婆走不过去"


class TestDigest:
    def open(self, cast: Cast, number: int) -> None:
        with unit_of_work():
            open_case(
                Subject("consultation.words", f"{number:032x}"),
                about={"zh": "上学路上", "en": "The way to school"},
                band="b",
                text=WAITING_WORDS,
            )

    def work(self, settings: Settings) -> None:
        handlers = {"moderators-digest": wiring.HANDLERS["moderators-digest"]}
        work_off(Workshop(handlers, (), {}), replace(settings, smtp_port=1), most=20)

    def test_comes_at_most_once_an_hour_and_says_only_how_many(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        for number in range(3):
            self.open(cast, number)
        self.work(settings)
        assert written() == []
        clock.move_to("2026-06-18T03:00:01Z")
        self.work(settings)
        self.open(cast, 4)
        self.work(settings)
        moderators = {cast.moderator.email: 1, cast.second_moderator.email: 1}
        assert readers() == moderators
        for letter in written():
            assert "有 3 条孩子的话等着您看" in letter.text and "由别人看" not in letter.text
            assert WAITING_WORDS not in letter.text + letter.html + letter.subject
        clock.shift(timedelta(hours=1))
        self.work(settings)
        assert readers() == dict.fromkeys(moderators, 2)

    def test_only_in_school_hours(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        evening = ("2026-06-18T11:30:00Z", "2026-06-18T12:00:01Z", "2026-06-18T15:59:00Z")
        self.open(cast, 1)
        for moment in evening:  # and the next day is the Dragon Boat Festival, before a weekend
            clock.move_to(moment)
            self.work(settings)
            self.open(cast, len(moment))
        for moment in ("2026-06-19T03:00:00Z", "2026-06-21T03:00:00Z", "2026-06-21T23:59:00Z"):
            clock.move_to(moment)
            self.work(settings)
        assert written() == []
        clock.move_to("2026-06-22T00:00:01Z")
        self.work(settings)
        assert set(readers().values()) == {1}
        clock.move_to("2026-06-22T00:30:00Z")
        self.open(cast, 7)
        clock.move_to("2026-06-22T01:00:01Z")
        self.work(settings)
        assert set(readers().values()) == {2}

    def test_counts_what_each_may_take(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work() as opened:
            set_skill(
                cast.administrator, cast.moderator.id, queues=["reports"], english=True, avoids=[]
            )
            expired = factories.staff("moderator", "过期")
            opened.get_one(Person, expired.id).vetted_on = None
        self.open(cast, 1)
        with unit_of_work():
            words = Subject("consultation.words", f"{9:032x}")
            report_text(words, about={"zh": "路"}, band="b", text="坏话", reason="hurtful")
        clock.move_to("2026-06-18T03:00:01Z")
        self.work(settings)
        assert readers() == {cast.moderator.email: 1, cast.second_moderator.email: 1}
        said = {letter.to_address: letter.text for letter in written()}
        assert "有 1 条孩子的话" in said[cast.moderator.email or ""]
        assert "还有 1 条由别人看" in said[cast.moderator.email or ""]
        assert "有 2 条孩子的话" in said[cast.second_moderator.email or ""]

    def test_hours_in_which_nobody_worked_write_one_letter(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        self.open(cast, 1)
        clock.shift(timedelta(hours=1))
        self.open(cast, 2)
        clock.shift(timedelta(hours=3))
        self.work(settings)
        assert readers() == {cast.moderator.email: 1, cast.second_moderator.email: 1}

    def test_says_nothing_when_nothing_waits(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        self.open(cast, 1)
        with unit_of_work() as opened:
            opened.connection().exec_driver_sql("UPDATE moderation_cases SET state = 'approved'")
        clock.move_to("2026-06-18T03:00:01Z")
        self.work(settings)
        assert written() == []


class TestLinks:
    @pytest.mark.parametrize("kind", [StaffInvited, PasswordForgotten])
    def test_the_code_stands_in_the_letter_alone(
        self, cast: Cast, kind: type[StaffInvited] | type[PasswordForgotten]
    ) -> None:
        code = "ABCD-EFGH-JKLM"
        with unit_of_work():
            announce(kind(subject=about_person(cast.moderator.id), link=code))
            announce(kind(subject=about_person(cast.moderator.id), link=code))
        (letter,) = written()
        assert f"http://localhost/staff/password/{code}" in letter.text
        assert code not in letter.key and code not in letter.subject

    def test_words_are_forgotten_a_week_after_sending(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            announce(PasswordForgotten(subject=about_person(cast.moderator.id), link="CODE"))
        with Mailbox() as mailbox:
            work_off(Workshop({}, (), {}), replace(settings, smtp_port=mailbox.port))
        clock.shift(timedelta(days=8))
        with unit_of_work():
            wiring.HANDLERS["forget-letters"]({})()
        (letter,) = written()
        assert (letter.text, letter.html, letter.state) == ("", "", "sent")


ALL = sorted(folder.name for folder in room.LETTERS.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_letter_is_whole_in_both_languages(cast: Cast, name: str, locale: str) -> None:
    if locale == "en":
        in_english(cast.secretary)
    with unit_of_work() as opened:
        reader = opened.get_one(Person, cast.secretary.id)
        dossier = sample.send(cast)
    with unit_of_work():
        facts = {
            "dossier": room_dossier(dossier.id),
            "receipt_by": sample.WHEN,
            "version": 2,
            "count": 1,
            "more": False,
            "others": 2,
            "level": 1,
            "step": "end",
            "drill": True,
            "approved": True,
            "begins": now(),
            "ends": now(),
            "call_title": Words(zh="我家门前的路", en="The road at my door"),
        }
        room.post(name, [reader], key="test", path="/desk/x?a=1&b=2", facts=facts)
    letter = next(each for each in written() if each.to_address == reader.email)
    assert letter.subject and "\n" not in letter.subject
    assert "http://localhost/desk/x?a=1&b=2" in letter.text
    assert "&amp;amp;" not in letter.html and "<p>" in letter.html
    parser = html5lib.HTMLParser()
    tree = parser.parse(letter.html)
    assert not parser.errors and tree.get("lang") == locale
    assert not re.search(r"style=|<script|<img|https?://(?!localhost)", letter.html)


def room_dossier(number: int) -> object:
    return listeners.addressed(number)


@pytest.mark.parametrize(
    ("path", "endpoint", "values"),
    [
        ("/desk/dossiers/7", "deliveries.dossier", {"dossier_id": 7}),
        ("/desk/concerns", "safeguarding.concerns", {}),
        ("/desk/moderation", "moderation.desk", {}),
        ("/jury", "contests.packs", {}),
        ("/staff/password/CODE", "accounts.set_password", {"code": "CODE"}),
    ],
)
def test_links_lead_to_pages_that_exist(
    app: Flask, path: str, endpoint: str, values: dict[str, object]
) -> None:
    with app.test_request_context():
        assert url_for(endpoint, **values) == path


def test_a_title_with_marks_stays_text(cast: Cast, settings: Settings) -> None:
    with unit_of_work():
        dossier = sample.send(cast)
    with unit_of_work() as opened:
        reader = opened.get_one(Person, cast.official.id)
        reader.legal_name = '<img src=x onerror="x">'
        facts = {"dossier": room_dossier(dossier.id), "version": 1}
        room.post("reply_given", [reader], key="t", path="/x", facts=facts)
    letter = written()[-1]
    assert "<img" not in letter.html and "&lt;img" in letter.html
    assert "<img" in letter.text
