"""What a decision maker receives: the six parts, in both languages, safe and always the same."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask

from participation.consultations import charting, dossier, telling
from participation.consultations.minimums import official_profile
from participation.consultations.models import Result
from participation.consultations.report import Facts, Quote, bars_of, few_words
from participation.consultations.telling import asked, table_rows
from participation.consultations.topic import Topic
from participation.deliveries.queries import dossier_of
from participation.figures.publish import Published, protect
from participation.figures.tables import Group, Table, Tables
from participation.figures.words import ALMOST_ALL, ALMOST_NONE, ROUNDED, Cell, Share
from participation.kernel import pdf
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published
from tests.support.browser import Browser
from tests.support.cast import Cast

FACTS = Facts(
    opened_on=date(2026, 6, 1),
    closed_on=date(2026, 6, 30),
    due_on=date(2026, 7, 20),
    unread=2,
    themes={},
    options={},
    quotes=[Quote("绿灯太快了。", "b", None, False), Quote("我喜欢坐车。", "a", None, True)],
    districts={1: Words(zh="湖滨区"), 2: Words(zh="云岭区")},
    few=5,
)


@pytest.fixture
def topic(app: Flask, cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


def figures_of(topic: Topic, *, n: int, faces: tuple[int, ...]) -> Published:
    """Official figures in which everybody is one group and answered the faces."""
    keys = list(asked(topic))
    several = (n, 0, 0, 0, 0)
    single = (n, 0, 0, 0)
    tables = (
        Table(keys[0], "faces", ("1", "2", "3", "4", "5", "dk", "skip"), faces),
        Table(keys[1], "several", ("1", "2", "3", "dk", "skip"), several, most=2),
        Table(keys[2], "single", ("1", "2", "dk", "skip"), single),
    )
    return protect(Tables(Group("all", n, 4 * n), {}, tables), official_profile())


def many(topic: Topic) -> Published:
    return figures_of(topic, n=100, faces=(10, 20, 30, 20, 10, 5, 5))


def test_the_six_parts_are_there_in_both_languages(topic: Topic) -> None:
    made = dossier.contents(topic, many(topic), FACTS)
    for tongue in ("zh", "en"):
        parts = [section["part"] for section in made["reports"][tongue]["sections"]]
        assert set(dossier.PARTS) <= set(parts)
        assert all(section["blocks"] for section in made["reports"][tongue]["sections"])


@pytest.mark.parametrize("part", dossier.PARTS)
def test_a_report_without_one_part_is_refused(topic: Topic, part: str) -> None:
    report = dossier.report(topic, many(topic), FACTS)
    for section in report["sections"]:
        if section["part"] == part:
            section["blocks"] = []
    with pytest.raises(dossier.PartMissing, match=part):
        dossier.complete(report)


def test_the_title_says_how_many_and_when(topic: Topic) -> None:
    title = dossier.title_of(topic, many(topic), FACTS)
    assert "100 份回答" in title["zh"]
    assert "2026 年 6 月 1 日 至 2026 年 6 月 30 日" in title["zh"]
    assert "100" in title["en"] and "30 June 2026" in title["en"]


def test_the_same_input_gives_the_same_contents(topic: Topic) -> None:
    first, second = (json.dumps(dossier.contents(topic, many(topic), FACTS)) for _ in range(2))
    assert first == second


def test_quotes_carry_no_name_and_mark_the_minority(topic: Topic) -> None:
    report = dossier.report(topic, many(topic), FACTS)
    by_part = {section["part"]: section for section in report["sections"]}
    assert block(by_part["minority"], "quotes")["items"] == [
        {"text": "我喜欢坐车。", "by": "6–9 岁", "tag": "少数人的看法"}
    ]
    assert block(by_part["quotes"], "quotes")["items"] == [
        {"text": "绿灯太快了。", "by": "10–13 岁"}
    ]


def block(section: dict[str, Any], kind: str) -> Any:
    return next(one for one in section["blocks"] if one["type"] == kind)


def test_unread_words_are_counted_and_not_shown(topic: Topic) -> None:
    report = dossier.report(topic, many(topic), FACTS)
    hidden = next(one for one in report["sections"] if one["part"] == "hidden")
    assert any("还有 2 句话" in one.get("text", "") for one in hidden["blocks"])


def test_nobody_answered(topic: Topic) -> None:
    nobody = figures_of(topic, n=0, faces=(0,) * 7)
    made = dossier.contents(topic, nobody, FACTS)
    assert made["n"] is None
    assert "人数太少" in made["title"]["zh"]
    assert "不到 5 个孩子" in telling.findings(topic, nobody)[0].text


def test_a_count_of_texts_below_the_threshold_is_not_said() -> None:
    assert (few_words(4, 5), few_words(5, 5)) == ("不到 5 条", "5 条")


def test_bars_fall_and_faces_keep_their_order(topic: Topic) -> None:
    figures = many(topic)
    faces, several, _single = figures.questions
    one = asked(topic)
    labels = [bar.label for bar in bars_of(one[faces.key], faces)[0]]
    assert labels == ["很不好", "不太好", "一般", "还不错", "很好", "我不知道", "跳过了"]
    values = [bar.value or 0 for bar in bars_of(one[several.key], several)[0]][:-2]
    assert values == sorted(values, reverse=True)


def test_findings_speak_to_the_young_in_tens(topic: Topic) -> None:
    said = telling.findings(topic, many(topic), young=True)
    assert said[0].text == "觉得“一般”的最多，10 个人里大约 3 个"
    assert said[0].more == "上学路上怎么样？"
    assert telling.findings(topic, many(topic))[0].text == "觉得“一般”的最多，30%"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, ""),
        (ALMOST_NONE, "10 个人里不到 1 个"),
        (5, "10 个人里不到 1 个"),
        (9, "10 个人里不到 1 个"),
        (10, "10 个人里大约 1 个"),
        (44, "10 个人里大约 4 个"),
        (ALMOST_ALL, "差不多每个人"),
    ],
)
def test_tenths_never_promise_more_than_there_is(share: Share, said: str) -> None:
    assert telling.tenths(Cell(ROUNDED, share=share)) == said


def test_a_question_that_few_answered_says_so(topic: Topic) -> None:
    few = figures_of(topic, n=0, faces=(0,) * 7)
    note = charting.charts(topic, few, FACTS.districts, young=False)[0].note
    assert note == f"问题 1：{topic.questions[0].wording} · 人数太少"


def test_a_tie_is_called_a_tie(topic: Topic) -> None:
    tied = figures_of(topic, n=100, faces=(5, 35, 10, 35, 5, 5, 5))
    assert telling.findings(topic, tied)[0].text == "“不太好”、“还不错”一样多，都是35%"


def test_the_csv_says_nothing_that_the_figures_hide(topic: Topic) -> None:
    few = figures_of(topic, n=40, faces=(2, 3, 20, 5, 5, 5, 0))
    rows = table_rows(topic, few, FACTS.districts)
    assert rows[0] == list(telling.HEAD)
    assert all(len(row) == len(telling.HEAD) for row in rows)
    hidden = [row for row in rows[1:] if row[-2] == "hidden"]
    assert hidden and all(row[-4] == "" for row in hidden)


def test_it_can_be_set_as_a_paper(topic: Topic) -> None:
    made = dossier.contents(topic, many(topic), FACTS)
    for tongue, locale in dossier.TONGUES.items():
        paper = pdf.render("paper/report.typ", made["reports"][tongue], lang=locale)
        assert paper.startswith(b"%PDF-")


def test_a_whole_dossier_from_the_clock(cast: Cast, settings: Settings, browser: Browser) -> None:
    """Breakdowns of a small city: every table is there, and what is hidden is accounted for."""
    topic = crowd.frozen(cast, settings, count=300)
    with unit_of_work(writes=False):
        sent = dossier_of(topic.subject)
        assert sent is not None
        made = json.loads(sent.contents)
        official = json.loads(session().get_one(Result, topic.id).for_officials)
    assert made["figures"] == official
    counts = next(s for s in made["reports"]["zh"]["sections"] if s["part"] == "counts")
    kinds = [one["type"] for one in counts["blocks"]]
    assert kinds.count("table") == 9 and kinds.count("chart") == 3
    english = json.dumps(made["reports"]["en"], ensure_ascii=False)
    assert "Traffic lights" in english and "Lakeside" in english
    assert "路口的红绿灯" not in english and "湖滨区" not in english
    page = browser.as_(cast.official).get(f"/desk/dossiers/{sent.id}")
    bars = [one["rows"] for one in counts["blocks"] if one["type"] == "chart" and one["rows"]]
    assert bars and len([t for t in page.all("table") if t.get("class") == "tchart"]) == len(bars)
    values = [row["value"] for rows in bars for row in rows if row["share"] is not None]
    assert values and all(value in page.text for value in values)
