"""What is only like harm: it learns from sentences, never seals, and leaves plain talk alone."""

import pytest

from participation.screening import screen, urgency
from participation.screening.folding import fold, lines_of
from participation.screening.harm import LIKE, OWN_HARM
from participation.screening.lexicon import lexicon_of, sentences_of
from participation.screening.likeness import like_harm_in, likeness_of
from tests.screening.sentences import HELD_OUT, sentences

THIRD = sentences("third_harm.txt", kinds=True)
THIRD_HARMLESS = sentences("third_harmless.txt", kinds=False)
WORDS = lexicon_of(["kin: 爸爸", "nothing: 打球"])
HARM = ["[harm_by_others]", *["爸爸把我推下去"] * 9, "[missing]", *["我今晚睡在车站"] * 9]
LEARNED = likeness_of([*HARM, "[harmless]", *["公园里多种一些树"] * 20], WORDS)


def like(text: str) -> list[tuple[str, str]]:
    found = like_harm_in(text, sentences_of(text, WORDS), WORDS, LEARNED)
    return [(kind, text[start:end]) for kind, start, end in found]


def test_a_sentence_is_like_its_samples() -> None:
    [(kind, place)] = like("爸爸又把我推下去了")
    assert kind == "harm_by_others" and place in "爸爸又把我推下去了"
    assert [kind for kind, _place in like("多种树。我今晚又睡在车站")] == ["missing"]
    assert like("公园里多种树") == like("推") == like("") == like("12345678") == []


def test_a_sentence_of_groups_alone_is_marked_whole() -> None:
    words = lexicon_of(["kin: baba"])
    learned = likeness_of(["[danger]", *["baba"] * 9, "[harmless]", *["多种树"] * 200], words)
    assert list(like_harm_in("x。baba", sentences_of("x。baba", words), words, learned)) == [
        ("danger", 2, 6)
    ]


def test_both_sorts_of_samples_are_needed() -> None:
    for lines in (HARM, ["[harmless]", "多种树"], []):
        with pytest.raises(ValueError, match="samples"):
            likeness_of(lines, WORDS)


def test_what_no_list_foresaw() -> None:
    """Written when the lists were finished and not among the samples: 30 of 113 were found by the
    lists, 65 with what is like harm; of 106 harmless ones 5 are marked."""
    found = [one for one in THIRD if urgency(screen(one.text))]
    alarms = [one.text for one in THIRD_HARMLESS if urgency(screen(one.text))]
    print(f"\n{len(found)}/{len(THIRD)}, {len(alarms)} false alarms in {len(THIRD_HARMLESS)}")
    assert len(found) / len(THIRD) >= 0.5
    assert len(alarms) / len(THIRD_HARMLESS) <= 0.05, alarms


def test_plain_talk_is_left_alone() -> None:
    rows = [one for one in sentences("clean.txt", kinds=False) if one.part == HELD_OUT]
    assert len([one for one in rows if urgency(screen(one.text))]) / len(rows) <= 0.02


def test_likeness_never_seals() -> None:
    for one in (*THIRD, *THIRD_HARMLESS):
        codes = {found["why"] for found in screen(one.text)}
        assert LIKE not in codes or urgency(screen(one.text)) == 3, one.text


def test_no_sentence_is_both_a_sample_and_measured_by() -> None:
    samples = set(lines_of("harm/samples.txt"))
    held = [
        one
        for name, kinds in (("harm", True), ("harmless", False), ("clean", False))
        for one in sentences(f"{name}.txt", kinds=kinds)
        if one.part == HELD_OUT
    ]
    assert not samples & {one.text for one in (*THIRD, *THIRD_HARMLESS, *held)}


def test_the_place_is_in_the_text_as_it_was_written() -> None:
    view = fold("他 在 楼 道 里 追 着 我 , 我 好 怕").closed
    assert view.starts is not None
    for kind, start, end in like_harm_in(
        view.text,
        sentences_of(view.text, OWN_HARM.lexicon),
        OWN_HARM.lexicon,
        OWN_HARM.likeness,
    ):
        assert kind and 0 <= start < end <= len(view.text)
