"""Addresses and drafts that nobody types by accident: told, not broken; and a message on a page."""

import json
from urllib.parse import quote

import pytest
from sqlalchemy import select

from participation.consultations.models import AnswerDraft
from participation.consultations.topic import Topic
from participation.consultations.views.giving import MOST_DRAFT
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.consultations.crowd import frozen
from tests.consultations.test_pages import address
from tests.support.browser import Browser
from tests.support.cast import Cast

NOW = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "after",
    [
        f"{NOW}~{'9' * 25}",
        f"{NOW}~{2**31}",
        f"{NOW}~{2**63}",
        f"{NOW}~-{2**63}",
        "0001-01-01T00:00:00+14:00~1",
        "9999-12-31T23:59:59-14:00~1",
        "2026-01-01~1",
        "~",
    ],
)
def test_a_place_that_no_list_has_is_its_beginning(
    after: str, matter: Topic, browser: Browser
) -> None:
    for state in ("open", "coming", "over"):
        plain = browser.get(f"/topics?when={state}")
        assert browser.get(f"/topics?when={state}&after={quote(after)}").h1 == plain.h1
    assert str(matter.title) in browser.get(f"/topics?after={quote(after)}").text


class TestDraft:
    def send(self, visitor: Browser, matter: Topic, body: str) -> int:
        answer = visitor.client.post(
            address(matter, "/draft"),
            data=body,
            content_type="application/json",
            headers={"X-CSRFToken": visitor.token()},
        )
        return answer.status_code

    def kept(self) -> list[str]:
        with unit_of_work(writes=False):
            return list(session().scalars(select(AnswerDraft.fields)))

    @pytest.mark.parametrize(
        "body",
        [
            "[" * 100_000,
            '{"a":' * 40_000 + "1" + "}" * 40_000,
            "[" * 5_000 + "]" * 5_000,
            "{",
            "",
            "nope",
            json.dumps({"q": "x" * MOST_DRAFT}),
            '{"q": ' + "9" * 5000 + "}",
        ],
        ids=["open", "deep", "deep list", "broken", "empty", "word", "large", "number"],
    )
    def test_what_is_no_draft_is_refused(
        self, body: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        for person in (cast.child, cast.middle_child):
            assert self.send(browser.as_(person), matter, body) == 400
        assert self.kept() == []

    @pytest.mark.parametrize(
        "body", ["null", "[]", "7", '"text"', "true", '{"q": {"a": [1]}}', '{"q": [[["1"]]]}']
    )
    def test_a_wrong_shape_says_nothing(
        self, body: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        for person in (cast.child, cast.middle_child):
            assert self.send(browser.as_(person), matter, body) == 204
        assert [json.loads(fields) for fields in self.kept()] in ([], [{}], [{}, {}])

    @pytest.mark.parametrize(
        "said", ["\0", "\ud800", "a\0b", [["x"]], {"x": "y"}, None, 1.5, 10**40]
    )
    def test_strange_values_break_nothing(
        self, said: object, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        sent = {question.name: said for question in matter.questions}
        for step in (1, 10**30, "x", None, [1], -1):
            body = json.dumps({**sent, "q": step})
            for person in (cast.child, cast.middle_child):
                assert self.send(browser.as_(person), matter, body) == 204

    def test_a_whole_draft_of_json_is_kept(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        words = matter.words_questions[0].name
        body = json.dumps({words: "字" * 4000, "q": 1})
        assert self.send(browser.as_(cast.middle_child), matter, body) == 204
        assert [json.loads(fields) for fields in self.kept()] == [{words: ["字" * 4000]}]


def test_a_message_on_the_page_of_a_result_is_for_one_reader(
    cast: Cast, settings: Settings, browser: Browser
) -> None:
    path = address(frozen(cast, settings, count=30), "/result")
    tag = browser.get(path).response.headers["ETag"]
    with browser.client:
        browser.post("/staff/forgot", {"email": "nobody@city.example"}, follow=False, status=303)
    told = browser.client.get(path)
    assert "Set-Cookie" in told.headers
    assert told.headers.getlist("Cache-Control") == ["no-store"]
    assert "ETag" not in told.headers
    again = browser.client.get(path)
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "public, max-age=60"
