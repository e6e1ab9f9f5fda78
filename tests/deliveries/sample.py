"""A dossier like those that consultations send, with every kind of block and a real chart."""

from datetime import date
from typing import Any

from participation.deliveries.actions import AnswerText, ReplyText, send_dossier
from participation.deliveries.models import Dossier
from participation.kernel.charts import Bar, bar_chart
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from tests.support.cast import Cast

TITLE = Words(zh="上学路上，安全又好走吗？", en="Is the way to school safe?")
POINTS = (
    ("lights", Words(zh="延长 9 个路口的绿灯", en="Longer green lights at 9 crossings")),
    ("cars", Words(zh="上下学时段人行道不许停车", en="No parking on pavements at school hours")),
)
WHEN = date(2026, 7, 10)


def _blocks(zh: bool) -> list[dict[str, Any]]:
    hidden = "已隐去" if zh else "hidden"
    bars = [
        Bar(label="路口的红绿灯" if zh else "Traffic lights", value=58, text="58%"),
        Bar(label="人行道" if zh else "Pavements", value=44, text="44%"),
        Bar(label="路灯" if zh else "Street lamps", value=None, text=hidden),
    ]
    finding = "58% 想先改红绿灯" if zh else "58 % want the traffic lights first"
    return [
        {"type": "p", "text": "2,917 份回答。" if zh else "2,917 answers."},
        {"type": "h", "text": "主要发现" if zh else "Findings"},
        {"type": "list", "items": [finding, "<b>&"], "ordered": True},
        {"type": "facts", "items": [{"label": "份" if zh else "Sheets", "value": "2,917"}]},
        {"type": "stats", "items": [{"value": "2,917", "label": "份" if zh else "sheets"}]},
        {
            "type": "table",
            "caption": "最想先改哪里" if zh else "What to mend first",
            "columns": [{"label": "选项" if zh else "Option"}, {"label": "n", "align": "end"}],
            "rows": [
                ["路口的红绿灯" if zh else "Traffic lights", "1,692"],
                [
                    "路灯" if zh else "Street lamps",
                    {"text": "已隐去" if zh else "hidden", "hidden": True},
                ],
            ],
            "note": "人太少的不显示。" if zh else "Small groups are not shown.",
        },
        {
            "type": "chart",
            "svg": bar_chart(bars, title=finding),
            "alt": finding,
            "caption": finding,
        },
        {
            "type": "quotes",
            "items": [
                {"text": "绿灯只有 15 秒，我要走 22 秒。", "by": "10–13"},
                {"text": "停远了妈妈会迟到。", "by": "6–9", "tag": "少数人" if zh else "minority"},
            ],
        },
        {
            "type": "callout",
            "title": "谁没说" if zh else "Missing",
            "text": "云岭区",
            "tone": "info",
        },
    ]


def contents(subject: Subject) -> dict[str, Any]:
    """Contents in the shape that papers.py names."""
    reports = {
        tongue: {
            "title": TITLE[tongue],
            "subtitle": "意见汇总" if tongue == "zh" else "What the children said",
            "site": "童声",
            "meta": [{"label": "交给" if tongue == "zh" else "To", "value": "市交通局"}],
            "sections": [
                {
                    "heading": "数字" if tongue == "zh" else "Numbers",
                    "blocks": _blocks(tongue == "zh"),
                }
            ],
            "footer": "童声",
        }
        for tongue in ("zh", "en")
    }
    return {
        "schema": 1,
        "subject": str(subject),
        "title": dict(TITLE),
        "unit": {"zh": "市交通局", "en": "Transport Bureau"},
        "due_on": WHEN.isoformat(),
        "n": 2917,
        "reports": reports,
        "rows": [["选项", "n"], ["路口的红绿灯", 1692], ["=1+1", "-2"], ["路灯", None]],
        "figures": {"version": 1},
    }


def send(cast: Cast, number: int = 7, *, due_on: date | None = WHEN, far: bool = False) -> Dossier:
    """Send a dossier to the official of the cast, or to the far one."""
    subject = Subject("consultation", str(number))
    return send_dossier(
        subject,
        title=TITLE,
        contents=contents(subject),
        points=POINTS,
        unit_id=(cast.far_unit if far else cast.unit).id,
        official_id=(cast.far_official if far else cast.official).id,
        due_on=due_on,
    )


def full_reply(dossier: Dossier, points: list[int], **changes: str) -> ReplyText:
    """A reply that lacks nothing; `changes` alter the first answer."""
    whole = {
        "outcome": "adopted",
        "reason": "按走得最慢的同学来算。",
        "next_step": "9 个路口都改。",
        "next_on": "2026-08-25",
        "children_zh": "绿灯会变长。你们可以慢慢走。",
        "children_en": "The green light gets longer.",
    }
    answers = [AnswerText(point_id=points[0], **(whole | changes))]
    answers += [AnswerText(point_id=number, **whole) for number in points[1:]]
    return ReplyText(greeting_zh="同学们好！", greeting_en="Hello!", answers=answers)
