"""The school's names as children say them, classes, days of birth, names without a roster."""

import pytest

from participation.screening import Roster, personal, screen
from participation.screening.schools import forms_of, short_forms

OWN = Roster.of((), ["青岚市第一小学", "Qinglan No. 1 Primary School"])


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("青岚市第一小学", {"青岚市第一小学", "青岚第一小学", "青岚市一小", "青岚一小"}),
        ("湖滨路第三小学", {"湖滨路第三小学", "湖滨第三小学", "湖滨路三小", "湖滨三小"}),
        ("云岭实验小学", {"云岭实验小学", "云岭实小"}),
        ("北苑高级中学", {"北苑高级中学", "北苑高中"}),
        ("一小", set()),
        ("第一小学", set()),
    ],
)
def test_short_forms(name: str, forms: set[str]) -> None:
    assert short_forms(name) == forms


def test_forms_of_several_names() -> None:
    assert forms_of(["", "西塘小学", "West Pond School"]) == {"西塘小学", "west pond school"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("青岚一小门口太堵，青岚市第一小学", ["青岚一小", "青岚市第一小学"]),
        ("I go to Qinglan No. 1 Primary School", ["Qinglan No. 1 Primary School"]),
        ("我在育才中学读书", ["育才中学"]),
        ("育才中学门口太堵", []),
        ("我在小学门口等车", []),
        ("我上小学", []),
        ("我在我们学校最高", []),
        ("我读五（3）班", ["五（3）班"]),
        ("我是高一(5)班的", ["高一(5)班"]),
        ("三年级最吵", []),
        ("302路公交车", []),
        ("我是302班的", ["302班"]),
        ("两三班车都没来", []),
        ("我生日是5月3号", ["生日是5月3号"]),
        ("祖国生日是10月1号", []),
        ("5月3号下雨", []),
        ("my birthday is on May 3", ["birthday is on May 3"]),
        ("我是我们班唯一的女生班长", ["我是我们班唯一的女生班长"]),
        ("我是唯一举手的人", []),
        ("我是班长", []),
        ("李浩然总是抢球", ["李浩然"]),
        ("同桌刘子涵说太吵", ["刘子涵"]),
        ("同桌陈可喜欢画画", ["陈可"]),
        ("李浩然路太堵", []),
        ("孟浩然的诗", []),
        ("同桌方便的话", []),
        ("他叫王子涵学校的", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert [text[one["start"] : one["end"]] for one in personal(screen(text, roster=OWN))] == places
