"""Prose of adults in a child's text: official vocabulary, four-character phrases, long sentences.

Such a text may have been written for her, or copied. It is a hint to ask kindly, nothing more; the
places are those of the first official phrases.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint

SHORTEST: Final = 30
"""Shorter texts say too little to be judged."""
ENOUGH: Final = 1.0
"""From this many points a text reads like an adult's."""
_MOST: Final = 3
_OFFICIAL: Final = re.compile(
    r"进一步(?:加强|完善|提升|推进|优化|规范|落实)|切实(?:加强|保障|提高|做好|维护)|大力(?:推进|发展|弘扬|加强|宣传)|"
    r"(?:建立|健全|完善)[^,.。!?]{0,8}(?:机制|体系|制度)|长效机制|统筹(?:推进|规划|协调)|高度重视|深入(?:贯彻|开展|推进|实施)|"
    r"贯彻落实|有关部门|相关部门|职能部门|主管部门|在[^,.。!?]{2,12}的(?:领导|指导|关怀)下|坚持以|以[^,.。!?]{2,10}为(?:中心|导向|抓手|核心|目标)|"
    r"新时代|高质量发展|现代化建设|精神文明|综合治理|齐抓共管|多措并举|营造[^,.。!?]{0,8}氛围|(?:提供|奠定)[^,.。!?]{0,8}(?:保障|基础|支撑)|"
    r"为[^,.。!?]{2,10}保驾护航|具有[^,.。!?]{0,8}意义|提升[^,.。!?]{0,8}(?:水平|能力|素养|质量)|促进[^,.。!?]{0,10}发展|"
    r"综上所述|总而言之|与此同时|由此可见|不仅[^,.。!?]{4,20}更(?:是|能|要)|加大[^,.。!?]{0,6}力度|切身利益|广泛关注|亟待解决|不可或缺|"
    r"合理(?:规划|配置|布局)|科学(?:规划|合理|布局)|全面(?:提升|推进|落实)|积极(?:推动|探索|响应|构建)|打造[^,.。!?]{0,10}(?:平台|环境|品牌|格局)"
)
_GATE: Final = re.compile(
    "进一步|切实|大力|机制|体系|制度|统筹|重视|深入|贯彻|部门|领导|指导|关怀|坚持|中心|导向|抓手|新时代|"
    "高质量|现代化|文明|综合|共管|并举|氛围|保障|基础|支撑|护航|意义|提升|促进|综上|总而|与此|由此|不仅|"
    "力度|利益|关注|亟待|不可或缺|合理|科学|全面|积极|打造|核心|目标"
)
"""Words of which one stands in every official phrase: a look of a tenth of the time."""
_PHRASE: Final = re.compile(
    r"齐抓共管|多措并举|行之有效|因地制宜|与时俱进|刻不容缓|任重道远|息息相关|不容忽视|持之以恒|集思广益|群策群力|"
    r"统筹兼顾|标本兼治|循序渐进|卓有成效|日益增长|显而易见|有目共睹|众所周知|潜移默化|举足轻重|未雨绸缪|防患未然|身心健康|健康成长"
)
_END: Final = re.compile(r"[.。!?;\n]")


def pasted_in(view: View) -> Iterator[Hint]:
    """The first official phrases of a text that reads like an adult's."""
    text = view.text
    if len(text) < SHORTEST or not _GATE.search(text):
        return
    places = [found.span() for found in _OFFICIAL.finditer(text)]
    if places and points_of(text, len(places)) >= ENOUGH:
        for start, end in places[:_MOST]:
            yield hint("pasted", *view.place(start, end), "official")


def points_of(text: str, official: int) -> float:
    """How much a text reads like an adult's: official phrases for each sentence, phrases of four
    characters, and sentences longer than forty."""
    sentences = [one for one in _END.split(text) if one.strip()] or [text]
    mean = sum(map(len, sentences)) / len(sentences)
    phrases = len(set(_PHRASE.findall(text)))
    return official * 0.5 / (1 + len(sentences) / 12) + phrases * 0.25 + max(0.0, mean - 40) / 60
