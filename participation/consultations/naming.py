"""The words for the codes of the tally: bands, genders, answers, reasons for hiding a number."""

from collections.abc import Mapping
from typing import Final

from participation.accounts.ages import BANDS
from participation.kernel.i18n import LazyWords, _l

GENDERS: Final[Mapping[str, LazyWords]] = {
    "f": _l("女孩"),
    "m": _l("男孩"),
    "x": _l("没有写性别的"),
}
DIMENSIONS: Final[Mapping[str, LazyWords]] = {
    "all": _l("所有人"),
    "band": _l("按年龄段"),
    "district": _l("按区"),
    "gender": _l("按性别"),
}
HEADS: Final[Mapping[str, LazyWords]] = {
    "all": _l("所有人"),
    "band": _l("年龄段"),
    "district": _l("区"),
    "gender": _l("性别"),
}
"""What a line of a breakdown is, as the head of a column."""
FACES: Final[Mapping[str, LazyWords]] = {
    "1": _l("很不好"),
    "2": _l("不太好"),
    "3": _l("一般"),
    "4": _l("还不错"),
    "5": _l("很好"),
}
OTHER_ANSWERS: Final[Mapping[str, LazyWords]] = {
    "dk": _l("我不知道"),
    "skip": _l("跳过了"),
}
HIDDEN: Final[Mapping[str, LazyWords]] = {
    "few": _l("人数太少，写出来可能认出是谁"),
    "base": _l("这一组不到 30 人，百分比不可靠，也可能认出人"),
    "schools": _l("只来自一两所学校，写出来可能认出是哪所"),
    "secondary": _l("写出来就能推算出旁边藏起来的数"),
    "uniform": _l("这一组几乎都选了同一个"),
}


def band_words(band: str) -> str:
    """The name of an age band; empty for none."""
    return str(BANDS[band]) if band in BANDS else ""


def breakdown_words(wording: object, dimension: str) -> str:
    """The caption of one breakdown: the question and by what it is broken down."""
    return f"{wording} · {DIMENSIONS[dimension]}"


def hidden_words(why: str | None) -> str:
    """Why a number is not shown, in one sentence."""
    return str(HIDDEN[why]) if why and why in HIDDEN else ""
