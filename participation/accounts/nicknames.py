"""Nicknames that are safe by construction: a child picks one of these and nothing to moderate."""

import hashlib
import random
from typing import Final

_FIRST: Final = """
    爱跑 爱笑 爱唱歌 爱画画 爱看书 爱发呆 爱提问 爱下雨 爱晒太阳 爱数星星 会飞 会游泳 会打鼓
    会吹泡泡 会讲故事 会跳绳 会翻跟头 会变魔术 圆圆 慢慢 悄悄 蹦蹦跳跳 认真 勇敢 温暖 安静 好奇
    快乐 细心 早起 路过 赶路 划船 骑车 放风筝 种花 捡贝壳 戴草帽 穿雨鞋 背书包 荡秋千 堆沙堡
"""
_SECOND: Final = """
    柚子 橘子 石榴 樱桃 枇杷 杨梅 蓝莓 核桃 栗子 花生 豆包 汤圆 年糕 饺子 麻花 竹笋 莲藕 蘑菇
    海豚 海星 海龟 鲸鱼 小鹿 松鼠 刺猬 熊猫 考拉 企鹅 水獭 河马 白鹭 燕子 喜鹊 麻雀 蜻蜓
    萤火虫 蜗牛 青蛙 云朵 彩虹 星球 风车 纸船 灯笼 铃铛 陀螺
"""
FIRST: Final = tuple(_FIRST.split())
SECOND: Final = tuple(_SECOND.split())
OFFERED: Final = 6
_LINK: Final = "的"


def offered(seed: str, legal_name: str) -> list[str]:
    """The nicknames offered for a seed, different from each other, none that tells the name."""
    chance = random.Random(hashlib.sha256(seed.encode("utf-8", "replace")).digest())
    names: list[str] = []
    while len(names) < OFFERED:
        name = chance.choice(FIRST) + _LINK + chance.choice(SECOND)
        if name not in names and not tells_name(name, legal_name):
            names.append(name)
    return names


def is_made_here(name: str) -> bool:
    """Is it one of the nicknames that can be offered?"""
    first, link, second = name.partition(_LINK)
    return bool(link) and first in FIRST and second in SECOND


def tells_name(nickname: str, legal_name: str) -> bool:
    """Do two characters of the legal name that stand together stand in the nickname too?"""
    letters = "".join(legal_name.split())
    return any(letters[place : place + 2] in nickname for place in range(len(letters) - 1))
