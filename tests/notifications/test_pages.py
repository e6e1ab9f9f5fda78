"""The post page: administrators see what failed and send it again, nobody sees the words."""

import pytest
from sqlalchemy import select

from participation.audit.models import Entry
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.mail import Draft, Letter, write_letter
from tests.support.browser import Browser
from tests.support.cast import Cast

WORDS = "信里的话"


def write(number: int, **changes: object) -> None:
    draft = Draft(
        key=f"l{number}",
        to_address=f"r{number}@city.example",
        to_name="读者",
        locale="zh-Hans",
        subject=f"第 {number} 封",
        text=WORDS,
    )
    with unit_of_work() as opened:
        write_letter(draft, host="localhost")
        letter = opened.scalars(select(Letter).where(Letter.key == draft.key)).one()
        for name, value in changes.items():
            setattr(letter, name, value)


def test_shows_what_failed_and_sends_it_again(browser: Browser, cast: Cast) -> None:
    write(1, state="failed", attempts=1, error="SMTPRecipientsRefused")
    write(2)
    desk = browser.as_(cast.administrator)
    page = desk.get("/desk/letters")
    assert page.h1 == "信件"
    assert "r1@city.example" in page.text and "r2@city.example" not in page.text
    assert "没有这个地址" in page.text and WORDS not in page.text
    page = desk.post("/desk/letters/1/send-again")
    assert "再寄一次" in page.text and "没有寄不成的信。" in page.text
    desk.post("/desk/letters/1/send-again", status=409)
    with unit_of_work() as opened:
        assert opened.get_one(Letter, 1).state == "waiting"
        entries = opened.scalars(select(Entry).where(Entry.what == "LetterSentAgain")).all()
    assert [(entry.by, entry.subject_id) for entry in entries] == [(cast.administrator.id, "1")]


def test_shows_what_may_have_come_twice(browser: Browser, cast: Cast) -> None:
    write(1, state="sent", unsure=True, sent_at=now())
    page = browser.as_(cast.administrator).get("/desk/letters?show=unsure")
    assert "第 1 封" in page.text and "寄到了" in page.text
    assert "再寄一次" not in page.text


def test_is_paged_by_key(browser: Browser, cast: Cast) -> None:
    for number in range(1, 46):
        write(number, state="failed", error="SMTPDataError")
    desk = browser.as_(cast.administrator)
    address, seen = "/desk/letters", []
    while address:
        page = desk.get(address)
        seen += [words for words in page.words("td") if words.endswith("封")]
        address = page.links.get("更早的", "")
    assert seen == [f"第 {number} 封" for number in range(45, 0, -1)]


@pytest.mark.parametrize("part", ["stranger", "official", "secretary", "moderator", "teacher"])
def test_others_stay_outside(browser: Browser, cast: Cast, part: str) -> None:
    write(1, state="failed")
    other = browser.as_(getattr(cast, part))
    other.get("/desk/letters", status=403)
    other.post("/desk/letters/1/send-again", status=403)
    with unit_of_work() as opened:
        assert opened.get_one(Letter, 1).state == "failed"


def test_anonymous_is_sent_to_sign_in(browser: Browser, cast: Cast) -> None:
    answer = browser.client.get("/desk/letters")
    assert answer.status_code == 302 and "/staff/sign-in" in answer.location
