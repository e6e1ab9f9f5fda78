"""Why a text comes back or stays unpublished: codes for the record, words for desk and child.

The codes follow the classes of the Regulation on the Protection of Minors in Cyberspace (arts 22,
24–27) and of its 2026 measures; a minor's likeness and personal data are codes of their own. What
the child reads is put together here, in the language that the child wrote in, for her age band;
the moderator sees it and may change it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from participation.kernel.tables import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`label` for the desk; `mend` follows "please"; `because` follows "because it"."""

    code: str
    label: Words
    mend: Words
    because: Words


def _reason(
    code: str, label: tuple[str, str], mend: tuple[str, str], why: tuple[str, str]
) -> Reason:
    said = [Words(zh=zh, en=en) for zh, en in (label, mend, why)]
    return Reason(code=code, label=said[0], mend=said[1], because=said[2])


REASONS: Final = (
    _reason(
        "name",
        ("写了真名", "A real name"),
        ("把全名删掉，这样别人就找不到你们", "take out the full name, so that nobody can find you"),
        ("里面有真名", "has a real name in it"),
    ),
    _reason(
        "contact",
        ("写了电话、住址或账号", "A phone number, address or account"),
        (
            "把电话、住址和账号删掉，这样别人就找不到你",
            "take out the phone number, address or account, so that nobody can find you",
        ),
        ("里面有电话、住址或账号", "has a phone number, an address or an account in it"),
    ),
    _reason(
        "hurtful",
        ("伤到别人", "Hurts somebody"),
        ("换个说法，不要伤到别人", "say it another way, so that it hurts nobody"),
        ("里面有会伤到别人的话", "could hurt somebody"),
    ),
    _reason(
        "off_topic",
        ("和话题没关系", "Not about this matter"),
        ("说说和这件事有关的想法", "tell us what you think about this matter"),
        ("说的不是这件事", "is about something else"),
    ),
    _reason(
        "privacy",
        ("说了别人的私事", "Somebody else's private life"),
        ("别写别人的私事", "leave out what is private to somebody else"),
        ("里面有别人的私事", "tells what is private to somebody else"),
    ),
    _reason(
        "image",
        ("用了别的孩子的样子", "Another child's image"),
        (
            "别写别的孩子长什么样、照片在哪里",
            "leave out how another child looks and where pictures are",
        ),
        ("会让人认出别的孩子", "could let people recognise another child"),
    ),
    _reason(
        "unclear",
        ("看不明白", "Can't be understood"),
        (
            "再写清楚一点，我们很想看懂",
            "write it a little more clearly; we would like to understand",
        ),
        ("我们没有看懂", "could not be understood"),
    ),
    _reason(
        "advert",
        ("广告或网址", "Advertising or a link"),
        ("把广告和网址删掉", "take out the advertising or the link"),
        ("里面有广告或网址", "has advertising or a link in it"),
    ),
    _reason(
        "unlawful",
        ("不该让孩子看到的内容", "Not fit for children, or against the law"),
        ("把不适合孩子看的内容删掉", "take out what is not fit for children to see"),
        ("里面有不适合孩子看的内容", "has something in it that is not fit for children to see"),
    ),
)
BY_CODE: Final[Mapping[str, Reason]] = {reason.code: reason for reason in REASONS}

YOUNGEST: Final = "a"
LIST: Final = "{list}"
FRAMES: Final[Mapping[tuple[str, bool], Words]] = {
    ("returned", True): Words(
        zh="你的话我们看到啦。请你{list}。改好了再交给我们。",
        en="We read what you wrote. Please {list}. Then send it to us again.",
    ),
    ("returned", False): Words(
        zh="你的主意我们看到了。请{list}，再交一次。",
        en="We read your idea. Please {list}, and send it again.",
    ),
    ("refused", True): Words(
        zh="这条没有发出来，因为{list}。你还可以换个说法再说。",
        en="We did not publish this, because it {list}. You can say it another way.",
    ),
    ("refused", False): Words(
        zh="这条没有发出来，因为{list}。你的话只有你自己看得到，你可以换个说法再说。",
        en="We did not publish this, because it {list}. Only you can see it; you can say it "
        "another way.",
    ),
}
"""By verdict and whether for the youngest; `{list}` is where the reasons go."""

JOINS: Final = Words(zh="；", en="; ")
ESCALATED: Final = Words(
    zh="谢谢你告诉我们。这条不会公开，保护老师会认真看。要是现在就需要人帮你，点“我要帮助”。",
    en="Thank you for telling us. This will not be public; a safeguarding officer will read it "
    "with care. If you need somebody now, press “I need help”.",
)

_CHINESE: Final = re.compile("[\u3400-\u9fff]")


def known(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that exist, each once, in the order of the table."""
    return tuple(reason.code for reason in REASONS if reason.code in codes)


def language_of(text: str) -> str:
    """The language to answer in: Chinese where the child wrote any Chinese, else English."""
    return "zh-Hans" if _CHINESE.search(text) or not text.strip() else "en"


def frame(verdict: str, band: str, locale: str) -> str:
    """The sentence around the reasons, with `{list}` in their place."""
    return FRAMES[verdict, band == YOUNGEST].in_locale(locale)


def child_sentence(verdict: str, codes: Sequence[str], *, band: str, locale: str) -> str:
    """What the child reads for this verdict and these reasons; empty where there is none.

    `verdict` is one of the four, `band` an age band (a, b, c).
    """
    if verdict == "escalated":
        return ESCALATED.in_locale(locale)
    if verdict == "approved" or not known(codes):
        return ""
    clauses = [
        getattr(BY_CODE[code], "mend" if verdict == "returned" else "because").in_locale(locale)
        for code in known(codes)
    ]
    return frame(verdict, band, locale).replace(LIST, JOINS.in_locale(locale).join(clauses))
