"""Hints for personal data: what children write, half of it clean; places, speed, no stumbling."""

import itertools
import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.screening import (
    KINDS,
    Roster,
    is_resident_id,
    names_in,
    screen,
)
from tests.screening.sentences import ROSTER
from tests.support.shared import data

TELLING = [
    ("可以打我妈妈的电话 13812345526。", "phone", "13812345526"),
    ("我的手机是138-1234-5526", "phone", "138-1234-5526"),
    ("打138 1234 5526找我", "phone", "138 1234 5526"),
    ("１３８００１３８０００", "phone", "１３８００１３８０００"),
    ("一三八零零一三八零零零", "phone", "一三八零零一三八零零零"),
    ("幺三八，零零幺三，八零零零", "phone", "幺三八，零零幺三，八零零零"),
    ("①③⑧①②③④⑤⑤②⑥", "phone", "①③⑧①②③④⑤⑤②⑥"),
    ("1.3.8.1.2.3.4.5.5.2.6", "phone", "1.3.8.1.2.3.4.5.5.2.6"),
    ("1😀3😀8😀1😀2😀3😀4😀5😀5😀2😀6", "phone", "1😀3😀8😀1😀2😀3😀4😀5😀5😀2😀6"),
    ("+86 15912345678 是爸爸", "phone", "+86 15912345678"),
    ("家里 0532-85551234", "phone", "0532-85551234"),
    ("(010) 62345678 晚上打", "phone", "(010) 62345678"),
    ("电话8555 1234，奶奶接", "phone", "电话8555 1234"),
    ("我的身份证是11010519491231002X", "id", "11010519491231002X"),
    ("440524 1880 0101 0014", "id", "440524 1880 0101 0014"),
    ("写信到 xiaoman@qq.com 吧", "email", "xiaoman@qq.com"),
    ("xiaoman＠１６３．ｃｏｍ", "email", "xiaoman＠１６３．ｃｏｍ"),
    ("发到abc艾特qq点com", "email", "abc艾特qq点com"),
    ("看 https://example.com/a?b=1 有图", "link", "https://example.com/a?b=1"),
    ("www.example.cn 很好玩", "link", "www.example.cn"),
    ("上 wanwan点com 玩", "link", "wanwan点com"),
    ("加我微信 abc_12345", "handle", "微信 abc_12345"),
    ("我的QQ是123456789", "handle", "QQ是123456789"),
    ("扣扣：一二三四五六七", "handle", "扣扣：一二三四五六七"),
    ("vx:xiaoman2017 找我玩", "handle", "vx:xiaoman2017"),
    ("抖音号 xiaoman888", "handle", "抖音号 xiaoman888"),
    ("我家住在湖滨路12号三楼", "address", "我家住在湖滨路12号"),
    ("到3栋2单元找我", "address", "3栋2单元"),
    ("我叫王语桐，你们要是觉得好就画吧", "name", "王语桐"),
    ("我叫欧阳明明在三年级", "name", "欧阳明明"),
    ("我叫小明，今年9岁", "name", "小明"),
    ("我的名字是李一林。", "name", "李一林"),
    ("同桌叫张大伟，他总是推我", "name", "张大伟"),
    ("我跟王语桐同学一起走", "name", "王语桐"),
    ("我是陈立。", "name", "陈立"),
    ("My name is Tom Li and I walk to school", "name", "Tom Li"),
]
CLEAN = [
    "斑马线应该画成钢琴键！走一步响一声，大家就会慢慢走。",
    "我看到接人的车都停在门口，大家要从车缝里钻过去。",
    "食堂的西红柿炒蛋能不能少放糖",
    "门口的阿姨每天帮我们看路，谢谢她",
    "红灯有90秒，太长了",
    "早上7点50分到8点10分车最多",
    "13,14,15,16,17,18路公交车都不停",
    "公交车2026年能不能多几辆",
    "我叫妈妈来接我，她说路太堵",
    "我叫他不要闯红灯",
    "大家都叫我小班长",
    "李老师说要排队过马路",
    "我是三年级的学生",
    "我家离学校1200米",
    "我家有3口人，2辆车",
    "湖滨路的路灯坏了12盏",
    "一二三四，我们排队走",
    "三百六十五天天天堵车",
    "想打12345热线问问",
    "有危险要打110或者12355",
    "老师叫我们走人行道",
    "妈妈叫我早点起床",
    "希望有一条自行车道，3米宽就够",
    "我觉得这件事很好，100分！",
    "从5号楼到校门口没有人行道",
    "为什么大人可以停车，我们不可以走？",
    "我爱我的学校，啦啦啦😀😀😀",
    "I walk to school with 2 friends every day.",
    "Please paint the crossing like piano keys.",
    "我没有什么想说的",
    "不知道",
    "下雨天校门口积水有20厘米深，鞋子全湿了。",
    "我想让学校旁边的小卖部不要卖5毛钱的辣条",
    "微信里说要修路，什么时候修？",
    "QQ糖很好吃",
    "谢谢阿姨，谢谢叔叔",
    "公交车上，司机叔叔很凶，许多同学怕他",
    "希望任课老师和卫生老师都来看看",
    "1+1=2，2+2=4",
]


@pytest.mark.parametrize(("text", "what", "place"), TELLING)
def test_what_tells_too_much_is_found_in_its_place(text: str, what: str, place: str) -> None:
    found = [(hint["what"], text[hint["start"] : hint["end"]]) for hint in screen(text)]
    assert (what, place) in found


def test_names_alone() -> None:
    text = "我叫王语桐，My name is Tom Li"
    found = {text[start:end] for start, end in names_in(text)}
    assert found == {"王语桐", "Tom Li"}


@pytest.mark.parametrize(
    "text",
    ["新a abcdef", "我家走了12号", "13:30 15:45 16:00 1", "13,14,15,16,17,1", "lalalalalal"],
)
def test_what_has_the_shape_and_is_none(text: str) -> None:
    assert screen(text) == []


def test_a_latin_name_of_the_roster_stands_alone() -> None:
    roster = Roster.of(["Ann Li", "Bo", "王"])
    assert roster.names == {"annli", "bo"}
    assert screen("a robot", roster=roster) == []
    assert [hint["why"] for hint in screen("with bo", roster=roster)] == ["roster"]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_words_are_left_alone(text: str) -> None:
    assert screen(text) == []


def test_hints_stand_in_order_and_never_overlap() -> None:
    text = "我叫王语桐，微信13812345526，邮箱13812345526@qq.com"
    hints = screen(text)
    assert [hint["what"] for hint in hints] == ["name", "phone", "phone"]
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(hints))


@pytest.mark.parametrize(
    ("letters", "sound"),
    [
        ("11010519491231002x", True),
        ("440524188001010014", True),
        ("110105194912310021", False),
        ("440524188001010015", False),
    ],
)
def test_the_check_digit_of_a_resident_id(letters: str, sound: bool) -> None:
    assert is_resident_id(letters) is sound


def test_eighteen_digits_with_a_wrong_check_digit_are_no_id() -> None:
    assert [hint["what"] for hint in screen("编号440524188001010015")] == []


HOSTILE = [
    "1 ",
    "1",
    "a.",
    "a ",
    "我叫",
    "王",
    "@",
    "a@a.",
    "０",
    "王语桐",
    "微信abc12345 ",
    "弓虽",
    "1\ufe0f\u20e3",
    "（010）",
    "我家住在湖滨路",
    "3栋2单元",
    "http://a",
    "浙a1",
    "打我",
    "学校门口的车太多了，放学的时候我们要从车缝里钻过去，13岁的哥哥差点被撞。",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Ten times the text takes ten times as long, and never the hundred of a bad pattern."""
    short, long = (piece * (size // len(piece)) for size in (2_000, 20_000))
    screen(long)
    ratio = min(_seconds(long) for _ in range(3)) / min(_seconds(short) for _ in range(7))
    assert ratio < 40


def _seconds(text: str) -> float:
    began = process_time()
    screen(text, roster=ROSTER)
    return process_time() - began


@given(st.text(max_size=200))
def test_any_text_gives_places_inside_it(text: str) -> None:
    last = 0
    for hint in screen(text, roster=ROSTER):
        assert last <= hint["start"] < hint["end"] <= len(text)
        assert hint["what"] in KINDS and hint["why"]
        last = hint["end"]


@given(st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))
def test_pieces_of_everything_in_any_order(text: str) -> None:
    test_any_text_gives_places_inside_it.hypothesis.inner_test(text)


def test_hostile_strings_give_places_inside_the_text() -> None:
    for text in json.loads(data("naughty/blns.json").read_text()):
        for hint in screen(text):
            assert 0 <= hint["start"] < hint["end"] <= len(text)
