"""The busiest road: few statements, ready pages equal to plain ones, nobody sees another's page."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from participation.consultations.forms.opinion import form_of
from participation.consultations.queries import topic as find
from participation.consultations.topic import Topic
from participation.consultations.views import showing
from participation.consultations.views.showing import READY
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.consultations.conftest import Statements
from tests.consultations.stage import QUESTIONS, published
from tests.consultations.test_pages import address, full
from tests.support.browser import Browser
from tests.support.cast import Cast

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def known(text: str) -> str:
    """A page without its token, whose signature carries the time."""
    return TOKEN.sub("", text)


@pytest.fixture
def plainly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From here on nothing is kept ready: every page is rendered at once."""
    return lambda: monkeypatch.setattr(showing, "QUERIES", frozenset())


class TestEqual:
    """What is kept ready equals what is rendered plainly, for each reader and each state."""

    def walk(self, visitor: Browser, matter: Topic, state: int) -> None:
        """Bring a reader on: nothing said, a draft, an opinion, a draft over that opinion."""
        give, draft = address(matter, "/give-opinion"), address(matter, "/draft")
        if state == 1:
            visitor.post(draft, full(matter, q=3), status=204)
        if state == 2:
            for step in (1, 2, 3):
                visitor.post(give, full(matter, q=step, **{matter.questions[0].name: "1"}))
        if state == 3:
            visitor.post(draft, {"q": 1, matter.questions[0].name: "5"}, status=204)

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    @pytest.mark.parametrize("name", ["child", "middle_child", "teenager"])
    def test_for_children(
        self,
        name: str,
        language: str,
        matter: Topic,
        browser: Browser,
        cast: Cast,
        plainly: Callable[[], None],
    ) -> None:
        visitor = browser.as_(getattr(cast, name))
        visitor.client.set_cookie("language", language)
        paths = [address(matter), address(matter, "/give-opinion")]
        paths += [address(matter, f"/give-opinion?q={step}") for step in (1, 2, 3)]
        ready: list[str] = []
        for state in range(4):
            self.walk(visitor, matter, state)
            visitor.get(paths[0])
            ready += [known(visitor.get(path).text) for path in paths]
            ready += [known(visitor.get(path, check=False).text) for path in paths]
        plainly()
        visitor.post(address(matter, "/withdraw"))
        plain: list[str] = []
        for state in range(4):
            self.walk(visitor, matter, state)
            plain += 2 * [known(visitor.get(path, check=False).text) for path in paths]
        at = re.compile(r'data-autosave-at="\d+"')
        assert [at.sub("", one) for one in ready] == [at.sub("", one) for one in plain]

    @pytest.mark.parametrize("name", [None, "unconsented", "far_child", "official", "secretary"])
    def test_for_readers(
        self,
        name: str | None,
        matter: Topic,
        browser: Browser,
        cast: Cast,
        plainly: Callable[[], None],
    ) -> None:
        visitor = browser.as_(getattr(cast, name)) if name else browser
        for theme, size in (("", ""), ("dark", "big")):
            visitor.client.set_cookie("theme", theme)
            visitor.client.set_cookie("size", size)
            visitor.get(address(matter))
            ready = known(visitor.get(address(matter)).text)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(showing, "QUERIES", frozenset())
                assert known(visitor.get(address(matter)).text) == ready


class TestApart:
    def test_nobody_gets_anothers_name_token_or_words(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        first, second = browser.as_(cast.middle_child), browser.as_(cast.teenager)
        first.client.get("/")
        first.post(address(matter, "/draft"), full(matter), status=204)
        READY._pages.clear()
        for digit, path in enumerate((address(matter), address(matter, "/give-opinion"))):
            mine = first.get(path)
            with first.client.session_transaction() as kept:
                kept["csrf_token"] = str(digit) * 40
            theirs, fresh = second.get(path), first.get(path)
            tokens = [TOKEN.findall(page.text) for page in (mine, theirs, fresh)]
            assert all(len(set(found)) == 1 for found in tokens)
            assert len({found[0] for found in tokens}) == 3
            assert cast.middle_child.nickname not in theirs.text
            assert "钢琴" not in theirs.text

    def test_bands_of_one_topic_do_not_mix(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        pages = {
            person.nickname: browser.as_(person).get(address(matter, "/give-opinion"))
            for person in (cast.child, cast.middle_child, cast.teenager)
        }
        bands = [page.root.get("data-band") for page in pages.values() if page.root is not None]
        assert bands == ["a", "b", "c"]

    def test_strange_addresses_fill_no_memory(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.get(address(matter))
        before = len(READY)
        for number in range(5):
            visitor.get(address(matter, f"?x={number}"))
            visitor.client.set_cookie("theme", f"t{number}")
            visitor.get(address(matter))
        assert len(READY) == before

    def test_a_message_is_shown_once_and_never_kept(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        said = visitor.post(address(matter, "/give-opinion"), full(matter, go="save"))
        assert "存好了" in said.text
        assert "存好了" not in visitor.get(address(matter)).text
        assert "存好了" not in browser.as_(cast.teenager).get(address(matter)).text


class TestAsking:
    def head(self, client: FlaskClient, path: str, tag: str = "") -> tuple[int, str, str]:
        found = client.get(path, headers={"If-None-Match": tag} if tag else {})
        return (
            found.status_code,
            found.headers.get("ETag", ""),
            found.headers.get("Cache-Control", ""),
        )

    @pytest.mark.parametrize("part", ["", "/give-opinion"])
    def test_what_the_reader_has_is_not_sent_again(
        self, part: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        client, path = browser.as_(cast.middle_child).client, address(matter, part)
        client.get(path)
        status, tag, cache = self.head(client, path)
        assert (status, cache) == (200, "private, no-cache")
        assert self.head(client, path, tag) == (304, tag, "private, no-cache")

    def test_own_state_reader_session_and_version_change_the_tag(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        first, second = browser.as_(cast.middle_child), browser.as_(cast.teenager)
        path = address(matter)
        first.client.get(path)
        second.client.get(path)
        tags = [self.head(first.client, path)[1], self.head(second.client, path)[1]]
        tapped = full(matter, **{matter.questions[3].name: ""})
        first.post(address(matter, "/give-opinion"), tapped)
        tags.append(self.head(first.client, path)[1])
        with first.client.session_transaction() as kept:
            kept["csrf_token"] = "2" * 40
        tags.append(self.head(first.client, path)[1])
        first.client.set_cookie("language", "en")
        tags.append(self.head(first.client, path)[1])
        assert len(set(tags)) == 5
        assert self.head(first.client, path, tags[0])[0] == 200

    def test_a_page_with_her_own_words_is_stored_nowhere(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.post(address(matter, "/draft"), full(matter), status=204)
        status, tag, cache = self.head(visitor.client, address(matter, "/give-opinion"))
        assert (status, tag, cache) == (200, "", "no-store")
        assert self.head(visitor.client, address(matter))[2] == "private, no-cache"

    @pytest.mark.parametrize("deed", ["/draft", "/give-opinion"])
    def test_a_page_with_ticked_answers_is_stored_nowhere(
        self, deed: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.client.get(address(matter, "/give-opinion"))
        known = self.head(visitor.client, address(matter, "/give-opinion"))[1]
        assert known
        tapped = {matter.questions[0].name: "2"}
        visitor.post(address(matter, deed), tapped, status=204 if deed == "/draft" else 200)
        found = self.head(visitor.client, address(matter, "/give-opinion"), known)
        assert found == (200, "", "no-store")

    def test_of_the_youngest_only_the_question_that_shows_her_answer(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.child)
        sent = {"q": 1, matter.questions[0].name: "5", "go": "next"}
        visitor.post(address(matter, "/give-opinion"), sent)
        first, second = (address(matter, f"/give-opinion?q={step}") for step in (1, 2))
        assert self.head(visitor.client, first) == (200, "", "no-store")
        status, tag, cache = self.head(visitor.client, second)
        assert (status, cache) == (200, "private, no-cache")
        assert self.head(visitor.client, second, tag)[0] == 304


class TestStatements:
    def test_pages(
        self, matter: Topic, browser: Browser, cast: Cast, statements: Statements
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        for path in (address(matter), address(matter, "/give-opinion")):
            visitor.client.get(path)
            with statements() as said:
                visitor.client.get(path)
            assert len([one for one in said if not one.startswith("BEGIN")]) <= 3, said

    def test_a_stranger_costs_one(
        self, matter: Topic, browser: Browser, statements: Statements
    ) -> None:
        browser.client.get(address(matter))
        with statements() as said:
            browser.client.get(address(matter))
        assert len([one for one in said if not one.startswith("BEGIN")]) == 1, said

    def test_giving_costs_the_same_however_many_questions(
        self,
        matter: Topic,
        browser: Browser,
        cast: Cast,
        settings: Settings,
        statements: Statements,
    ) -> None:
        asked_little = (QUESTIONS[0], QUESTIONS[3])
        warm, short = (
            published(cast, settings, sign=sign, bands="bc", questions=asked_little)
            for sign in "树园"
        )
        visitor = browser.as_(cast.middle_child)
        costs = []
        for asked in (warm, matter, short):
            visitor.client.get(address(asked, "/give-opinion"))
            sent = {
                asked.questions[0].name: "2",
                asked.words_questions[0].name: "绿灯太短",
                "csrf_token": visitor.token(),
            }
            with statements() as said:
                visitor.client.post(address(asked, "/give-opinion"), data=sent)
            costs.append(len([one for one in said if not one.startswith("BEGIN")]))
        first, *costs = costs  # the first of the hour also asks for the moderators' digest
        assert costs[0] == costs[1] < first <= 14

    def test_the_form_is_built_once(self, matter: Topic, app: Flask) -> None:
        forms = set()
        for _request in range(3):
            with unit_of_work(writes=False):
                forms.add(form_of(find(matter.id), "b"))
        assert len(forms) == 1

    @pytest.mark.parametrize("band", ["a", "b", "c"])
    def test_one_answer_is_read_as_among_several(self, band: str, matter: Topic) -> None:
        """A single value is read by a shortcut; with an empty one beside it the plain way."""
        form = form_of(matter, band)
        for question in form.asked:
            for said in (*map(str, range(12)), "", "dk", "skip", "x"):
                short = form.read({question.name: [said]})
                plain = form.read({question.name: [said, ""]})
                assert (short.answers, short.words) == (plain.answers, plain.words)
                assert short.errors == plain.errors
