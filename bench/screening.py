"""P15: hints for personal data in a child's text of 500 characters."""

from time import perf_counter
from typing import Final

from bench.matter import SAID
from bench.targets import Measured
from participation.moderation.screening import screen

TEXTS: Final = (
    (SAID * 20)[:500],
    (SAID * 3 + "我叫王小明，电话 一三八 1234 5678，家住湖滨路 12 号 3 栋 502。" + SAID * 20)[:500],
    "1" * 500,
    ("abc.def@" * 80)[:500],
)
TIMES: Final = 20


def measure(rounds: int) -> list[Measured]:
    """The slowest of four texts – plain, with personal data, and two hostile ones – each round."""
    for text in TEXTS:
        screen(text)
    values = [max(_milliseconds(text) for text in TEXTS) for _turn in range(rounds)]
    return [Measured("P15", tuple(values), {"plain ms": _milliseconds(TEXTS[0])})]


def _milliseconds(text: str) -> float:
    began = perf_counter()
    for _time in range(TIMES):
        screen(text)
    return (perf_counter() - began) * 1000 / TIMES
