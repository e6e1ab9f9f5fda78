"""What a guardian is told before deciding, version by version, in both languages.

The six items are those of 儿童个人信息网络保护规定 10 and PIPL 17, 30 (R34). A change of purpose
is a new version here, never an edit of an old one: decisions on record name the version.
"""

from dataclasses import dataclass
from typing import Final

from participation.kernel.tables import Words

NOTICE_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One of the six items."""

    heading: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Telling:
    """The notice as one reader is told it: the six items and the question."""

    intro: Words
    question: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice, for guardians; `own` says the same to who decides for herself."""

    version: int
    intro: Words
    question: Words
    items: tuple[Item, ...]
    own: Telling


def _item(zh: str, zh_text: str, en: str, en_text: str) -> Item:
    return Item(Words(zh=zh, en=en), Words(zh=zh_text, en=en_text))


_OWN: Final = Telling(
    intro=Words(
        zh="“童声”是本市听孩子说话、并给孩子回音的网站。你满 14 岁了，参不参加由你自己决定，"
        "不用问家长。同意或者不同意都可以。",
        en="Tongsheng is the site where our city hears children and answers them. You are 14 or "
        "older, so you decide yourself whether you take part. Either answer is fine.",
    ),
    question=Words(
        zh="你想在“童声”上说出自己的想法吗？",
        en="Do you want to give your opinions on Tongsheng?",
    ),
    items=(
        _item(
            "1. 为什么收集，收集什么，怎么用",
            "为了让你对和自己有关的事说出想法，并得到回音。学校提供姓名、学号、班级、性别和出生年月；"
            "你在网站上写下的是想法。别人只看得到年龄段。不收集电话、住址、照片、位置和证件号，"
            "不用于广告，不做评比。",
            "1. Why, what and how",
            "So that you can speak on matters that touch you and get an answer. Your school gives "
            "name, pupil number, class, gender and month of birth; you give opinions. Others see "
            "an age band only. No phone number, address, photo, place or identity number is asked "
            "for; nothing is used for advertising or ranking.",
        ),
        _item(
            "2. 存在哪里，存多久，到期怎么办",
            "存在本市的服务器上。你离开学校或者满 18 岁，账户就关闭，姓名随即删除；"
            "已经合在一起的统计数字认不出任何人，会留下来。",
            "2. Where, how long, and what then",
            "On servers in this city. When you leave school or turn 18 the account is closed and "
            "your name is deleted; tallies in which nobody can be recognised remain.",
        ),
        _item(
            "3. 怎样保护",
            "想法和姓名分开存放，用密钥隔开。每句话由受过培训、经过审查的审核员看过才会公开；"
            "人数太少的数字不公布。审核员每次打开你的话、每次改动都有记录。",
            "3. How it is protected",
            "Opinions and names are kept apart, with a key between them. Every sentence is read by "
            "a vetted and trained moderator before anyone else sees it; numbers of small groups "
            "are never published. Each time a moderator opens your words, and every change, is "
            "logged.",
        ),
        _item(
            "4. 不同意会怎样",
            "没有任何不好的结果。你照样可以看所有公开内容，也可以用“我要帮助”。"
            "同学不会知道你的决定，只有班主任知道。你也可以随时改变主意，马上生效："
            "撤回以后你不能再答，还没有审核过的和请你改的话马上收回，没有人再看；"
            "已经公开的话和已经数进去的选择会留下，上面没有名字。在话题结束以前，你可以把它们全部收回。",
            "4. What a refusal means",
            "Nothing bad follows. You can still read everything public and use the help button. "
            "The other children are never told what you decided; only your class teacher knows. "
            "You can change your mind at any time, with effect at once: you can answer no more, "
            "and what no moderator has let through yet is taken back and read by nobody. What is "
            "published and the choices already counted remain, without a name; until a topic "
            "closes you can take all of it back.",
        ),
        _item(
            "5. 有意见找谁",
            "网站每一页下面都有“投诉和举报”。也可以找市里的保护老师（未成年人保护专员），"
            "或者拨打 12345 找市妇女儿童工作委员会办公室的儿童个人信息保护负责人。",
            "5. Where to complain",
            "Every page ends with “Complain or report”. You can also turn to the city's "
            "safeguarding officer, or call 12345 and ask for the children's data officer at the "
            "city's Women and Children Committee.",
        ),
        _item(
            "6. 怎样更正和删除",
            "姓名、班级写错了，告诉班主任，由网站的管理员更正。"
            "想删除你的信息，告诉班主任或者第 5 条里的负责人，15 个工作日内办好并答复你。",
            "6. How to correct and delete",
            "If your name or class is wrong, tell the class teacher; an administrator of the site "
            "corrects it. To have your data deleted, tell the class teacher or the officer named "
            "in 5; it is done and you are answered within 15 working days.",
        ),
    ),
)

_FIRST: Final = Notice(
    version=1,
    intro=Words(
        zh="“童声”是本市听孩子说话、并给孩子回音的网站。孩子能不能参加，由您来决定。"
        "同意或者不同意都可以，请放心选。",
        en="Tongsheng is the site where our city hears children and answers them. Whether your "
        "child takes part is for you to decide. Either answer is fine.",
    ),
    question=Words(
        zh="您同意孩子在“童声”上说出自己的想法吗？",
        en="Do you agree that your child gives opinions on Tongsheng?",
    ),
    items=(
        _item(
            "1. 为什么收集，收集什么，怎么用",
            "为了让孩子对和自己有关的事说出想法，并得到回音。学校提供姓名、学号、班级、性别和出生年月；"
            "孩子在网站上写下的是想法。别人只看得到年龄段。不收集电话、住址、照片、位置和证件号，"
            "不用于广告，不做评比。",
            "1. Why, what and how",
            "So that children can speak on matters that touch them and get an answer. The school "
            "gives name, pupil number, class, gender and month of birth; the child gives opinions. "
            "Others see an age band only. No phone number, address, photo, place or "
            "identity number is asked for; nothing is used for advertising or ranking.",
        ),
        _item(
            "2. 存在哪里，存多久，到期怎么办",
            "存在本市的服务器上。孩子离开学校或者满 18 岁，账户就关闭，姓名随即删除；"
            "已经合在一起的统计数字认不出任何人，会留下来。",
            "2. Where, how long, and what then",
            "On servers in this city. When a child leaves school or turns 18 the account is closed "
            "and the name is deleted; tallies in which nobody can be recognised remain.",
        ),
        _item(
            "3. 怎样保护",
            "想法和姓名分开存放，用密钥隔开。每句话由受过培训、经过审查的审核员看过才会公开；"
            "人数太少的数字不公布。审核员每次打开孩子的话、每次改动都有记录。",
            "3. How it is protected",
            "Opinions and names are kept apart, with a key between them. Every sentence is read by "
            "a vetted and trained moderator before anyone else sees it; numbers of small groups "
            "are never published. Each time a moderator opens a child's words, and every "
            "change, is logged.",
        ),
        _item(
            "4. 不同意会怎样",
            "没有任何不好的结果。孩子照样可以看所有公开内容，也可以用“我要帮助”。"
            "同学不会知道您的决定，只有班主任知道，因为同意书由班主任收。您也可以随时改变主意，马上生效："
            "撤回以后孩子不能再答，还没有审核过的和请孩子改的话马上收回，没有人再看；"
            "已经公开的话和已经数进去的选择会留下，上面没有名字。在话题结束以前，孩子自己可以把它们全部收回。",
            "4. What a refusal means",
            "Nothing bad follows. Your child can still read everything public and use the help "
            "button. The other children are never told what you decided; only the class teacher "
            "knows, who collects the forms. You can change your mind at any time, with effect at "
            "once: your child can answer no more, and what no moderator has let through yet is "
            "taken back and read by nobody. What is published and the choices already counted "
            "remain, without a name; until a topic closes your child can take all of it back.",
        ),
        _item(
            "5. 有意见找谁",
            "网站每一页下面都有“投诉和举报”。也可以找市里的保护老师（未成年人保护专员），"
            "或者拨打 12345 找市妇女儿童工作委员会办公室的儿童个人信息保护负责人。",
            "5. Where to complain",
            "Every page ends with “Complain or report”. You can also turn to the city's "
            "safeguarding officer, or call 12345 and ask for the children's data officer at the "
            "city's Women and Children Committee.",
        ),
        _item(
            "6. 怎样更正和删除",
            "姓名、班级写错了，告诉班主任，由网站的管理员更正。"
            "想删除孩子的信息，告诉班主任或者第 5 条里的负责人，15 个工作日内办好并答复您。",
            "6. How to correct and delete",
            "If a name or class is wrong, tell the class teacher; an administrator of the site "
            "corrects it. To have your "
            "child's data deleted, tell the class teacher or the officer named in 5; it is done "
            "and you are answered within 15 working days.",
        ),
    ),
    own=_OWN,
)

NOTICES: Final[dict[int, Notice]] = {_FIRST.version: _FIRST}


def present_notice() -> Notice:
    """The version that is shown and put on record today."""
    return NOTICES[NOTICE_VERSION]
