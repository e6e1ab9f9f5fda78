"""What a call may not promise and not ask for: money, fees, marks for school, rights for ever."""

import re
from typing import Final

from participation.kernel.words import folded

NO_ADMISSION: Final = "不作为中小学招生入学依据"
"""Stands under every call and on every certificate (教育部竞赛管理办法, R64)."""

_MONEY: Final = (
    *("奖金", "现金", "红包", "代金券", "购物卡", "消费券", "奖学金", "人民币", "钞票", "转账"),
    *("报名费", "参赛费", "评审费", "工本费", "证书费", "缴费", "交费", "收费", "付费", "赞助费"),
)
_SCHOOL: Final = (
    *("加分", "升学", "招生", "择校", "入学", "保送", "录取", "中考", "高考", "小升初", "学分"),
    *("综合素质评价", "特长生", "自主招生"),
)
_ENGLISH: Final = re.compile(
    r"\b(cash|money|yuan|rmb|fees?|vouchers?|gift cards?|scholarships?|admissions?|enrol(?:l)?ment"
    r"|(?:extra|bonus|exam) (?:points|marks|credits?)|school places?|entrance exams?)\b"
)
_SUM: Final = re.compile(r"(?:[0-9一二两三四五六七八九十百千万]+(?:块钱|元)|[¥$€£][0-9])")
_FOR_EVER: Final = (
    *("转让", "全部权利", "所有权利", "一切权利", "版权归", "著作权归", "权利归", "归主办方"),
    *("永久", "无限期", "独家", "放弃署名"),
)
_FOR_EVER_ENGLISH: Final = re.compile(
    r"\b(all rights|transfer(?:s|red)?|assign(?:s|ed|ment)?|perpetual(?:ly)?|for ?ever"
    r"|exclusive(?:ly)?)\b"
)
_NOT: Final = ("不", "没有", "无", "免", "不发", "不给", "不会", "不用", "不能", "不是", "无需")
_NOT_ENGLISH: Final = re.compile(r"\b(?:no|not|without|never|free of)(?: an?| any)? $")


def school_or_money(text: str) -> tuple[str, ...]:
    """The words of a prize that stand for money, a fee or an advantage at school; () if none.

    A word that is denied (“不加分”, "no fee") is none, nor is the sentence that says so for all.
    """
    tight = _tight(text).replace(NO_ADMISSION, "")
    found = [word for word in (*_MONEY, *_SCHOOL) if _said(word, tight)]
    found += [match[0] for match in _SUM.finditer(tight)]
    return tuple(dict.fromkeys([*found, *_english(_ENGLISH, text)]))


def rights_for_ever(text: str) -> tuple[str, ...]:
    """The words that ask a child for more than a licence for a while (R66); () if none."""
    found = [word for word in _FOR_EVER if _said(word, _tight(text))]
    return tuple(dict.fromkeys([*found, *_english(_FOR_EVER_ENGLISH, text)]))


def _tight(text: str) -> str:
    """Folded, with nothing between the letters, so that “加 分” is the word as which it is read."""
    return re.sub(r"[\s·.\-_*|/]+", "", folded(text))


def _said(word: str, tight: str) -> bool:
    """Does the word stand there, other than denied?"""
    return any(
        not tight[: match.start()].endswith(_NOT) for match in re.finditer(re.escape(word), tight)
    )


def _english(pattern: re.Pattern[str], text: str) -> list[str]:
    low = folded(text)
    return [
        match[0] for match in pattern.finditer(low) if not _NOT_ENGLISH.search(low[: match.start()])
    ]
