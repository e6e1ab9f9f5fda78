"""What is judged by the whole text: noise, prose of adults, near copies."""

import pytest

from participation.screening import screen
from participation.screening.copies import MOST, alike, likeness
from participation.screening.noise import is_mashed
from participation.screening.pasted import points_of
from tests.screening.sentences import sentences

NOISE = [
    ("啊的啊的" * 8, "again"),
    ("路路路路路路路路路", "again"),
    ("111111111111", "again"),
    ("哈" * 30, "again"),
    ("？？？！！！", "signs"),
    ("😀😀😀😀", "signs"),
    ("……。。。", "signs"),
    ("asdfghjkl", "mashed"),
    ("qwertyuiop asdf", "mashed"),
    ("dfkjghdfkjg", "mashed"),
    ("加我微信送红包", "advert"),
    ("免费红包，扫码就送", "advert"),
]
NO_NOISE = [
    "哈哈哈哈哈哈哈哈哈",
    "啊啊啊啊啊啊啊啊啊啊好热",
    "？",
    "😀",
    "好好好",
    "basketball court",
    "strengths of our school",
    "Lakeside playground please",
    "公园里的树很多很多很多",
    "车、车、车，到处都是车",
    "送我一个好看的公园",
    "",
]
ADULT = [
    "我们要进一步加强校园周边交通安全管理，建立健全长效机制，切实保障学生的出行安全，为孩子们的健康成长保驾护航。",
    "建议有关部门高度重视，统筹规划城市公共空间，完善儿童友好设施体系，营造全社会关爱儿童的良好氛围。",
    "在学校的正确领导下，我们要深入开展垃圾分类宣传，提升全民环保意识和文明素养，促进城市高质量发展。",
    "综上所述，加大投入力度、合理规划布局、多措并举，对于提升公共服务水平具有十分重要的意义。",
    "众所周知，少年儿童是祖国的未来，我们应当坚持以儿童为中心，积极构建安全、便捷、舒适的通学环境。",
]
CHILD = [
    "我觉得红绿灯太短了，我和妹妹每次都要跑，妈妈说跑很危险，所以我想让它长一点，再长五秒就够了，谢谢叔叔阿姨。",
    "公园里的滑梯坏了三个月了，没有人来修，我们只能在旁边玩沙子，沙子里还有玻璃，上次我朋友的脚都划破了，希望快点修好。",
    "老师说要健康成长，可是我们操场好小，下课只能站着，我想要一个大大的操场，可以跑步踢球，还可以放风筝和捉迷藏。",
    "我希望有关部门的人来看看我们学校门口，早上真的很挤，车子一辆接一辆，我们要从车缝里钻过去，下雨天更可怕。",
    "I would like to have a longer light, my little sister cannot run so fast.",
]


def whys(text: str, what: str) -> set[str]:
    return {hint["why"] for hint in screen(text) if hint["what"] == what}


@pytest.mark.parametrize(("text", "why"), NOISE)
def test_noise_is_named(text: str, why: str) -> None:
    assert why in whys(text, "noise")


@pytest.mark.parametrize("text", NO_NOISE)
def test_an_answer_is_no_noise(text: str) -> None:
    assert whys(text, "noise") == set()


def test_clean_sentences_are_neither_noise_nor_pasted() -> None:
    for name in ("clean.txt", "harmless.txt"):
        for one in sentences(name, kinds=False):
            assert not whys(one.text, "noise") | whys(one.text, "pasted"), one.text


def test_mashed_letters() -> None:
    assert is_mashed("asdfasdfa")
    assert is_mashed("zzzzzzzzz")
    assert not is_mashed("playground")


@pytest.mark.parametrize("text", ADULT)
def test_prose_of_adults_is_hinted_at(text: str) -> None:
    assert whys(text, "pasted") == {"official"}


@pytest.mark.parametrize("text", CHILD)
def test_a_child_who_writes_much_is_not_doubted(text: str) -> None:
    assert whys(text, "pasted") == set()


def test_points_of_nothing() -> None:
    assert points_of("。。。", 0) == 0.0


def test_likeness_is_that_of_the_pieces() -> None:
    said = "绿灯太短了，走到一半就变红，弟弟每次都要跑"
    assert likeness(said, said) == 1.0
    assert likeness(said, "绿燈太短了!走到一半就變紅　弟弟每次都要跑。") == 1.0
    assert likeness(said, "公园里的滑梯坏了") == 0.0
    assert 0.5 < likeness(said, said + "，我也要跑") < 1.0
    assert likeness("好", "好") == 1.0
    assert likeness("", "") == likeness("好", "") == 0.0


def test_near_copies_are_named_likest_first() -> None:
    said = "绿灯太短了，走到一半就变红，弟弟每次都要跑"
    others = ["公园里的滑梯坏了", said + "，我也要跑", "好", said]
    assert alike(said, others) == [3, 1]
    assert alike("好的呀", ["好的呀"]) == []
    assert alike(said, ["别的话"] * MOST + [said]) == []
