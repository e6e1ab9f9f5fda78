"""Twelve made-up works to try a call out with: words, and drawings made by code. No child's."""

import random
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sample:
    """One made-up work: by whom, what it is called, what is said of it, what it looks like."""

    nickname: str
    title: str
    words: str
    alt: str
    lyrics: str


_WHO: Final = (
    *("试一号", "试二号", "试三号", "试四号", "试五号", "试六号"),
    *("试七号", "试八号", "试九号", "试十号", "试十一", "试十二"),
)
_THINGS: Final = (
    ("会唱歌的斑马线", "走上去，脚下就响一个音。", "一条黑白的斑马线，上面飘着音符。"),
    ("雨天的红伞车站", "下雨也不怕等车。", "一把大红伞盖着一张长椅。"),
    ("星星路灯", "晚上回家，路是亮的。", "三盏路灯，灯头是星星。"),
    ("轮椅也能上的滑梯", "小满也能玩。", "滑梯的一边是缓缓的坡。"),
    ("树洞图书馆", "看书的时候有树荫。", "大树的肚子里摆满了书。"),
    ("外婆的菜市场", "价钱写得我也看得懂。", "红白的棚子下面有菜和水果。"),
    ("江边的风筝", "风大的时候我们就去。", "草坡上飞起一只风筝。"),
    ("慢一点的绿灯", "外婆走得慢，也能走完。", "绿色的小人拄着拐杖。"),
    ("会等人的公交车", "司机会等最后一个人。", "一辆黄色的公交车开着门。"),
    ("屋顶上的菜园", "楼顶不空着，种番茄。", "屋顶上一排一排的菜。"),
    ("小巷里的画廊", "墙上是我们画的画。", "一条小巷，两边挂着画。"),
    ("大家的长椅", "走累了，就坐一坐。", "一张很长的椅子，坐着很多人。"),
)
SAMPLES: Final = tuple(
    Sample(
        nickname=name,
        title=title,
        words=words,
        alt=alt,
        lyrics=f"{title}，{title}，\n{words}\n{alt}\n我们一起往前走，走呀走。",
    )
    for name, (title, words, alt) in zip(_WHO, _THINGS, strict=True)
)
"""As many as a jury of a rehearsal needs to try out its rounds."""

_HUES: Final = ("#0d5763", "#f4be45", "#c2501d", "#276036", "#33478f", "#7a2158")


def drawing_of(place: int) -> bytes:
    """A simple picture as SVG, always the same one for a place: cells, as windows of a city."""
    chance = random.Random(place)
    ground, *hues = chance.sample(_HUES, 4)
    cells = [
        f'<rect x="{100 + column * 160}" y="{100 + row * 160}" width="120" height="120" '
        f'rx="{chance.choice((0, 12, 60))}" fill="{chance.choice(hues)}"/>'
        for row in range(5)
        for column in range(5)
        if chance.random() > 0.3
    ]
    parts = [f'<rect width="960" height="960" fill="{ground}"/>', *cells]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="960" '
        f'viewBox="0 0 960 960">{"".join(parts)}</svg>'
    ).encode()
