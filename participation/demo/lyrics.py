"""What the demo's children drew and sang, and how its jury saw it. Made up by us, no child's."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in `art`, its name, the sentence about it, what it shows, its theme (from 0)."""

    art: str
    title: str
    words: str
    alt: str
    theme: int


DRAWINGS: Final = (
    Drawing(
        "zebra",
        "会唱歌的斑马线",
        "我家门前的车很快。如果斑马线会唱歌，开车的人就会慢下来听。",
        "三个孩子走在钢琴键一样的斑马线上，周围飘着音符。",
        0,
    ),
    Drawing(
        "tree",
        "树屋图书馆",
        "放学路上有一棵大树，要是能爬上去看书就好了。",
        "大树上的小屋里摆满了书，梯子通到草地。",
        2,
    ),
    Drawing(
        "umbrella",
        "下雨也不怕的车站",
        "下雨天等车，书包总是湿的。",
        "雨里，两个孩子坐在大红伞形的公交站下等车。",
        1,
    ),
    Drawing(
        "stars",
        "路灯是星星",
        "晚上下课，路上很黑。星星一样的灯，我就不怕了。",
        "夜晚的街上，路灯是三颗大星星，照着两个走路的孩子。",
        3,
    ),
    Drawing(
        "market",
        "菜市场的价钱牌",
        "价钱写得低一点，我也能自己买菜。",
        "外婆在红白棚子下卖菜，前面写着孩子看得懂的价钱。",
        3,
    ),
    Drawing(
        "slide",
        "轮椅也能玩的滑梯",
        "我的好朋友坐轮椅。她也想滑下来。",
        "滑梯一边是坡道，坐轮椅的孩子正往上去。",
        3,
    ),
    Drawing(
        "kite",
        "风筝和江",
        "江边的草坡别盖房子，留给风筝。",
        "江边的草坡上，孩子们放一只红风筝。",
        2,
    ),
)


@dataclass(frozen=True, slots=True)
class Song:
    """A song: its name, the sentence about it, its stanzas, and how much the jury likes it."""

    title: str
    words: str
    text: str
    liked: int


SONGS: Final = (
    Song(
        "早上的巴士",
        "写给每天等我跑过来的那辆车。",
        "早上的巴士，慢一点开，\n我的鞋带还没有系好。\n车门开着，风进来，\n窗上一个笑，是我画的。\n\n"
        "巴士，巴士，等等我，\n我把今天唱给你听。",
        5,
    ),
    Song(
        "一米高的城市",
        "大人看不见的，我看得见。",
        "一米高的城市里，\n花是大树，桌是屋顶。\n蹲下来，你就听得见，\n蚂蚁也在过马路。\n\n"
        "蹲下来，蹲下来，\n和我一样高，和我一起看。",
        5,
    ),
    Song(
        "雨天的操场",
        "下雨的时候，操场只有雨在玩。",
        "雨在操场上跳格子，\n一格，两格，跳进水里。\n我在窗里数着它，\n等它跳完，就轮到我。",
        3,
    ),
    Song(
        "外婆的巷子",
        "外婆说，巷子以前也有人唱歌。",
        "巷子弯，巷子长，\n外婆的扇子摇呀摇。\n石板记得每双鞋，\n也记得我，跑得最响。",
        4,
    ),
    Song(
        "慢一点的绿灯",
        "外婆走得慢，绿灯走得快。",
        "绿灯绿灯，你数慢一点，\n外婆才走到一半。\n我拉着她的手，\n我们把路走完。",
        4,
    ),
    Song(
        "江上的灯",
        "晚上看江，灯会游泳。",
        "江上的灯会游泳，\n游到东，游到西。\n我把一句话放进水里，\n明天，你在桥下听。",
        3,
    ),
)
"""As many as three jurors can hear twice."""
