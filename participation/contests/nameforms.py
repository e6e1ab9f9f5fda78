"""How an author is named in public: her nickname, 林某, or not at all; never more (R69)."""

from typing import Final

NICKNAME: Final = "nickname"
SURNAME: Final = "surname"
NONE: Final = "none"
_SOMEBODY: Final = "某"
_TWO: Final = """
    欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 端木 宇文 长孙 南宫 百里
    闻人 申屠 淳于 单于 太史 钟离 独孤 轩辕 呼延 赫连 万俟 澹台
"""
_DOUBLE: Final = frozenset(_TWO.split())
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fff"


def surname_form(legal_name: str) -> str:
    """王小满 → 王某, 欧阳小满 → 欧阳某; empty for a name that is not written so."""
    name = legal_name.strip()
    if not name or not all(_FIRST_HAN <= letter <= _LAST_HAN for letter in name):
        return ""
    length = 2 if name[:2] in _DOUBLE and len(name) > 2 else 1
    return name[:length] + _SOMEBODY


def name_forms(nickname: str, legal_name: str) -> dict[str, str]:
    """The forms that a child may choose from, each with what would stand there."""
    forms = {NICKNAME: nickname, SURNAME: surname_form(legal_name)}
    return {**{form: shown for form, shown in forms.items() if shown}, NONE: ""}
