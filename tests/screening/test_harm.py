"""Signs of harm: recall and false alarms, urgency, and that the quick look misses nothing.

`harm.txt` and `harmless.txt` were written before the rules, every third line held out; the sets
`fresh`, `later`, `last` and `second` after them, each read once before the rules grew by it.
"""

import re
from pathlib import Path
from shutil import copytree

import pytest

from participation.screening import folding, for_child, screen, urgency
from participation.screening.folding import fold
from participation.screening.harm import LIKE, OWN_HARM, found_by, harm_in, read_harm
from participation.screening.hints import HARM, Hint, hint
from participation.screening.needed import all_needed_by, branches_of
from tests.screening.sentences import HELD_OUT, SEEN, Sentence, sentences

LATER = ("fresh", "later", "last", "second")
SIGNED = sentences("harm.txt", kinds=True)
HARMLESS = sentences("harmless.txt", kinds=False)


def signs(text: str) -> list[Hint]:
    """What the lists find; what is only like harm is measured in `test_likeness.py`."""
    return [one for one in screen(text) if one["what"] in HARM and one["why"] != LIKE]


def recall(rows: list[Sentence], name: str) -> float:
    missed = [one.text for one in rows if not signs(one.text)]
    late = [
        one.text
        for one in rows
        if signs(one.text) and urgency(signs(one.text)) > int(one.kind.split()[1])
    ]
    print(f"\n{name}: {len(rows) - len(missed)}/{len(rows)}, too late {late}")
    assert len(late) <= len(rows) * 0.05
    return 1 - len(missed) / len(rows)


def alarms(rows: list[Sentence], name: str) -> float:
    found = [one.text for one in rows if signs(one.text)]
    print(f"\n{name}: {len(found)} false alarms in {len(rows)}")
    return len(found) / len(rows)


def test_there_are_enough_of_them() -> None:
    assert len(SIGNED) >= 80
    assert len(HARMLESS) >= 120
    assert {one.kind.split()[0] for one in SIGNED} == set(HARM)


@pytest.mark.parametrize("part", [SEEN, HELD_OUT])
def test_signs_are_found_in_time(part: str) -> None:
    assert recall([one for one in SIGNED if one.part == part], part) >= 0.95


@pytest.mark.parametrize("part", [SEEN, HELD_OUT])
def test_dangerous_words_in_harmless_sentences(part: str) -> None:
    assert alarms([one for one in HARMLESS if one.part == part], part) <= 0.05


@pytest.mark.parametrize("name", LATER)
def test_what_was_written_later_stays_found(name: str) -> None:
    assert recall(sentences(f"{name}_harm.txt", kinds=True), name) >= 0.95
    assert alarms(sentences(f"{name}_harmless.txt", kinds=False), name) <= 0.05


def test_the_kind_is_right_most_of_the_time() -> None:
    right = [
        one for one in SIGNED if one.kind.split()[0] in {sign["what"] for sign in signs(one.text)}
    ]
    assert len(right) / len(SIGNED) >= 0.9


def test_the_quick_look_at_characters_misses_nothing() -> None:
    """Without the characters that a section can't do without all is alike."""
    rows = [
        *SIGNED,
        *HARMLESS,
        *(
            one
            for name in LATER
            for kind in (f"{name}_harm.txt", f"{name}_harmless.txt")
            for one in sentences(kind, kinds=kind.endswith("_harm.txt"))
        ),
    ]
    for one in rows:
        view = fold(one.text).closed
        quick = list(harm_in(view))
        whole = [found for sign in OWN_HARM.signs for found in found_by(sign, view)]
        assert [found for found in whole if found not in quick] == [], one.text


def test_now_makes_it_urgent_but_not_bullying() -> None:
    assert urgency(screen("爸爸打我")) == 2
    assert urgency(screen("爸爸现在打我")) == 1
    assert urgency(screen("他们现在都欺负我")) == 3
    assert urgency(screen("多种树")) == 0


def test_urgency_is_that_of_the_worst_sign() -> None:
    hints = [hint("bullying", 0, 1, "x"), hint("danger", 2, 3, "y"), hint("phone", 4, 5, "z")]
    assert urgency(hints) == 1
    assert urgency(hints[:1]) == 3
    assert urgency(hints[2:]) == urgency([]) == 0


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("作业多得想跳楼", 3),
        ("我想跳楼", 2),
        ("同学总是笑我胖还抢我的书", 3),
        ("被堵在厕所里要钱", 2),
        ("他们现在堵着我要钱", 1),
        ("有人叫我发照片给他", 2),
        ("爸爸喝酒就拿皮带抽我", 2),
        ("红灯太长，等得我想死", 0),
        ("哥哥打篮球打得很好", 0),
        ("晚上那条巷子没有灯，怕有人跟着我", 0),
        ("有人跟着我，我躲在便利店里", 1),
    ],
)
def test_what_waits_till_morning_and_what_does_not(text: str, level: int) -> None:
    assert urgency(screen(text)) == level


def test_nothing_is_asked_of_a_child_who_is_in_danger() -> None:
    text = "爸爸打我，救命，我的电话13800138000"
    assert {one["what"] for one in screen(text)} >= {"phone"}
    assert for_child(screen(text)) == []
    assert [one["what"] for one in for_child(screen("我的电话13800138000"))] == ["phone"]


def test_a_school_that_teaches_against_it_raises_no_alarm() -> None:
    for text in ("预防自杀的讲座", "我们听了防欺凌讲座", "没有人欺负我们", "反对家暴"):
        assert signs(text) == []


def test_a_list_that_is_wrong_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = tmp_path / "lists"
    copytree(folding.LISTS, lists)
    monkeypatch.setattr(folding, "LISTS", lists)
    assert {sign.why for sign in read_harm().signs} == {sign.why for sign in OWN_HARM.signs}
    for name, line in (("self", "[harm_self empty]"), ("self", "(想"), ("groups", "[now]")):
        kept = (lists / f"harm/{name}.txt").read_text()
        new = line if name == "groups" else f"{kept}\n{line}\n"
        (lists / f"harm/{name}.txt").write_text(new)
        with pytest.raises((ValueError, re.error)):
            read_harm()
        (lists / f"harm/{name}.txt").write_text(kept)


def test_the_rules_know_their_kinds() -> None:
    assert {sign.what for sign in OWN_HARM.signs} == set(HARM)
    assert {meeting.what for meeting in OWN_HARM.meetings.lines} == set(HARM)


def test_every_line_has_characters_that_it_cannot_do_without() -> None:
    for sign in OWN_HARM.signs:
        assert all(map(all_needed_by, branches_of(sign.pattern.pattern))), sign.why
