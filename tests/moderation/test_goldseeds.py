"""The made-up texts with which a desk begins: whole, varied, brought in once."""

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.moderation.actions import decide
from participation.moderation.actions.gold import MOST_TEXT, MOST_WHY, end_gold
from participation.moderation.actions.seeding import practise, seed_gold
from participation.moderation.consistency.agreement import LEAST_COMMON
from participation.moderation.goldseeds import SEEDS
from participation.moderation.models import Case, Gold
from participation.moderation.reasons import BY_CODE, tongue_of
from participation.screening import screen
from tests.support.cast import Cast


def test_every_verdict_reason_band_and_tongue_is_there() -> None:
    verdicts = Counter(seed.verdict for seed in SEEDS)
    assert len(SEEDS) == 24 > LEAST_COMMON
    assert len({seed.text for seed in SEEDS}) == 24
    assert set(verdicts) == {"approved", "returned", "refused", "escalated"}
    assert min(verdicts.values()) >= 3
    assert {code for seed in SEEDS for code in seed.reasons} == set(BY_CODE)
    assert {seed.band for seed in SEEDS} == set("abc")
    assert 2 <= sum(tongue_of(seed.text) == "en" for seed in SEEDS) <= 3


def test_each_one_is_whole() -> None:
    for seed in SEEDS:
        assert 0 < len(seed.text) <= MOST_TEXT and 10 < len(seed.why) <= MOST_WHY
        assert bool(seed.reasons) is (seed.verdict in ("returned", "refused")), seed.text
        assert all(seed.about)


def test_some_are_not_what_a_machine_would_say() -> None:
    marked = {seed.text for seed in SEEDS if screen(seed.text)}
    held_back = {seed.text for seed in SEEDS if seed.verdict != "approved"}
    assert held_back - marked and held_back & marked


def test_the_command_brings_them_in_once(app: Flask, cast: Cast) -> None:
    runner = app.test_cli_runner()
    assert "24 known texts added" in runner.invoke(args=["moderation", "seed-gold"]).output
    with unit_of_work():
        first = session().scalars(select(Gold).order_by(Gold.id).limit(1)).one()
        assert first.by is None
        end_gold(cast.administrator, first.id)
    assert "0 known texts added" in runner.invoke(args=["moderation", "seed-gold"]).output
    with unit_of_work():
        assert session().scalar(select(func.count()).select_from(Gold)) == 24
        added = select(func.count()).where(Entry.what == "GoldAdded")
        assert session().scalar(added) == 24


def test_the_first_ones_are_mixed(cast: Cast, unit: None) -> None:
    seed_gold()
    first = session().scalars(select(Gold.verdict).order_by(Gold.id).limit(20)).all()
    assert len(set(first[:8])) >= 3 and len(set(first)) == 4


def test_a_round_of_practice_gives_each_text_once(cast: Cast, unit: None) -> None:
    seed_gold()
    seen = []
    while (case := practise(cast.moderator)) is not None:
        seen.append(case.subject_id)
        reasons = ("unclear",)
        decide(cast.moderator, case.id, version=case.version, verdict="refused", reasons=reasons)
    assert len(seen) == len(set(seen)) == 24
    assert session().scalar(select(func.count()).where(Case.kind == "gold")) == 24
    assert practise(cast.second_moderator) is not None
    with pytest.raises(NotAllowed):
        practise(cast.teacher)
