"""Pictures that look alike are found, offered, and found fast."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text

from participation.kernel.clock import today
from participation.kernel.database import database, unit_of_work
from participation.kernel.subjects import Subject
from participation.media import queries
from participation.media.bands import FURTHEST, band_codes
from participation.media.models import Band, File
from participation.media.press import signed
from tests.media import stage

WHOLE = st.integers(0, 2**64 - 1)


@given(WHOLE, st.sets(st.integers(0, 63), max_size=FURTHEST))
def test_whoever_is_near_shares_a_band(fingerprint: int, flipped: set[int]) -> None:
    other = fingerprint
    for bit in flipped:
        other ^= 1 << bit
    assert set(band_codes(fingerprint)) & set(band_codes(other))


def test_codes_tell_places_apart() -> None:
    assert band_codes(0) == [place * 256 for place in range(8)]
    assert len(set(band_codes(2**64 - 1))) == 8


@pytest.mark.usefixtures("app")
class TestFinding:
    def test_the_same_picture_smaller_and_in_another_format(self) -> None:
        original = stage.pressed(stage.picture(1, size=(640, 480)), Subject("media.test", "1"))
        stage.pressed(stage.picture(2), Subject("media.test", "2"))
        image = stage.image_of(original, "print").resize((200, 150), Image.Resampling.LANCZOS)
        copy = stage.pressed(stage.encoded(image, "PNG"), Subject("media.test", "3"))
        stage.pressed(stage.encoded(image, "PNG"), Subject("media.elsewhere", "4"))
        with unit_of_work(writes=False):
            assert copy.fingerprint is not None
            found = queries.near_copies(copy.fingerprint, "picture", "media.test", but=copy.id)
        assert [one.subject.id for one in found] == ["1"] and found[0].distance <= FURTHEST

    def test_only_at_a_distance_at_which_none_is_missed(self) -> None:
        with unit_of_work(writes=False), pytest.raises(ValueError, match="within"):
            queries.near_copies(1, "picture", "x", within=8)

    def test_among_ten_thousand_only_few_are_looked_at(self) -> None:
        drawn, wanted = random.Random(7), 0x0123456789ABCDEF
        marks = [drawn.getrandbits(64) for _one in range(10_000)] + [wanted ^ 0b111, wanted]
        with unit_of_work() as opened:
            opened.bulk_insert_mappings(File, [_row(place, one) for place, one in enumerate(marks)])
            opened.bulk_insert_mappings(
                Band,
                [
                    {"code": code, "file_id": f"{place:032x}"}
                    for place, one in enumerate(marks)
                    for code in band_codes(one)
                ],
            )
        with unit_of_work(writes=False) as opened:
            found = queries.near_copies(wanted, "picture", "media.test")
            assert [(one.subject.id, one.distance) for one in found] == [("10001", 0), ("10000", 3)]
            looked_at = opened.query(Band).filter(Band.code.in_(band_codes(wanted))).count()
            assert looked_at < 500
            if database().is_sqlite:
                asked = "EXPLAIN QUERY PLAN SELECT file_id FROM media_bands WHERE code IN (1, 2)"
                plan = " ".join(str(line) for line in opened.execute(text(asked)))
                assert "SEARCH media_bands" in plan and "(code=?)" in plan


def _row(place: int, fingerprint: int) -> dict[str, object]:
    return {
        "id": f"{place:032x}",
        "subject_kind": "media.test",
        "subject_id": str(place),
        "slot": "work",
        "kind": "picture",
        "state": "ready",
        "fingerprint": signed(fingerprint),
        "bytes": 1,
        "covers": [],
        "added_on": today(),
    }
