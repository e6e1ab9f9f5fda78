"""Words of the lists: what hits, what is allowed, and how little a long list costs."""

from time import perf_counter

import pytest

from participation.screening import OWN, Lists, screen
from participation.screening.folding import fold
from participation.screening.lists import patterns_of
from tests.screening.sentences import sentences


@pytest.mark.parametrize("one", sentences("words.txt", kinds=True), ids=lambda one: one.text)
def test_words_hit_where_they_are_meant(one: object) -> None:
    found = {hint["what"] for hint in screen(one.text)} & {"forbidden", "suspect"}  # type: ignore[attr-defined]
    assert found == ({one.kind} - {"clean"})  # type: ignore[attr-defined]


def found(text: str, lists: Lists) -> list[tuple[str, str]]:
    hints = lists.words_in(fold(text).closed)
    return [(hint["what"], text[hint["start"] : hint["end"]]) for hint in hints]


def test_a_word_is_found_however_it_is_written() -> None:
    lists = Lists.of(forbidden=["壞蛋"], suspect=["ＡＢ", "坏"])
    for text in ("坏蛋", "壞蛋", "坏*蛋", "坏\u200b蛋", "大 坏 蛋"):
        assert [what for what, _where in found(text, lists)] == ["forbidden"]
    assert found("ab", lists) == [("suspect", "ab")]
    assert found("cab abc", lists) == []
    assert found("坏人", lists) == [("suspect", "坏")]


def test_what_is_allowed_covers_it_whole_or_not_at_all() -> None:
    lists = Lists.of(forbidden=["毒"], allow=["禁毒教育"])
    assert found("禁毒教育馆", lists) == []
    assert found("毒和禁毒教育", lists) == [("forbidden", "毒")]
    assert found("禁毒", lists) == [("forbidden", "毒")]


def test_the_words_of_the_city_come_on_top() -> None:
    more = OWN.with_words(Lists.of(suspect=["呼啦圈"], allow=["笨蛋"]))
    assert [hint["what"] for hint in screen("呼啦圈", lists=more)] == ["suspect"]
    assert screen("笨蛋", lists=more) == []
    assert screen("呼啦圈") == []


def test_no_words_at_all() -> None:
    assert patterns_of([]) == patterns_of(["\u200b", ""]) == (None, None)
    assert found("傻逼", Lists.of()) == []
    assert Lists.of(allow=["好"]).allowed_in(fold("你好").closed) == [(1, 2)]
    assert Lists.of().allowed_in(fold("你好").closed) == []


def test_ten_thousand_words_cost_little_more_than_ten() -> None:
    """A place in a text is compared with the words that begin with its character alone."""
    letters = [chr(code) for code in range(0x4E00, 0x4E64)]
    many = Lists.of(forbidden=[a + b + "字" for a in letters for b in letters])
    few = Lists.of(forbidden=[a + "一字" for a in letters[:10]])
    view = fold("绿灯太短了，走到一半就变红，弟弟每次都要跑。" * 20).closed
    assert len(many.forbidden) == 10_000

    def seconds(lists: Lists) -> float:
        began = perf_counter()
        list(lists.words_in(view))
        return perf_counter() - began

    seconds(many)
    assert min(seconds(many) for _ in range(9)) < 60 * min(seconds(few) for _ in range(9))
