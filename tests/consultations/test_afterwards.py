"""The kept draft, hostile words, the receipt, taking back, mending, and consent withdrawn."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from participation.accounts.models import Consent
from participation.accounts.standing import note_change
from participation.consultations.models import AnswerSheet, OpenWords
from participation.consultations.topic import Topic
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.consultations.test_pages import address, full, in_language
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.shared import data

LANGUAGES = ("zh-Hans", "en")


def stand(**values: Any) -> bytes:
    """Give the only words in the house another standing; returns their id."""
    with unit_of_work():
        session().execute(update(OpenWords).values(**values))
        return session().scalars(select(OpenWords.id)).one()


class TestDraft:
    def test_it_is_kept_silently(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(cast.middle_child)
        name = matter.questions[3].name
        visitor.post(address(matter, "/draft"), {name: "写到一"}, status=204)
        page = visitor.get(address(matter, "/give-opinion"))
        assert page.words("textarea") == ["写到一"]
        [form] = [one for one in page.all("form") if one.get("data-autosave-url")]
        assert int(form.get("data-autosave-at", "0")) > 1_700_000_000_000

    def test_the_youngest_save_one_answer_and_keep_the_others(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        faces, several, _words = matter.questions_for("a")
        visitor = browser.as_(cast.child)
        visitor.post(address(matter, "/draft"), {"q": 1, faces.name: "1"}, status=204)
        visitor.post(address(matter, "/draft"), {"q": 2, several.name: "2"}, status=204)
        for step, value in ((1, "1"), (2, "2")):
            page = visitor.get(address(matter, f"/give-opinion?q={step}"))
            kept = [o.get("value") for o in page.all("input") if o.get("checked") is not None]
            assert kept == [value]

    @pytest.mark.parametrize(
        "sent",
        [{"NAME": "写"}, {"NAME": ["写"]}, {"NAME": 5}, {"NAME": {"a": 1}}, [], "x", {"else": "y"}],
    )
    def test_json_of_any_shape(
        self, sent: Any, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        if isinstance(sent, dict):
            sent = {key.replace("NAME", matter.questions[3].name): v for key, v in sent.items()}
        visitor = browser.as_(cast.middle_child)
        answer = visitor.client.post(
            address(matter, "/draft"), json=sent, headers={"X-CSRFToken": visitor.token()}
        )
        assert answer.status_code == 204

    def test_two_children_on_one_tablet_never_share_a_copy(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        keys = set()
        for person in (cast.middle_child, cast.teenager):
            page = browser.as_(person).get(address(matter, "/give-opinion"))
            keys |= {one.get("data-autosave-key") for one in page.all("form")} - {None}
        assert len(keys) == 2


class TestHostileWords:
    def test_they_are_shown_as_they_were_written(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        lines = json.loads(data("naughty/blns.json").read_text("utf-8"))
        hard = [one for one in lines if "<" in one or "'" in one or "{" in one][:25]
        visitor = browser.as_(cast.middle_child)
        for text in (*hard, "\x02\x03{{ csrf_token() }}</textarea><script>alert(1)</script>"):
            sent = {matter.questions[3].name: text[:400]}
            visitor.post(address(matter, "/draft"), sent, status=204)
            page = visitor.get(address(matter, "/give-opinion"))
            assert len(page.all("textarea")) == 1
            assert all(one.get("src") for one in page.all("script"))


class TestAfterwards:
    def test_the_receipt_is_only_for_who_spoke(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        answer = browser.as_(cast.stranger).client.get(address(matter, "/thanks"))
        assert (answer.status_code, answer.location) == (302, address(matter))
        browser.as_(cast.official).get(address(matter, "/thanks"), status=403)

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"standing": "waiting"}, "有一位老师会先看"),
            ({"standing": "published"}, "审核看过"),
            ({"standing": "returned"}, "看看为什么，再交一次"),
            ({"standing": "refused", "sentence": "换个说法吧。"}, "换个说法吧。"),
        ],
    )
    def test_each_standing_in_kind_words(
        self, values: dict[str, str], words: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        stand(**values)
        page = visitor.get(address(matter, "/thanks"))
        assert words in page.text
        assert "把斑马线画成钢琴键" in page.text

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_taking_it_back_asks_once_more(
        self, language: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = in_language(browser.as_(cast.middle_child), language)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        assert visitor.get(address(matter, "/withdraw")).h1[-1] in "？?"
        visitor.post(address(matter, "/withdraw"))
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerSheet)).all() == []
        visitor.post(address(matter, "/withdraw"), status=409)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_mending(self, language: str, matter: Topic, browser: Browser, cast: Cast) -> None:
        visitor = in_language(browser.as_(cast.middle_child), language)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        mend = f"/words/{stand(standing='returned', sentence='请把电话删掉。').hex()}/mend"
        assert mend in visitor.get(address(matter)).links.values()
        page = visitor.get(mend)
        assert "请把电话删掉。" in page.text
        assert page.words("textarea") == ["把斑马线画成钢琴键"]
        same = visitor.post(mend, {"text": "把斑马线画成钢琴键"}, status=422)
        assert same.words("textarea") == ["把斑马线画成钢琴键"]
        visitor.post(mend, {"text": "画成彩色的"})
        visitor.get(mend, status=403)

    def test_nobody_else_finds_the_words(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        browser.as_(cast.middle_child).post(address(matter, "/give-opinion"), full(matter))
        mend = f"/words/{stand(standing='returned').hex()}/mend"
        for person in (cast.stranger, cast.child):
            browser.as_(person).get(mend, status=404)
            browser.as_(person).post(mend, {"text": "x"}, status=404)
        browser.as_(cast.child).get("/words/nonsense/mend", status=404)
        browser.as_(cast.moderator).get(mend, status=403)


def test_consent_withdrawn_takes_effect_with_the_next_request(
    matter: Topic, browser: Browser, cast: Cast, settings: Settings
) -> None:
    visitor = browser.as_(cast.child)
    assert "说一说" in visitor.get(address(matter)).links
    with unit_of_work():
        session().add(
            Consent(
                person_id=cast.child.id,
                decision="withdrawn",
                channel="paper",
                notice_version=1,
                at=now(),
            )
        )
        note_change(cast.child.id)
    assert "要家里的大人先同意" in visitor.get(address(matter)).text
    visitor.post(address(matter, "/give-opinion"), {"q": 1, "go": "dk"}, status=403)
