"""The city's words: who may list them, that they hold everywhere at once, and their page."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from participation.audit.models import Entry
from participation.kernel import database as kernel_database
from participation.kernel.clock import now
from participation.kernel.database import begin_unit, session, settle, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.moderation.wordlist import actions, queries
from participation.moderation.wordlist.models import ListedWord
from participation.moderation.wordlist.policies import may_list_words
from participation.screening import folding, screen
from participation.settings import ROOT, Settings
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.processes import environment

WORDS = "/desk/moderation/words"
ROLES = ("child", "teacher", "moderator", "safeguarding", "secretary", "official", "administrator")


@pytest.mark.parametrize("vetted", [True, False])
@pytest.mark.parametrize("role", [*ROLES, ""])
def test_who_may_list_words(role: str, vetted: bool) -> None:
    who = SimpleNamespace(role=role, vetted=vetted) if role else None
    allowed = role == "administrator" or (role == "moderator" and vetted)
    assert may_list_words(who, None, now()) is allowed


def keeper(role: str = "administrator", person_id: int | None = None) -> Any:
    return SimpleNamespace(role=role, vetted=True, person_id=person_id)


@pytest.fixture
def later() -> Iterator[Callable[[], None]]:
    """Move on to when every process has looked again."""
    with time_machine.travel(now(), tick=False) as clock:
        yield lambda: clock.shift(timedelta(seconds=queries.PAUSE + 1))


def found(text: str) -> list[str]:
    """What a request would mark: the lists of this moment, asked for in a light unit."""
    begin_unit(writes=False, light=True)
    try:
        return [hint["what"] for hint in screen(text, lists=queries.current_lists())]
    finally:
        settle(keep=False)


class TestWords:
    def test_listed_and_ended(self, cast: Cast, later: Callable[[], None]) -> None:
        assert found("呼啦圈真好玩") == []
        with unit_of_work():
            row = actions.list_word(keeper(), " 呼啦圈 ", name="suspect", note="例子")
        assert (row.word, row.plain, row.note) == ("呼啦圈", "呼啦圈", "例子")
        later()
        assert found("呼啦圈真好玩") == found("呼*啦*圈") == ["suspect"]
        with unit_of_work():
            actions.end_word(keeper(), row.id)
        later()
        assert found("呼啦圈真好玩") == []
        with unit_of_work(writes=False):
            what = session().scalars(select(Entry.what).order_by(Entry.id)).all()
            assert sorted(what) == ["WordListed", "WordUnlisted"]

    def test_an_allowed_word_keeps_hits_away(self, cast: Cast, later: Callable[[], None]) -> None:
        assert found("笨蛋") == ["suspect"]
        with unit_of_work():
            actions.list_word(keeper(), "笨蛋", name="allow")
        later()
        assert found("笨蛋") == []

    def test_nobody_asks_again_within_ten_seconds(
        self, cast: Cast, later: Callable[[], None]
    ) -> None:
        found("x")
        with unit_of_work():
            actions.list_word(keeper(), "呼啦圈", name="suspect")
        assert found("呼啦圈") == []
        later()
        assert found("呼啦圈") == ["suspect"]

    def test_a_new_line_of_harm_holds_at_once_and_a_wrong_one_never(
        self,
        cast: Cast,
        later: Callable[[], None],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        lists = tmp_path / "lists"
        copytree(folding.LISTS, lists)
        monkeypatch.setattr(folding, "LISTS", lists)
        monkeypatch.setattr(queries, "FILES", lists)
        phrases = lists / "harm" / "self.txt"
        later()
        assert found("我想变成星尘") == []
        phrases.write_text(f"{phrases.read_text()}\n[harm_self dust]\n变成星尘\n")
        later()
        assert found("我想变成星尘") == ["harm_self"]
        phrases.write_text(f"{phrases.read_text()}\n(星\n")
        later()
        assert found("我想变成星尘") == ["harm_self"]
        assert "a list of signs of harm is wrong" in caplog.text

    def test_what_is_no_word_or_there_already(self, cast: Cast) -> None:
        with unit_of_work():
            row = actions.list_word(keeper(), "壞蛋", name="forbidden")
        for word, name, field in (
            ("一", "suspect", "word"),
            ("\u200b一", "suspect", "word"),
            ("坏蛋", "suspect", "word"),
            ("好词", "loud", "name"),
        ):
            with unit_of_work(), pytest.raises(RuleBroken) as refusal:
                actions.list_word(keeper(), word, name=name)
            assert refusal.value.field == field
        with unit_of_work():
            actions.end_word(keeper(), row.id)
            actions.list_word(keeper(), "坏蛋", name="suspect")

    def test_the_table_itself_holds_a_word_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with unit_of_work():
            actions.list_word(keeper(), "坏蛋", name="forbidden")
        monkeypatch.setattr(
            actions, "select", lambda *_columns: select(ListedWord.id).where(ListedWord.id < 0)
        )
        with unit_of_work(), pytest.raises(RuleBroken):
            actions.list_word(keeper(), "坏蛋", name="suspect")

    def test_only_so_many(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "MOST_LIVE", 1)
        with unit_of_work():
            actions.list_word(keeper(), "坏蛋", name="forbidden")
        with unit_of_work(), pytest.raises(RuleBroken):
            actions.list_word(keeper(), "笨蛋", name="forbidden")

    def test_what_is_not_there_cannot_end(self, cast: Cast) -> None:
        with unit_of_work(), pytest.raises(Missing):
            actions.end_word(keeper(), 7)
        with unit_of_work():
            row = actions.list_word(keeper(), "坏蛋", name="forbidden")
            actions.end_word(keeper(), row.id)
        with unit_of_work(), pytest.raises(Missing):
            actions.end_word(keeper(), row.id)

    def test_who_may_not_lists_nothing(self, cast: Cast) -> None:
        with unit_of_work():
            for role in ("child", "secretary"):
                with pytest.raises(NotAllowed):
                    actions.list_word(keeper(role), "坏蛋", name="forbidden")
                with pytest.raises(NotAllowed):
                    actions.end_word(keeper(role), 1)


LISTS_IT = """
import types
import wsgi
from participation.kernel.database import unit_of_work
from participation.moderation.wordlist.actions import list_word
with unit_of_work():
    who = types.SimpleNamespace(role="administrator", vetted=True, person_id=None)
    list_word(who, "呼啦圈", name="forbidden")
"""


def test_a_word_listed_in_one_process_hits_in_another(
    app: Flask, cast: Cast, settings: Settings, later: Callable[[], None]
) -> None:
    assert found("呼啦圈") == []
    done = subprocess.run(
        [sys.executable, "-c", LISTS_IT], env=environment(settings), cwd=ROOT, check=False
    )
    assert done.returncode == 0
    later()
    assert found("呼啦圈") == ["forbidden"]


def test_another_database_has_other_words(
    app: Flask, cast: Cast, later: Callable[[], None]
) -> None:
    with unit_of_work():
        actions.list_word(keeper(), "呼啦圈", name="suspect")
    later()
    assert found("呼啦圈") == ["suspect"]
    queries._kept.state = ("elsewhere", *queries._kept.state[1:])  # type: ignore[misc,index]
    with unit_of_work():
        session().delete(session().scalars(select(ListedWord)).one())
    assert kernel_database.database().url != "elsewhere"
    assert found("呼啦圈") == []


class TestPage:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    @pytest.mark.parametrize("name", ["administrator", "moderator"])
    def test_add_and_end(self, name: str, language: str, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(getattr(cast, name))
        visitor.client.set_cookie("language", language)
        visitor.get(WORDS)
        page = visitor.post(WORDS, {"word": "坏蛋", "name": "forbidden", "note": "例子"})
        assert page.words("th")[-1] == "坏蛋"
        [row] = [one for one in page.words("tr") if "坏蛋" in one]
        assert "例子" in row
        [address] = [
            one.get("action", "")
            for one in page.all("form")
            if one.get("action", "").endswith("end")
        ]
        page = visitor.post(address)
        assert "坏蛋" not in page.words("th")
        visitor.post(address, status=404)

    def test_what_is_wrong_is_said_and_kept(self, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(cast.administrator)
        page = visitor.post(WORDS, {"word": "一", "name": "forbidden", "note": "n"}, status=422)
        assert "至少写两个字" in page.text
        assert page.fields(WORDS)["note"] == "n"
        visitor.post(WORDS, {"word": "坏蛋", "name": "loud"}, status=422)
        visitor.post(WORDS, {"word": "字" * 41, "name": "suspect"}, status=422)

    def test_paged_and_narrowed(
        self, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "PAGE", 2)
        with unit_of_work():
            for number, name in enumerate(("suspect", "allow", "suspect", "suspect")):
                actions.list_word(keeper(), f"词{number}号", name=name)
        visitor = browser.as_(cast.administrator)
        page = visitor.get(f"{WORDS}?list=suspect")
        assert page.words("th")[-2:] == ["词3号", "词2号"]
        older = next(one for one in page.links.values() if "below=" in one)
        page = visitor.get(older)
        assert page.words("th")[-1] == "词0号"
        assert "词1号" not in page.text
        newer = next(one for one in page.links.values() if "above=" in one)
        assert visitor.get(newer).words("th")[-1] == "词2号"
        assert "词3号" in visitor.get(f"{WORDS}?list=none&below=x").text

    @pytest.mark.parametrize(
        "name", ["child", "teacher", "safeguarding", "secretary", "official", "stranger"]
    )
    def test_others_stay_outside(self, name: str, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(getattr(cast, name))
        visitor.get(WORDS, status=403)
        visitor.post(WORDS, {"word": "坏蛋", "name": "forbidden"}, status=403)
        visitor.post(f"{WORDS}/1/end", status=403)
        assert "/staff/sign-in" in browser.client.get(WORDS).headers["Location"]

    def test_a_moderator_whose_checks_ran_out(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            person = session().merge(cast.moderator)
            person.vetted_on = None
        visitor = browser.as_(cast.moderator)
        visitor.get(WORDS, status=403)
