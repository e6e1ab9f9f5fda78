"""Ways to reach somebody on the net: e-mail, links, handles of WeChat, QQ, Douyin and others.

Homophones and abbreviations count (薇信, 卫星号, +vx): children write them to get by.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint
from participation.screening.needed import needed_by

_DOT: Final = r" ?(?:\.|。|点|dot) ?"
_EMAIL: Final = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63} ?(?:@|\(at\)|\[at\]|艾特|(?<= )at(?= )) ?"
    rf"[a-z0-9-]{{1,40}}(?:{_DOT}[a-z]{{2,12}}){{1,3}}"
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff。]{2,300}(?<![,.!?])")
_DOMAIN: Final = re.compile(
    r"(?<![a-z0-9@.-])(?:[a-z0-9-]{1,40}\.){0,3}[a-z0-9-]{2,40} ?(?:\.|。|点) ?"
    r"(?:com|cn|net|org|top|xyz|vip|club|me|cc|io|tv|app|site|fun)(?![a-z0-9])"
    r"(?:/[^\s\u4e00-\u9fff]{0,200})?"
)
_APP: Final = (
    r"微信|[威薇徽维围唯]信|微[心芯x]|卫星号|v信|wechat|wei ?xin|(?<![a-z])(?:vx|wx|qq|q q|v{1,3})"
    r"|扣扣|加扣|球球|企鹅|(?:游戏|荣耀|吃鸡|精英|蛋仔|迷你世界|原神)(?=号|id|:)|抖音|快手|小红书|b站|bilibili|视频号"
)
_HANDLE: Final = re.compile(
    rf"(?:{_APP})(?:号码|小号|大号|号|hao|群|uid|id)?"
    r"(?P<between>(?:[\W_]|同号|是|为|叫|加|我|搜|号|uid|id|is){0,5})"
    r"(?P<id>\d(?:[ -]?\d){4,19}|[a-z0-9][a-z0-9_-]{4,19})(?![a-z0-9])"
)
_NICK: Final = re.compile(
    r"(?:抖音|快手|小红书|b站|视频号|荣耀|蛋仔|迷你世界|原神)(?:号|名|id)?(?::|叫|搜)[是叫]?"
    r"(?P<nick>[^\s,.。!?:;]{2,10})"
)
_GATE: Final = re.compile(
    r"[a-z0-9@]|抖音|快手|小红书|视频号|扣扣|加扣|企鹅|球球|荣耀|蛋仔|迷你世界|原神"
)
_APPS: Final = re.compile(_APP)
_APPS_NEED: Final = re.compile(f"[{''.join(sorted(needed_by(_APP) or ()))}]")
"""Characters of which one stands in every name of an app: 0.7 µs instead of 4."""
_LATIN: Final = re.compile("[a-z]")


def signs_in(view: View, digits: str) -> Iterator[Hint]:
    """Ways to reach somebody; `digits` is the view's text with every numeral as a digit."""
    text = view.text
    if not _GATE.search(text):
        return
    if _LATIN.search(text):
        yield from _addresses(view)
    if _APPS_NEED.search(text) and _APPS.search(text):
        yield from _handles(view, digits)


def _addresses(view: View) -> Iterator[Hint]:
    text = view.text
    if "@" in text or "at" in text or "艾特" in text:
        for found in _EMAIL.finditer(text):
            yield hint("email", *view.place(*found.span()), "email")
    for pattern in (_ADDRESS, _DOMAIN):
        for found in pattern.finditer(text):
            yield hint("link", *view.place(*found.span()), "link")


def _handles(view: View, digits: str) -> Iterator[Hint]:
    for found in _HANDLE.finditer(digits):
        named = re.search(r"[\d_]", found["id"]) or ":" in found["between"]
        if named:
            yield hint("handle", *view.place(*found.span()), "handle")
    for found in _NICK.finditer(view.text):
        yield hint("handle", *view.place(*found.span()), "nick")
