"""P15: a child's text of 500 characters looked through, with word lists and a school's names."""

from time import perf_counter
from typing import Final

from bench.matter import SAID
from bench.targets import Measured
from participation.screening import OWN, Roster, screen

TEXTS: Final = (
    (SAID * 20)[:500],
    (SAID * 3 + "我叫王小明，电话 一三八 1234 5678，家住湖滨路 12 号 3 栋 502。" + SAID * 20)[:500],
    "1" * 500,
    ("abc.def@" * 80)[:500],
)
SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
SCHOOL: Final = Roster.of(
    [a + b + c for a in SURNAMES for b in "子梓雨欣思佳浩宇" for c in "涵轩怡诺晨阳琪博"]
    + [a + b for a in SURNAMES for b in "宇佳"]
)
"""About two thousand names."""
TIMES: Final = 20


def measure(rounds: int) -> list[Measured]:
    """The slowest of four texts – plain, with personal data, and two hostile ones – each round."""
    for text in TEXTS:
        _milliseconds(text)
    values = [max(_milliseconds(text) for text in TEXTS) for _turn in range(rounds)]
    return [
        Measured(
            "P15",
            tuple(values),
            {"plain ms": _milliseconds(TEXTS[0]), "a sentence ms": _milliseconds(SAID[:31])},
        )
    ]


def _milliseconds(text: str) -> float:
    began = perf_counter()
    for _time in range(TIMES):
        screen(text, roster=SCHOOL, lists=OWN)
    return (perf_counter() - began) * 1000 / TIMES
