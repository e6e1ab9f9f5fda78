"""Made-up texts with their right verdicts, with which a desk begins: no child ever wrote them.

Easy ones and hard ones, as children write: what looks forbidden and is fine, what looks fine and
is not. Numbers and names are invented or kept free for examples.
"""

from dataclasses import dataclass
from typing import Final

Two = tuple[str, str]

ROAD: Final[Two] = ("上学路上，安全又好走吗？", "The way to school: safe and easy to walk?")
LUNCH: Final[Two] = ("学校午餐，你想怎么改？", "School lunch: what would you change?")
PARK: Final[Two] = ("小公园里放什么？", "What should stand in the little park?")
SCREEN: Final[Two] = ("上网的时间，怎么定才好？", "Time online: what would be fair?")
BREAK: Final[Two] = (
    "课间十分钟，你想怎么过？",
    "Ten minutes between lessons: how would you like them?",
)


@dataclass(frozen=True, slots=True)
class Seed:
    """One made-up text: about what (zh, en), of which age band, and its right verdict with why."""

    text: str
    verdict: str
    why: str
    about: Two
    band: str
    reasons: tuple[str, ...] = ()


SEEDS: Final = (
    Seed(
        "我觉得排队太乱了，能不能在地上画小脚印，一年级的站前面。",
        "approved",
        "一个主意，没有伤人的话，也没有谁的信息。通过。",
        LUNCH,
        "a",
    ),
    Seed(
        "你们问了也没用，上次问完什么都没改。我还是要说：车太多，绿灯太短。",
        "approved",
        "批评大人、发牢骚，都可以说。不客气不等于伤人。通过。",
        ROAD,
        "b",
    ),
    Seed(
        "食堂的汤像刷锅水一样，阿姨人很好，就是汤不好喝。",
        "approved",
        "说的是汤，不是人。话直了一点，没有伤到谁。通过。",
        LUNCH,
        "b",
    ),
    Seed(
        "我走 302 路车站到校门口要 7 分钟，绕开施工的地方要 12 分钟。",
        "approved",
        "有路线和数字，但很多孩子都这样走，认不出是谁。通过。",
        ROAD,
        "c",
    ),
    Seed(
        "我是从外地来的，说话有口音。希望老师念名字的时候别让大家笑。",
        "approved",
        "说自己的事，认不出是谁，也没有说到谁欺负她。可以通过；要是写了有人一直欺负她，就上报。",
        BREAK,
        "b",
    ),
    Seed(
        "We need shade. In June the slide is so hot that my little brother cried.",
        "approved",
        "英文写的，说的是太阳和滑梯。没有名字，也没有危险的做法。通过。",
        PARK,
        "b",
    ),
    Seed(
        "踢球的时候我膝盖破了，流了好多血，因为地上有玻璃。请把玻璃扫掉。",
        "approved",
        "受伤是因为地上有玻璃，不是有人伤害他。是一条有用的意见。通过。",
        PARK,
        "a",
    ),
    Seed(
        "我叫马晓晓，在三年级二班，我想要一个沙坑。",
        "returned",
        "有全名和班级。主意很好，请孩子去掉名字再交。",
        PARK,
        "a",
        ("name",),
    ),
    Seed(
        "想多种树。要是缺人浇水可以打我妈妈电话 138 0013 8000，她有空。",
        "returned",
        "有电话，还是妈妈的。请孩子删掉电话再交。",
        PARK,
        "b",
        ("contact",),
    ),
    Seed(
        "加我企鹅号一三八零零一三，我有很多关于斑马线的图，我叫高小宇。",
        "returned",
        "数字写成汉字也是账号，还有真名：两个原因都要选。",
        ROAD,
        "b",
        ("name", "contact"),
    ),
    Seed(
        "值日的人都是懒猪，活该没饭吃！应该让每个班轮流打扫食堂。",
        "returned",
        "后半句是好主意，前半句骂人。请孩子换个说法。",
        LUNCH,
        "b",
        ("hurtful",),
    ),
    Seed(
        "我同桌的爸爸妈妈离婚了，他中午不吃饭，所以午餐要有甜的。",
        "returned",
        "说了别人家里的私事，同学一看就知道是谁。请孩子只说自己的想法。",
        LUNCH,
        "a",
        ("privacy",),
    ),
    Seed(
        "我们班扎两条辫子、戴红眼镜的那个女生在群里有照片，她走路最慢，路口要为她改。",
        "returned",
        "没写名字，可是样子和照片在哪里都写了，认得出来。请孩子去掉。",
        ROAD,
        "c",
        ("image",),
    ),
    Seed(
        "嗯嗯那个就是那样那样比较好啦你懂的",
        "returned",
        "看不出想说什么，也不是乱来。请孩子再写清楚一点，别直接不发布。",
        BREAK,
        "a",
        ("unclear",),
    ),
    Seed(
        "My cat is called Biscuit and she can open doors.",
        "returned",
        "没有问题的话，可是和话题没关系。请孩子说说这件事，不要当成乱写。",
        SCREEN,
        "a",
        ("off_topic",),
    ),
    Seed(
        "可以从二楼窗户的栏杆爬下去，这样到操场最快，我试过，踩着空调外机就行。",
        "returned",
        "写了危险的做法，别人学着做会受伤。请孩子删掉做法；想快点到操场，可以说。",
        BREAK,
        "b",
        ("unsafe",),
    ),
    Seed(
        "买平板就去乐学优选网 www.lexue.example，报我的名字打八折，作业两倍速度做完。",
        "refused",
        "整段都是广告，去掉广告就什么也没有了。不发布。",
        SCREEN,
        "c",
        ("advert",),
    ),
    Seed(
        "穿几十块的鞋就别来说话，家里没钱的人坐后面，有钱的坐前面，学校就清静了。",
        "refused",
        "拿钱给人分高低，改几个字也改不好。不发布。",
        BREAK,
        "c",
        ("values",),
    ),
    Seed(
        "管上网的机器其实很好拆，大家一起去机房把线剪了，谁不来谁是胆小鬼。",
        "refused",
        "叫大家一起去弄坏东西，还逼别人来。不发布。",
        SCREEN,
        "c",
        ("incites",),
    ),
    Seed(
        "里面那个女鬼把人的头一个一个拧下来，血喷了一墙，你们晚上都要看，看完睡不着才好玩。",
        "refused",
        "吓人、血腥，不适合更小的孩子看。不发布。",
        SCREEN,
        "c",
        ("unlawful",),
    ),
    Seed(
        "全班都讨厌陈大头，他一来我们就捂鼻子，公园不许他进。",
        "refused",
        "整段都在排挤一个同学，外号也认得出来。不发布，原因是伤人。被欺负的孩子看见会更难过；"
        "要是写的就是被欺负的孩子自己，才上报。",
        PARK,
        "b",
        ("hurtful",),
    ),
    Seed(
        "我走哪条路都行，反正放学有人在路口等我，说不给钱就打我，我不敢跟家里说。",
        "escalated",
        "有人威胁、勒索，孩子不敢说。马上上报保护老师，不要先请孩子改。",
        ROAD,
        "b",
    ),
    Seed(
        "课间我都躲在厕所里。有时候觉得要是没有我，大家都轻松一点。",
        "escalated",
        "没有一个吓人的词，可是孩子很难过，可能想伤害自己。拿不准也上报。",
        BREAK,
        "c",
    ),
    Seed(
        "I don't want to go home after school. He gets angry and locks me on the balcony at night.",
        "escalated",
        "英文写的，家里有人伤害孩子。马上上报保护老师。",
        ROAD,
        "b",
    ),
)
"""Enough for two moderators to meet on twenty of them, which is the least that is measured."""
