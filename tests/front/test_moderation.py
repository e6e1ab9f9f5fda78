"""The rules of moderation for everybody, and the protected figures of each month."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.figures.thresholds import PUBLIC
from participation.figures.words import Cell
from participation.front import months as public
from participation.front.month_rows import HEAD, LABELS, rows_of
from participation.moderation.actions.forgetting import KEEP_FOR
from participation.moderation.queries.months import MonthFigures
from participation.moderation.reasons import CLASSES, REASONS
from participation.moderation.targets import HOURS
from tests.moderation.reading import MAY, a_month, count
from tests.support.browser import Browser
from tests.support.cast import Cast

PATH, FILE = "/about/moderation", "/open-data/moderation.csv"


@pytest.fixture
def in_may() -> Iterator[None]:
    """The whole test, its cast included, happens in May 2026."""
    with time_machine.travel(MAY, tick=True):
        yield


def lines(browser: Browser) -> list[dict[str, str]]:
    raw = browser.client.get(FILE).get_data()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_rules_for_everybody(cast: Cast, browser: Browser, language: str) -> None:
    for visitor in (browser, browser.as_(cast.stranger), browser.as_(cast.moderator)):
        shown = visitor.get(PATH, headers={"Accept-Language": language})
        locale = shown.root.get("lang") if shown.root is not None else ""
        assert locale == language
        for reason in REASONS:
            assert reason.label.in_locale(language) in shown.words("th")
        for law in CLASSES.values():
            assert law.in_locale(language) in shown.words("td")
        assert str(KEEP_FOR.days) in shown.text
    assert not [word for word in ("提交", "审批", "驳回", "违规", "用户") if word in shown.text]


def test_hours_are_those_of_the_desk(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"一般的话：{HOURS['texts']} 小时里读。" in browser.get(PATH).words("li")
    monkeypatch.setitem(HOURS, "texts", 7)  # type: ignore[misc]
    monkeypatch.setitem(HOURS, "appeals", 50)  # type: ignore[misc]
    shown = browser.get(PATH)
    assert "一般的话：7 小时里读。" in shown.words("li")
    assert "你请另一位老师再看：5 个上学日里回答你。" in shown.words("li")


def test_ways_there(cast: Cast, browser: Browser) -> None:
    for address in ("/about/readers", "/about/numbers", "/", "/open-data"):
        assert PATH in browser.get(address).links.values(), address
    assert FILE in browser.get("/open-data").links.values()


def test_before_the_first_month_is_over(in_may: None, cast: Cast, browser: Browser) -> None:
    a_month(cast)
    count(MAY + timedelta(days=1))
    shown = browser.get(PATH)
    assert "还没有数字" in shown.text and FILE not in shown.links.values()
    assert lines(browser) == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_final_month_is_told_safely(
    in_may: None, cast: Cast, browser: Browser, language: str
) -> None:
    a_month(cast)
    count(MAY + timedelta(days=30))
    shown = browser.get(PATH, headers={"Accept-Language": language})
    months = next(table for table in shown.all("table") if "≈55" in "".join(table.itertext()))
    told = [" ".join("".join(cell.itertext()).split()) for cell in months.iter() if _is_cell(cell)]
    assert told[0] == "≈55"
    assert all(text == "—" or re.match(r"≈\d*[05]\b|—", text) for text in told)
    for person in (cast.moderator, cast.second_moderator):
        assert str(person.legal_name) not in shown.text


def _is_cell(found: Any) -> bool:
    return str(found.tag).endswith("}td")


def test_the_file(in_may: None, cast: Cast, browser: Browser) -> None:
    a_month(cast)
    count(MAY + timedelta(days=30))
    rows = lines(browser)
    assert tuple(rows[0]) == HEAD
    assert {row["month"] for row in rows} == {"2026-05"}
    read = next(row for row in rows if row["line"] == "read")
    assert (read["count"], read["line_zh"], read["shown_as"]) == ("55", "看过的话", "rounded")
    counts = [int(row["count"]) for row in rows if row["count"]]
    assert all(number >= 10 and number % 5 == 0 for number in counts)
    assert not [
        row for row in rows if any(cell[:1] in ("=", "+", "-", "@") for cell in row.values())
    ]
    assert "kappa" not in {row["line"] for row in rows}
    answer = browser.client.get(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="moderation.csv"'
    again = browser.client.get(FILE, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def figures(texts: Mapping[str, Any], gold: Mapping[str, Any], ends: tuple[int, int]) -> Any:
    """A final month out of plain counts; `ends` are granted and upheld, taken down and kept."""
    yes, no = ends
    decided = {"decided": yes + no}
    stored = {
        "texts": texts,
        "schools": {"text": 5, "appeal": 5, "report": 5},
        "appeals": {**decided, "granted": yes, "upheld": no, "escalated": 0},
        "reports": {**decided, "taken_down": yes},
        "gold": {"year": gold},
    }
    return MonthFigures("2026-05", json.dumps(stored), True, MAY.date())


small = st.integers(0, 60)


@st.composite
def any_month(draw: st.DrawFn) -> MonthFigures:
    verdicts = {code: draw(small) for code in ("approved", "returned", "refused", "escalated")}
    held_back, read = verdicts["returned"] + verdicts["refused"], sum(verdicts.values())
    name = draw(st.integers(0, held_back))
    reasons = {"name": name, "advert": held_back - name}
    late = draw(st.integers(0, read))
    classes = {"personal": name, "commercial": held_back - name}
    texts = {
        "read": read,
        "verdicts": verdicts,
        "explained": held_back,
        "reasons": {code: n for code, n in reasons.items() if n},
        "classes": {code: n for code, n in classes.items() if n},
        "times": {"in_time": read - late, "late": late, "unknown": 0},
        "withdrawn": draw(small),
    }
    judges = draw(st.integers(0, 5))
    gold = {"judges": judges, "judged": draw(small) + 30, "agreed": draw(st.integers(0, 30))}
    gold |= {"kappa": draw(st.sampled_from((None, -0.25, 0.66))), "measured": judges}
    return figures(texts, gold, (draw(small), draw(small)))


def cells_of(month: public.PublicMonth) -> Iterator[Cell]:
    for field in fields(month):
        value = getattr(month, field.name)
        yield from value.values() if isinstance(value, Mapping) else ()
        if isinstance(value, Cell):
            yield value


@settings(deadline=None, max_examples=150)
@given(any_month())
def test_no_small_number_ever_leaves(month: MonthFigures) -> None:
    told = public._public(month, PUBLIC)
    for cell in cells_of(told):
        assert cell.value is None or (cell.value >= 10 and cell.value % 5 == 0)
    if month.figures["texts"]["read"] < 30:
        shares = [cell.share for cell in (*told.verdicts.values(), *told.times.values())]
        assert shares == [None] * len(shares)
    if month.figures["gold"]["year"]["judges"] < 3:
        assert told.judged.is_hidden and told.gold == {} and told.kappa is None
    for row in rows_of([told])[1:]:
        assert row[0] == "2026-05" and len(row) == len(HEAD)


def test_texts_of_one_school_are_not_told() -> None:
    texts = {
        **{"read": 40, "explained": 0, "reasons": {}, "classes": {}, "withdrawn": 0},
        "verdicts": {"approved": 40, "returned": 0, "refused": 0, "escalated": 0},
        "times": {"in_time": 40, "late": 0, "unknown": 0},
    }
    gold = {"judges": 0, "judged": 0, "agreed": 0, "kappa": None, "measured": 0}
    many = figures(texts, gold, (0, 0))
    assert public._public(many, PUBLIC).verdicts["approved"].share == ">95"
    one = json.loads(many.stored) | {"schools": {"text": 1, "appeal": 0, "report": 0}}
    hidden = public._public(replace(many, stored=json.dumps(one)), PUBLIC)
    assert hidden.verdicts["approved"] == Cell("hidden", why="schools")


def test_agreement_of_three_is_told() -> None:
    texts = {
        **{"read": 0, "explained": 0, "reasons": {}, "classes": {}, "withdrawn": 0},
        "verdicts": dict.fromkeys(("approved", "returned", "refused", "escalated"), 0),
        "times": {"in_time": 0, "late": 0, "unknown": 0},
    }
    gold = {"judges": 3, "judged": 72, "agreed": 61, "kappa": 0.77, "measured": 3}
    told = public._public(figures(texts, gold, (0, 0)), PUBLIC)
    assert told.kappa == 0.8 and told.judged.value == 70
    assert told.gold["same"].value == 60 and told.gold["other"].value == 10
    assert ["2026-05", "known_texts", "kappa"] in [row[:3] for row in rows_of([told])]
    fewer = public._public(figures(texts, {**gold, "measured": 1}, (0, 0)), PUBLIC)
    assert fewer.kappa is None and fewer.judged.value == 70


def test_every_line_has_words() -> None:
    assert not [code for code in LABELS if not str(LABELS[code])]
