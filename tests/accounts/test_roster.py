"""A roster file as schools send it: every quirk of bytes, sheets and cells."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.accounts.roster import Roster, cells, read_roster
from participation.accounts.roster.problems import SENTENCES, Problem
from participation.accounts.roster.saying import say_change
from participation.kernel.i18n import speaking
from tests.support.shared import data

TODAY = date(2026, 11, 25)
HEAD = "学号,姓名,性别,出生年月,年级,班级"
ROW = "001,王小满,女,2017-03,3,2"


def read(text: str | bytes, *, encoding: str = "utf-8", **more: int) -> Roster:
    raw = text if isinstance(text, bytes) else text.encode(encoding)
    return read_roster(raw, today=TODAY, most_bytes=more.pop("most_bytes", 1 << 21), **more)


def only(roster: Roster) -> tuple[object, ...]:
    assert roster.problems == () and roster.refused == ()
    (row,) = roster.rows
    return (
        row.pupil_number,
        row.legal_name,
        row.gender,
        row.born.isoformat(),
        row.grade,
        row.number,
    )


GOOD = ("001", "王小满", "f", "2017-03-01", 3, 2)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_whatever_wrote_the_file(encoding: str, separator: str, ending: str) -> None:
    text = ending.join([HEAD, ROW, ""]).replace(",", separator)
    assert only(read(text, encoding=encoding)) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        f"sep=;\r\n{HEAD.replace(',', ';')}\r\n{ROW.replace(',', ';')}",
        f"三年级2班花名册,,,,,\n\n{HEAD}\n{ROW}",
        f"{HEAD},,\n,,,,,,\n{ROW},,\n\n,,,\n",
        f",{HEAD}\n,{ROW}",
        f'{HEAD}\n"=""001""",王小满,女,2017-03,3,2',
        f'{HEAD}\n="001",王小满,女,2017-03,3,2',
        f"{HEAD}\n'001,王小满,女,2017-03,3,2",
        f"{HEAD}\n００１,王小满,女,２０１７－０３,３,２",
        f'{HEAD},备注\n001,"王\n小满",女,2017-03,3,2,"两行\n备注, 带逗号"',
        f"{HEAD}\n 001 ,王　小满,女 ,2017-03, 3,2\n",
        "姓名,学号,班级,出生日期,性别\n王小满,001,三年级2班,2017/3/5,女",
        "Pupil number;Name;Sex;Birth month;Grade;Class\n001;王小满;F;2017-03;Grade 3;Class 2",
        "学号*,姓名（必填）,性别(男/女),出生年月（如2017-03）,年级 ,班 级\n" + ROW,
        "sourcedId,familyName,givenName,sex,birthDate,grade,class\n001,王,小满,female,2017-03-02,3,2",
        f"\ufeff{HEAD}\n\x00{ROW}",
    ],
)
def test_quirks_of_sheets(text: str) -> None:
    assert only(read(text)) == GOOD


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2017-03", ""),
        ("2017/3/5", ""),
        ("2017.3", ""),
        ("2017年3月", ""),
        ("2017 年 3 月 5 日", ""),
        ("二〇一七年三月", ""),
        ("201703", ""),
        ("20170305", ""),
        ("42795", ""),
        ("42795.0", ""),
        ("Mar-17", ""),
        ("March 2017", ""),
        ("2017-03-05 00:00:00", ""),
        ("2017-03-05T00:00:00.000", ""),
        ("", "missing"),
        ("2017-13", "bad_date"),
        ("2017-02-30", "bad_date"),
        ("5/3/2017", "bad_date"),
        ("三月", "bad_date"),
        ("arf-17", "bad_date"),
        ("2031-01", "bad_age"),
        ("1980-02-12", "bad_age"),
        ("2023-03", "bad_age"),
    ],
)
def test_months_of_birth(cell: str, code: str) -> None:
    if code:
        with pytest.raises(cells.CellError) as refused:
            cells.born(cell, TODAY)
        assert refused.value.code == code
    else:
        assert cells.born(cell, TODAY) == date(2017, 3, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(
            (cell, 3)
            for cell in ("3", "３", "三", "三年级", "3年级", "小三", "小学三年级", "G3", "Grade 3")
        ),
        *((cell, 7) for cell in ("7", "七年级", "初一", "初中一年级", "初1")),
        *((cell, 11) for cell in ("11", "十一", "高二", "高中二年级")),
        ("", 0),
        *(
            (cell, "bad_grade")
            for cell in ("0", "13", "初四", "小七", "大班", "ps1", "三三", "十三")
        ),
    ],
)
def test_grades(cell: str, expected: int | str) -> None:
    if isinstance(expected, int):
        assert cells.grade(cell) == expected
    else:
        with pytest.raises(cells.CellError, match=expected):
            cells.grade(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(
            (cell, (0, 2))
            for cell in ("2", "2班", "(2)", "（2）班", "〔2〕班", "二班", "Class 2", "02")
        ),
        *(
            (cell, (3, 2))
            for cell in ("三年级2班", "三年级（2）班", "三(2)班", "3(2)班", "302", "302班")
        ),
        *((cell, (3, 2)) for cell in ("三2班", "3年级二班", "Grade 3 Class 2", "小三(2)班")),
        *((cell, (7, 12)) for cell in ("初一12班", "七年级十二班", "初一（12）班", "712")),
        ("1203", (12, 3)),
        ("", "missing"),
        *(
            (cell, "bad_class")
            for cell in ("0", "100", "三年级", "阳光班", "1303", "300", "初四1班")
        ),
    ],
)
def test_classes(cell: str, expected: tuple[int, int] | str) -> None:
    if isinstance(expected, tuple):
        assert cells.school_class(cell) == expected
    else:
        with pytest.raises(cells.CellError, match=expected):
            cells.school_class(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("男", "m"),
        ("女生", "f"),
        ("M", "m"),
        ("Female", "f"),
        ("1", "m"),
        ("２", "f"),
        ("9", "x"),
        ("", ""),
        ("未知", "x"),
        ("女孩儿", "bad_gender"),
        ("3", "bad_gender"),
    ],
)
def test_genders(cell: str, expected: str) -> None:
    if expected.startswith("bad"):
        with pytest.raises(cells.CellError, match=expected):
            cells.gender(cell)
    else:
        assert cells.gender(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("00123", "00123"),
        ("a-12.3_b", "A-12.3_B"),
        ("", "missing"),
        ("学号", "bad_number"),
        ("-1", "bad_number"),
        ("=1+1", "bad_number"),
        ("1.23457E+11", "lost_digits"),
        ("1" * 41, "too_long"),
        ("11010519491231002X", "resident_id"),
        ("11010519491231002x", "resident_id"),
        ("G440524188001010014", "resident_id"),
        ("440524188001010015", "440524188001010015"),
    ],
)
def test_pupil_numbers(cell: str, expected: str) -> None:
    if expected in SENTENCES:
        with pytest.raises(cells.CellError, match=expected):
            cells.pupil_number(cell)
    else:
        assert cells.pupil_number(cell) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n", "empty_file"),
        (b"PK\x03\x04 an xlsx", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"\xff\xff\xff\xff,\xff", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"hello\nworld\n", "no_header"),
        (f"{HEAD}\n".encode(), "no_rows"),
        (f'{HEAD}\n001,"王小满,女,2017-03,3,2\n002,'.encode(), "quotes"),
        (("x,y\n" * 20 + HEAD).encode(), "no_header"),
    ],
)
def test_files_that_are_no_roster(text: bytes, code: str) -> None:
    (problem,) = read(text).problems
    assert problem.code == code and problem.row == 0


def test_missing_columns_are_each_named() -> None:
    problems = read("姓名,性别\n王小满,女").problems
    assert [problem.value for problem in problems] == ["pupil_number", "born", "number"]
    assert str(problems[0]) == "缺少这一列：学号"


def test_limits() -> None:
    rows = "\n".join(f"{n},王小满,女,2017-03,3,2" for n in range(6))
    assert len(read(f"{HEAD}\n{rows}", most_rows=6).rows) == 6
    assert read(f"{HEAD}\n{rows}", most_rows=5).problems[0] == Problem(0, "", "too_many", "5")
    assert read(f"{HEAD}\n{rows}", most_bytes=100).problems[0].code == "too_big"


def test_wrong_rows_are_refused_by_row_and_field() -> None:
    text = (
        f"{HEAD}\n{ROW}\n\n,孙阿柚,仙,2017-3x,初四,阳光\n001,李一林,男,2016-05,4,三年级1班\n003,周"
    )
    roster = read(text)
    assert [row.row for row in roster.rows] == [2]
    found = [[(p.row, p.field, p.code) for p in row.problems] for row in roster.refused]
    assert found == [
        [
            (4, "pupil_number", "missing"),
            (4, "gender", "bad_gender"),
            (4, "born", "bad_date"),
            (4, "number", "bad_class"),
            (4, "grade", "bad_grade"),
        ],
        [(5, "grade", "grade_differs"), (5, "pupil_number", "repeated")],
        [(6, "born", "missing"), (6, "number", "missing")],
    ]
    assert [row.legal_name for row in roster.refused] == ["孙阿柚", "李一林", "周"]


def test_every_problem_is_said_in_both_languages() -> None:
    for code in SENTENCES:
        problem = Problem(1, "born", code, "born" if code == "no_column" else "<b>7</b>")
        for locale in ("zh-Hans", "en"):
            with speaking(locale):
                assert str(problem) and "%(" not in str(problem)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            ("class", "2025/2/1", "2026/3/2"),
            ("班级", "2 年级 1 班 (2025)", "3 年级 2 班 (2026)"),
            "2026",
        ),
        (("gender", "x", "f"), ("性别", "未说明", "女"), ""),
        (("left", "yes", ""), ("离校", "离开了", "在校"), ""),
        (("legal_name", "甲", "<b>"), ("姓名", "甲", "<b>"), "<b>"),
    ],
)
def test_changes_are_said(change: tuple[str, str, str], zh: tuple[str, ...], en: str) -> None:
    said = say_change(*change)
    assert (said.label, said.before, said.after) == zh
    with speaking("en"):
        assert en in say_change(*change).after


def test_the_sample_of_school_data_sync_never_gives_a_password() -> None:
    with zipfile.ZipFile(data("roster-sds21/microsoft_sds_v2p1_sample.zip")) as sample:
        tables = {name: sample.read(name) for name in sample.namelist()}
    roster = read(tables["users.csv"])
    assert [problem.value for problem in roster.problems] == ["born", "number"]
    assert "password" in roster.unread
    joined = read(joined_sample(tables))
    assert len(joined.refused) == 8 and joined.rows == ()
    assert "P@ssword123" not in repr(roster) + repr(joined)
    assert {p.code for row in joined.refused for p in row.problems} == {
        "bad_age",
        "bad_grade",
        "missing",
    }


def joined_sample(tables: dict[str, bytes]) -> bytes:
    """The sample's people with birth date, grade and class beside them, as one sheet."""

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(tables[name].decode("utf-8-sig"))))

    born = {row["userSourcedId"]: row for row in rows("demographics.csv")}
    grades = {row["userSourcedId"]: row["grade"] for row in rows("roles.csv")}
    out = io.StringIO()
    users = rows("users.csv")
    writer = csv.DictWriter(out, [*users[0], "birthDate", "sex", "grade", "class"])
    writer.writeheader()
    for user in users:
        who = born.get(user["sourcedId"], {})
        more = {"birthDate": who.get("birthDate", ""), "sex": who.get("sex", "")}
        writer.writerow({**user, **more, "grade": grades.get(user["sourcedId"], ""), "class": "1"})
    return out.getvalue().encode()


def test_hostile_names_stay_text() -> None:
    naughty = json.loads(data("naughty/blns.json").read_text("utf-8"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.split(","))
    for place, words in enumerate(naughty):
        writer.writerow([f"N{place}", words, "女", "2017-03", "3", "2"])
    roster = read(out.getvalue().encode("utf-8", "surrogatepass"))
    assert roster.problems == ()
    assert len(roster.rows) + len(roster.refused) == len(naughty)
    codes = {p.code for row in roster.refused for p in row.problems}
    assert codes == {"missing", "too_long", "formula"}
    assert any("<script>" in row.legal_name for row in roster.rows)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    assert isinstance(read(raw), Roster)


@given(st.text(max_size=80), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_no_text_behind_a_header_breaks_the_reader(text: str, encoding: str) -> None:
    raw = f"{HEAD}\n{text}".encode(encoding, "replace")
    assert isinstance(read(raw), Roster)


@pytest.mark.parametrize("name", ["=1+1", "+王小满", "@小满", "＝SUM(A1)", " =王"])
def test_a_name_is_no_formula(name: str) -> None:
    with pytest.raises(cells.CellError) as problem:
        cells.legal_name(name)
    assert problem.value.code == "formula"
    assert cells.legal_name("王=小满") == "王=小满"
