"""Rows, slips and rights of a class's batch, without a database."""

from dataclasses import replace
from math import cos, radians, sin
from typing import Any

import pytest

from participation.contests import brought
from participation.contests.brought import RowFields, gaps, told
from participation.contests.nameforms import given_name
from participation.contests.policies.batches import (
    Bringing,
    may_be_brought,
    may_be_brought_but_for_consent,
    may_bring_works,
)
from participation.contests.policies.entries import Beginning
from participation.contests.slip_paper import slip_square
from participation.contests.slips import (
    BORDER,
    DRAWN,
    HEIGHT,
    INSET,
    MODULES,
    WIDTH,
    slip_cover,
    slip_key,
    slip_text,
)
from participation.kernel.pseudonyms import use_key
from participation.media.press.face import Unusable
from participation.media.press.spotting import spotted
from tests.contests.test_entry_policies import CAST, MOMENTS, NOW, OPEN, Thing, child

WHOLE = RowFields(title="会唱歌的斑马线", words="慢一点。", ai="none", own=True, shown=True)


class PictureThing(Thing):
    """A call for pictures."""

    takes_pictures = True


def pictured(thing: Thing) -> PictureThing:
    return PictureThing(**{name: getattr(thing, name) for name in thing.__dataclass_fields__})


class TestBringing:
    @pytest.mark.parametrize("moment", MOMENTS)
    @pytest.mark.parametrize("person", CAST)
    def test_a_teacher_of_the_class_while_the_call_is_open(self, moment: str, person: str) -> None:
        bringing = Bringing(pictured(MOMENTS[moment]), frozenset({9}))
        may = may_bring_works(CAST[person], bringing, NOW)
        assert may == (person == "teacher" and moment in OPEN)

    def test_not_of_another_class(self) -> None:
        bringing = Bringing(pictured(Thing()), frozenset({10}))
        assert not may_bring_works(CAST["teacher"], bringing, NOW)

    def test_not_where_there_is_nothing_to_photograph(self) -> None:
        thing = pictured(Thing())
        thing.__class__ = type("Lyrics", (PictureThing,), {"takes_pictures": False})
        assert not may_bring_works(CAST["teacher"], Bringing(thing, frozenset({9})), NOW)

    @pytest.mark.parametrize(("ranked", "may"), [(True, False), (False, True)])
    def test_preschoolers_are_not_ranked(self, ranked: bool, may: bool) -> None:
        thing = pictured(replace(Thing(), ranked=ranked))
        bringing = Bringing(thing, frozenset({9}), "kindergarten")
        assert may_bring_works(CAST["teacher"], bringing, NOW) == may

    @pytest.mark.parametrize(
        ("facts", "may", "but_for_consent"),
        [
            ({}, True, True),
            ({"consent": False}, False, True),
            ({"of_age": True, "consent": False, "band": "b"}, False, True),
            ({"band": "c"}, False, False),
            ({"district_id": 2}, False, False),
            ({"school_kind": "kindergarten"}, False, False),
            ({"consent": False, "band": "c"}, False, False),
        ],
    )
    def test_for_whom(self, facts: dict[str, Any], may: bool, but_for_consent: bool) -> None:
        who, about = child(**facts), Beginning(Thing())
        assert may_be_brought(who, about, NOW) == may
        assert may_be_brought_but_for_consent(who, about, NOW) == but_for_consent

    def test_for_nobody_when_it_is_over(self) -> None:
        over = Beginning(Thing(closes_at=NOW))
        assert not may_be_brought(child(), over, NOW)
        assert not may_be_brought(CAST["teacher"], Beginning(Thing()), NOW)


class TestRow:
    def test_a_whole_row_lacks_nothing(self) -> None:
        assert gaps(WHOLE, photo="ready", allowed=True) == []

    @pytest.mark.parametrize(
        ("change", "photo", "allowed", "sentence"),
        [
            ({}, "", True, brought.NO_PHOTO),
            ({}, "waits", True, brought.PHOTO_WAITS),
            ({"title": ""}, "ready", True, brought.NO_TITLE),
            ({"own": False}, "ready", True, brought.NOT_OWN),
            ({"ai": ""}, "ready", True, brought.NO_AI),
            ({"title": "长" * 21}, "ready", True, brought.TITLE_LONG),
            ({"words": "长" * 101}, "ready", True, brought.WORDS_LONG),
            ({}, "ready", False, brought.NO_RIGHT),
        ],
    )
    def test_what_it_lacks(
        self, change: dict[str, Any], photo: str, allowed: bool, sentence: Any
    ) -> None:
        assert gaps(replace(WHOLE, **change), photo=photo, allowed=allowed) == [sentence]

    def test_the_box_for_the_gallery_may_stay_empty(self) -> None:
        assert gaps(replace(WHOLE, shown=False), photo="ready", allowed=True) == []

    def test_it_is_kept_and_read_again(self) -> None:
        row = replace(WHOLE, sure=("m",), spare=("f",), asks=True)
        assert RowFields.read(row.kept()) == row
        assert RowFields.read({}) == RowFields()

    def test_it_is_begun_by_any_field(self) -> None:
        assert not RowFields().is_begun and RowFields(ai="none").is_begun

    def test_other_words_forget_what_was_asked(self) -> None:
        asked = replace(WHOLE, asks=True, barred=True, sure=("m",))
        same = asked.typed(replace(WHOLE, own=False))
        assert (same.asks, same.sure, same.own) == (True, ("m",), False)
        other = asked.typed(replace(WHOLE, title="别的"))
        assert (other.asks, other.sure, other.title) == (False, (), "别的")

    def test_a_strange_answer_is_none(self) -> None:
        assert WHOLE.typed(replace(WHOLE, ai="lots")).ai == ""

    def test_what_is_too_long_is_kept_as_far_as_it_may_be(self) -> None:
        assert len(WHOLE.typed(replace(WHOLE, title="长" * 300)).title) == brought.KEPT

    def test_spare_photos_are_few(self) -> None:
        row = WHOLE
        for number in range(brought.MOST_SPARE + 3):
            row = row.with_spare(str(number))
        assert len(row.spare) == brought.MOST_SPARE and row.spare[-1] == "12"

    def test_what_the_house_said(self) -> None:
        assert told(WHOLE) == []
        assert told(replace(WHOLE, asks=True, barred=True)) == [brought.ASKS, brought.NOT_NOW]


class TestSlip:
    def test_the_text_is_opaque_and_stays(self) -> None:
        use_key("a" * 32)
        text = slip_text(b"1" * 16)
        assert text == slip_text(b"1" * 16) != slip_text(b"2" * 16)
        assert text.isalnum() and text.upper() == text and len(text) == 18
        assert slip_key(text) != slip_key(slip_text(b"2" * 16))
        use_key("b" * 32)
        assert slip_text(b"1" * 16) != text

    def test_the_code_is_of_the_size_that_the_measures_say(self) -> None:
        assert "<svg" in slip_square(slip_text(b"1" * 16))
        with pytest.raises(ValueError, match="larger"):
            slip_square("A" * 60)

    @pytest.mark.parametrize("turned", [0, 12, 90, 135, 180, 270, 301])
    def test_the_whole_slip_is_covered_however_it_is_turned(self, turned: int) -> None:
        module = DRAWN / (MODULES + 2 * BORDER)
        begins, side = INSET + BORDER * module, MODULES * module
        square = [(begins, begins), (begins + side, begins)]
        square += [(begins + side, begins + side), (begins, begins + side)]
        found = slip_cover([seen(x, y, turned) for x, y in square])
        for corner in [(0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT)]:
            x, y = seen(*corner, turned)
            assert found.left <= x <= found.left + found.width
            assert found.top <= y <= found.top + found.height

    def test_a_slip_at_the_edge_stays_inside(self) -> None:
        found = slip_cover([(980.0, 980.0), (1030.0, 980.0), (1030.0, 1030.0), (980.0, 1030.0)])
        assert found.left + found.width == 1000 == found.top + found.height
        far = slip_cover([(1300.0, 1300.0), (1310.0, 1300.0), (1310.0, 1310.0), (1300.0, 1310.0)])
        assert (far.width, far.height) == (1, 1)


def seen(x: float, y: float, turned: int) -> tuple[float, float]:
    """A place of the slip in per mille of a photo of 500 mm by 500."""
    angle = radians(turned)
    return 500 + 2 * (x * cos(angle) - y * sin(angle)), 500 + 2 * (x * sin(angle) + y * cos(angle))


class TestSpotted:
    def test_a_refusal_is_one(self) -> None:
        with pytest.raises(Unusable):
            spotted({"code": "too_slow"})

    @pytest.mark.parametrize(
        "codes",
        [
            7,
            [{"text": "x"}],
            [{"text": "x", "corners": [[0, 0]]}],
            [{"text": "x", "corners": [[0, 0], [1, 0], [1, 1], [0, float("nan")]]}],
            [{"text": "x", "corners": [[0, 0], [1, 0], [1, 1], [0, 99999]]}],
        ],
    )
    def test_a_child_that_lies_is_not_believed(self, codes: Any) -> None:
        with pytest.raises(Unusable):
            spotted({"codes": codes})

    def test_a_long_text_and_many_codes_are_cut(self) -> None:
        one = {"text": "x" * 900, "corners": [[0, 0], [1, 0], [1, 1], [0, 1]]}
        found = spotted({"codes": [one] * 50})
        assert len(found) == 8 and len(found[0].text) == 64


@pytest.mark.parametrize(
    ("name", "given"),
    [("王小满", "小满"), ("欧阳小满", "小满"), ("Ann Lee", "Ann Lee"), ("王", "王")],
)
def test_a_given_name(name: str, given: str) -> None:
    assert given_name(name) == given
