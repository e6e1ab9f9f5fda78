"""Every shortcut of the signs of harm finds what the plain way finds, in any text."""

from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.screening import signs, usual_names
from participation.screening.first_look import FirstLook
from participation.screening.folding import fold, lines_of
from participation.screening.harm import OWN_HARM
from participation.screening.lexicon import HIDES, Spoken, bits_of, lexicon_of, sentences_of
from participation.screening.likeness import features_of, score
from tests.screening.sentences import SAID, lines

LEXICON = OWN_HARM.lexicon
WEIGHTS = OWN_HARM.likeness.harm
WORDS = sorted(
    (word.replace("_", " "), bit)
    for line in lines_of("harm/words.txt")
    for bit in [LEXICON.bits[line.partition(":")[0]]]
    for word in line.partition(":")[2].split()
)
SENTENCES = [
    fold(line.replace("⟦", "").replace("⟧", "")).closed.text
    for file in sorted(SAID.glob("*.txt"))
    for _number, line in lines(file.name)
] + [fold(line).closed.text for line in lines_of("harm/samples.txt")]
LETTERS = sorted({letter for sentence in SENTENCES for letter in sentence})
PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from([word for word, _bit in WORDS]),
    st.sampled_from(LETTERS),
    st.builds(lambda text, at: text[at:], st.sampled_from(SENTENCES), st.integers(0, 20)),
    st.builds(lambda text, at: text[:at], st.sampled_from(SENTENCES), st.integers(0, 20)),
)
TEXTS = st.lists(PIECES, max_size=9).map("".join)


def plain_signs(text: str) -> list[int]:
    """The numbers of the signs that have a match, each looked for by itself."""
    return [number for number, sign in enumerate(OWN_HARM.signs) if sign.pattern.search(text)]


def by_beginning() -> dict[str, dict[str, int]]:
    """Every word with all of its groups, by its first letter."""
    found: dict[str, dict[str, int]] = {}
    for word, bit in WORDS:
        groups = found.setdefault(word[0], {})
        groups[word] = groups.get(word, 0) | bit
    return found


BEGINNING = by_beginning()


def plain_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The words of a stretch, every word tried at every place, longer ones first."""
    hidden_until = start
    for at in range(start, end):
        here = BEGINNING.get(text[at], {})
        for word in sorted(here, key=len, reverse=True):
            over = at + len(word)
            around = f"{text[at - 1 : at]}{text[over : over + 1]}"
            inside = any(one.isascii() and one.isalpha() for one in around)
            if at < hidden_until or text[at:over] != word or (word.isascii() and inside):
                continue
            yield at, over, here[word]
            if here[word] & LEXICON.bits[HIDES]:
                hidden_until = over


def plain_features(flat: str, groups: int) -> set[str]:
    """Characters, pairs and groups of a sentence in which a line stands for what is no letter."""
    names = {bit: f"@{name}" for name, bit in LEXICON.bits.items()}
    found = {one + other for one, other in pairwise(f"_{flat}_")} | set(flat)
    return (found - {"_", "__"}) | {names[bit] for bit in bits_of(groups)}


def check(text: str) -> None:
    """Hold the short ways equal to the plain ones."""
    assert OWN_HARM.first_look.possible(text) == plain_signs(text), text
    for one in sentences_of(text, LEXICON):
        assert list(one.words) == list(plain_words(text, one.start, one.end)), text
        features = features_of(text, one, LEXICON)
        flat = "".join(
            letter if letter.isalpha() and not "a" <= letter <= "z" else "_"
            for letter in text[one.start : one.end]
        )
        assert features == plain_features(flat, one.groups), text
        plain = sum(WEIGHTS[each] for each in features if each in WEIGHTS) / sqrt(
            len(features) or 1
        )
        assert score(features, WEIGHTS) == pytest.approx(plain)


def test_sentences_and_samples() -> None:
    assert len(SENTENCES) > 2500
    for text in SENTENCES:
        check(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_texts_put_together(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [3]),
        ("好", [3]),
        ("想死", [0]),
        ("死想", []),
        ("死活", [1]),
        ("我要打人,好想死", [0, 2]),
    ],
)
def test_a_first_look(text: str, found: list[int]) -> None:
    look = FirstLook(["想死|好想哭", "死活", "(?:打|踢)人?", "^.?$"])
    assert look.possible(text) == found


def test_a_lexicon_of_single_letters_of_pairs_or_of_nothing() -> None:
    for words, text, found in (
        ("打", "我打", [(1, 2)]),
        ("打人", "打打人", [(1, 3)]),
        ("打 打人 打人了", "打人了", [(0, 3), (0, 2), (0, 1)]),
        ("", "打人", []),
    ):
        [one] = sentences_of(text, lexicon_of([f"blow: {words}"]))
        assert [(start, end) for start, end, _groups in one.words] == found


def test_a_sentence_is_its_place_its_words_and_their_groups() -> None:
    words = lexicon_of(["kin: 爸爸", "blow: 打"])
    kin, blow = words.bits["kin"], words.bits["blow"]
    assert sentences_of("爸爸打。", words) == [
        Spoken(0, 3, [(0, 2, kin), (2, 3, blow)], kin | blow)
    ]


def test_a_look_for_the_names_of_apps_and_for_surnames_misses_none() -> None:
    for text in SENTENCES:
        assert signs._APPS_NEED.search(text) or not signs._APPS.search(text), text
        named = usual_names._TWO.search(text) or usual_names._CALLED.search(text)
        assert usual_names._GATE.search(text) or not named, text
