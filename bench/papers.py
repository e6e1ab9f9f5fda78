"""P14: a ten-page Chinese report with ten charts, by the paper of the house and by WeasyPrint."""

import random
from collections.abc import Callable, Mapping
from io import BytesIO
from time import process_time
from typing import Any

from pypdf import PdfReader

from bench.baselines.weasy import paper_of
from bench.targets import Measured
from participation.kernel.charts import Bar, bar_chart
from participation.kernel.pdf import render

CHARTS = 10
PAGES = 10
SENTENCES = (
    "早上七点半，校门口的车一辆接一辆，我们只能贴着墙走。",
    "绿灯太短了，走到一半就变红，弟弟每次都要跑。",
    "下雨的时候，人行道上的水很深，鞋子会湿一整天。",
    "我希望有一条只给走路和骑车的人用的路。",
    "叔叔把电动车停在盲道上，看不见的人怎么走呢？",
    "如果早晚各有半小时不让车进来，我就敢自己上学了。",
    "天桥的台阶太高，背着书包上去很累，电梯总是坏的。",
    "有老师在路口的时候，车子会慢下来。",
)
OPTIONS = ("红绿灯再长一点", "不让车停在门口", "画一条走路的线", "多一位护学的人", "修好天桥的电梯")


def _chart(dice: random.Random, place: int) -> dict[str, Any]:
    bars = [
        Bar(label=option, value=(share := dice.randint(4, 96)) / 100, text=f"{share}%")
        for option in OPTIONS
    ]
    title = f"图 {place}：{bars[0].text} 的人选了“{OPTIONS[0]}”"
    svg = bar_chart(bars, title=title, full=1.0)
    return {"type": "chart", "svg": svg, "alt": title, "caption": title, "note": "n = 1,204"}


def _table(dice: random.Random) -> dict[str, Any]:
    rows = [[option, *(f"{dice.randint(5, 400)}" for _age in range(3))] for option in OPTIONS]
    return {
        "type": "table",
        "caption": "按年龄段",
        "columns": [{"label": "选项"}]
        + [{"label": label, "align": "end"} for label in ("6–9 岁", "10–13 岁", "14–17 岁")],
        "rows": rows,
        "note": "少于 5 人的格子隐去，另外隐去的格子是为了不让人算出它。",
    }


def _section(dice: random.Random, place: int) -> dict[str, Any]:
    words = [{"type": "p", "text": "".join(dice.sample(SENTENCES, 6))} for _part in range(3)]
    said = [
        {"text": sentence, "by": f"10–13 岁，第 {dice.randint(1, 9999)} 条"}
        for sentence in dice.sample(SENTENCES, 2)
    ]
    blocks = [words[0], _chart(dice, place), words[1], _table(dice), words[2]]
    return {
        "heading": f"{place} 第 {place} 个问题，上学路上哪里最让你担心？",
        "blocks": [*blocks, {"type": "quotes", "items": said}],
    }


def report(seed: int) -> dict[str, Any]:
    """A report in the shape of `paper/report.typ`; every seed gives other words and figures, so
    that no renderer answers from its memory."""
    dice = random.Random(seed)
    return {
        "title": f"上学路上，安全又好走吗？（{dice.randint(1000, 9999)} 人）",
        "subtitle": "孩子们说了什么，以及谁来回答",
        "site": "童声",
        "meta": [
            {"label": "送给", "value": "市交通局"},
            {"label": "请在此前答复", "value": "2026 年 12 月 25 日"},
        ],
        "sections": [_section(dice, place + 1) for place in range(CHARTS)],
        "footer": "童声：每个孩子的话都会有回音",
    }


def _house(data: Mapping[str, Any]) -> bytes:
    return render("paper/report.typ", data, lang="zh-Hans")


def _timed(make: Callable[[Mapping[str, Any]], bytes], seed: int) -> tuple[float, int]:
    data = report(seed)
    began = process_time()
    paper = make(data)
    used = process_time() - began
    return used, len(PdfReader(BytesIO(paper)).pages)


def measure(rounds: int) -> list[Measured]:
    """CPU seconds of both, warm: each has made one other report before the first round."""
    for make in (_house, paper_of):
        _timed(make, 0)
    pairs = [(_timed(_house, 1 + turn), _timed(paper_of, 1 + turn)) for turn in range(rounds)]
    if min(house[1] for house, _other in pairs) < PAGES:
        raise RuntimeError("the report is shorter than ten pages")
    return [
        Measured(
            "P14",
            tuple(house[0] / other[0] for house, other in pairs),
            {
                "house CPU ms": min(house[0] for house, _other in pairs) * 1000,
                "WeasyPrint CPU ms": min(other[0] for _house, other in pairs) * 1000,
                "pages": f"{pairs[0][0][1]} and {pairs[0][1][1]}",
            },
        )
    ]
