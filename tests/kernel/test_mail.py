"""Letters over real SMTP: what arrives, what is tried again, what is given up, what is unsure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.kernel import mail
from participation.kernel.database import unit_of_work
from participation.kernel.mail import Draft, Enclosure, Letter, send_again, send_one, write_letter
from participation.kernel.subjects import Subject
from participation.settings import Settings
from tests.support.smtp import Mailbox, free_port

pytestmark = pytest.mark.usefixtures("app")
NOTHING: dict[str, mail.Fetch] = {}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as running:
        yield running


@pytest.fixture
def site(settings: Settings, mailbox: Mailbox) -> Settings:
    return replace(settings, smtp_port=mailbox.port, smtp_timeout=5)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-25T02:00:00Z", tick=True) as traveller:
        yield traveller


def write(key: str = "k", **more: object) -> bool:
    values = {
        "key": key,
        "to_address": "chen@city.example",
        "to_name": "陈立",
        "locale": "zh-Hans",
        "subject": "孩子们的意见到了",
        "text": "请在 7 月 10 日前回音。\n",
    } | more
    with unit_of_work():
        return write_letter(Draft(**values), host="tongsheng.example")  # type: ignore[arg-type]


def only_letter() -> Letter:
    with unit_of_work() as opened:
        return opened.scalars(select(Letter)).one()


class TestArriving:
    def test_chinese_everywhere_and_the_paper_unharmed(
        self, mailbox: Mailbox, site: Settings
    ) -> None:
        paper = bytes(range(256)) * 40
        fetch = {
            "deliveries.pdf": lambda _id: Enclosure(
                name="上学路上，安全又好走吗？.pdf", media_type="application/pdf", content=paper
            )
        }
        write(html="<p>请回音</p>", enclosures=[Subject("deliveries.pdf", "7")])
        assert send_one(site, fetch)
        (message,) = mailbox.messages
        assert message["Subject"] == "孩子们的意见到了"
        assert message["To"].addresses[0].display_name == "陈立"
        assert message["From"].addresses[0].display_name == "童声"
        assert message["Auto-Submitted"] == "auto-generated"
        body = message.get_body(("plain",))
        assert body is not None and body.get_content().strip() == "请在 7 月 10 日前回音。"
        (attachment,) = message.iter_attachments()
        assert attachment.get_filename() == "上学路上，安全又好走吗？.pdf"
        assert attachment.get_content() == paper
        assert only_letter().state == "sent"

    def test_once_only(self, mailbox: Mailbox, site: Settings) -> None:
        assert write() and not write()
        assert send_one(site, NOTHING) and not send_one(site, NOTHING)
        assert mailbox.ids == [only_letter().message_id]
        assert only_letter().message_id.endswith("@tongsheng.example>")

    @pytest.mark.parametrize("name", ["a\r\nBcc: x@evil.example", "陈立\nX: y", "", '"陈" <x@y>'])
    def test_no_header_can_be_smuggled_in(
        self, mailbox: Mailbox, site: Settings, name: str
    ) -> None:
        write(to_name=name, subject=f"{name} 来了")
        assert send_one(site, NOTHING)
        for message in mailbox.messages:
            assert message["Bcc"] is None and message["X"] is None
            assert len(message["To"].addresses) == 1
        assert len(mailbox.messages) == 1

    def test_a_letter_belongs_to_its_cause(self, mailbox: Mailbox, site: Settings) -> None:
        with pytest.raises(RuntimeError), unit_of_work():
            draft = Draft(key="k", to_address="a@b.c", to_name="", locale="en", subject="", text="")
            write_letter(draft, host="localhost")
            raise RuntimeError
        assert not send_one(site, NOTHING)
        assert mailbox.ids == []


class TestRefused:
    @pytest.mark.parametrize("step", ["rcpt", "content"])
    def test_for_now_is_tried_again_later_and_later(
        self, mailbox: Mailbox, site: Settings, clock: time_machine.Traveller, step: str
    ) -> None:
        mailbox.refusals = {step: ["451 try later", "450 busy"]}
        write()
        for seconds in (30, 60):
            assert send_one(site, NOTHING)
            assert only_letter().state == "waiting"
            clock.shift(timedelta(seconds=seconds - 5))
            assert not send_one(site, NOTHING)
            clock.shift(timedelta(seconds=6))
        assert send_one(site, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.attempts, letter.unsure, letter.error) == (
            "sent",
            3,
            False,
            "",
        )
        assert mailbox.ids == [letter.message_id]

    @pytest.mark.parametrize("step", ["rcpt", "content"])
    def test_for_good_is_failed_at_once_and_can_be_sent_again(
        self, mailbox: Mailbox, site: Settings, step: str
    ) -> None:
        mailbox.refusals = {step: ["550 no such reader"]}
        write()
        assert send_one(site, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.attempts) == ("failed", 1)
        assert letter.error.startswith("SMTP")
        assert not send_one(site, NOTHING)
        with unit_of_work():
            assert send_again(letter.id) and not send_again(letter.id)
        assert send_one(site, NOTHING)
        assert mailbox.ids == [letter.message_id]

    def test_given_up_after_many_tries(self, site: Settings, clock: time_machine.Traveller) -> None:
        nobody = replace(site, smtp_port=free_port())
        write()
        for _try in range(mail.MOST_ATTEMPTS):
            assert send_one(nobody, NOTHING)
            clock.shift(timedelta(hours=7))
        assert not send_one(nobody, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.error) == ("failed", "ConnectionRefusedError")

    def test_a_missing_paper_is_an_ordinary_failure(self, site: Settings) -> None:
        write(enclosures=[Subject("nothing.pdf", "1")])
        assert send_one(site, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.error, letter.unsure) == ("waiting", "KeyError", False)


class TestUnsure:
    def test_a_line_that_goes_silent_is_left_and_the_letter_marked(
        self, mailbox: Mailbox, site: Settings, clock: time_machine.Traveller
    ) -> None:
        mailbox.stop_at = "accepted"
        write()
        assert send_one(replace(site, smtp_timeout=1), NOTHING)
        letter = only_letter()
        assert (letter.state, letter.unsure, letter.error) == ("waiting", True, "Uncertain")
        mailbox.go_on()
        clock.shift(timedelta(minutes=1))
        assert send_one(site, NOTHING)
        assert only_letter().state == "sent"
        assert set(mailbox.ids) == {letter.message_id}

    def test_a_bad_good_bye_changes_nothing(self, mailbox: Mailbox, site: Settings) -> None:
        mailbox.refusals = {"quit": ["421 leave me"]}
        write()
        assert send_one(site, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.unsure) == ("sent", False)

    def test_a_sender_that_died_too_often_is_given_up(
        self, site: Settings, clock: time_machine.Traveller
    ) -> None:
        write()
        for _death in range(mail.MOST_ATTEMPTS):
            mail.claim_letter()
            clock.shift(mail.LEASE + timedelta(seconds=1))
        assert send_one(site, NOTHING)
        letter = only_letter()
        assert (letter.state, letter.error, letter.unsure) == ("failed", mail.DIED, True)

    def test_the_lease_outlasts_the_slowest_server(self, site: Settings) -> None:
        slow = replace(site, smtp_timeout=60)
        assert mail.lease_of(slow) >= timedelta(minutes=9)
        assert mail.lease_of(site) == mail.LEASE
