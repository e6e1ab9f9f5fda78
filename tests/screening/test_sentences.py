"""Recall and false alarms on sentences in children's manner, those held out counted apart."""

from collections import Counter

import pytest

from participation.screening import personal, screen
from tests.screening.sentences import BIG, HELD_OUT, ROSTER, SEEN, Sentence, sentences

PARTS = (SEEN, HELD_OUT)
TELLING = sentences("telling.txt", kinds=True)
CLEAN = sentences("clean.txt", kinds=False)
SECOND = sentences("second_telling.txt", kinds=True)
SECOND_CLEAN = sentences("second_clean.txt", kinds=False)
ON_THE_NET = ("email", "link", "handle", "phone")
"""A handle may be a telephone number as well, an address of e-mail looks like a link."""


def is_found(sentence: Sentence) -> bool:
    same = ON_THE_NET if sentence.kind in ON_THE_NET[:3] else (sentence.kind,)
    return any(
        hint["what"] in same and hint["start"] < sentence.end and sentence.start < hint["end"]
        for hint in screen(sentence.text, roster=ROSTER)
    )


def test_there_are_enough_of_them() -> None:
    assert len(TELLING) >= 150
    assert len(CLEAN) >= 150
    assert sum(one.part == HELD_OUT for one in (*TELLING, *CLEAN)) >= 100
    assert set(Counter(one.kind for one in TELLING)) == {
        "phone", "id", "passport", "plate", "email", "link", "handle", "address", "name",
    }  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_what_tells_too_much_is_found(part: str) -> None:
    mine = [one for one in TELLING if one.part == part]
    asked = Counter(one.kind for one in mine)
    found = Counter(one.kind for one in mine if is_found(one))
    print(f"\n{part}:", ", ".join(f"{kind} {found[kind]}/{asked[kind]}" for kind in asked))
    assert found.total() / asked.total() >= 0.95
    assert all(found[kind] / asked[kind] >= 0.75 for kind in asked)


@pytest.mark.parametrize("part", PARTS)
def test_what_only_looks_like_it_is_left_alone(part: str) -> None:
    mine = [one for one in CLEAN if one.part == part]
    alarms = [one.text for one in mine if personal(screen(one.text, roster=ROSTER))]
    print(f"\n{part}: {len(alarms)} false alarms in {len(mine)}", alarms if part == SEEN else "")
    assert len(alarms) / len(mine) <= 0.05


def test_names_schools_birthdays_and_who_it_is() -> None:
    """Written before these steps; every second line was held out, and found as well."""
    missed = [one.text for one in SECOND if not is_found(one)]
    assert set(Counter(one.kind for one in SECOND)) == {"school", "name", "birthday", "who"}
    assert len(missed) / len(SECOND) <= 0.05, missed
    alarms = [one.text for one in SECOND_CLEAN if personal(screen(one.text, roster=ROSTER))]
    assert len(alarms) / len(SECOND_CLEAN) <= 0.05, alarms


def test_clean_sentences_stay_clean_for_a_big_school() -> None:
    """Two thousand names of common characters begin and end inside many words."""
    assert len(BIG.names) >= 1800
    alarms = [one.text for one in CLEAN if personal(screen(one.text, roster=BIG))]
    print(f"\n{len(alarms)} false alarms in {len(CLEAN)}", alarms)
    assert len(alarms) / len(CLEAN) <= 0.05
