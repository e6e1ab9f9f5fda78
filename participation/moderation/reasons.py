"""Why a text comes back or stays unpublished: codes for the record, words for desk and child.

Each reason belongs to one class of content of the Regulation on the Protection of Minors in
Cyberspace (网络保护条例 22–27, 38) or of the measures of 2026 on the four kinds of information
that may affect minors; a minor's likeness and personal data are classes of their own (R59). Two
reasons are rules of the house alone. What the child reads is put together here, in the language
that the child wrote in, for her age band; the moderator sees it and may change it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from participation.kernel.tables import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`label` for the desk; `mend` follows "please"; `because` follows "because it"; `law` is the
    class of content (`CLASSES`)."""

    code: str
    law: str
    label: Words
    mend: Words
    because: Words


def _reason(
    code: str, law: str, label: tuple[str, str], mend: tuple[str, str], why: tuple[str, str]
) -> Reason:
    said = [Words(zh=zh, en=en) for zh, en in (label, mend, why)]
    return Reason(code=code, law=law, label=said[0], mend=said[1], because=said[2])


CLASSES: Final[Mapping[str, Words]] = {
    "personal": Words(
        zh="不当披露个人信息（2026 年办法第四类；网络保护条例第三十八条）",
        en="Personal data disclosed (fourth class of the 2026 measures; Regulation, art. 38)",
    ),
    "image": Words(
        zh="不当使用未成年人形象（2026 年办法第三类）",
        en="A minor's likeness used wrongly (third class of the 2026 measures)",
    ),
    "bullying": Words(
        zh="欺凌、侮辱（网络保护条例第二十六条）", en="Bullying, insult (Regulation, art. 26)"
    ),
    "imitation": Words(
        zh="可能让人模仿不安全行为（2026 年办法第一类；网络保护条例第二十三、二十四条）",
        en="Could lead to unsafe imitation (first class of the 2026 measures; Regulation, arts "
        "23–24)",
    ),
    "values": Words(
        zh="可能影响价值观（2026 年办法第二类）",
        en="Could harm values (second class of the 2026 measures)",
    ),
    "harmful": Words(
        zh="危害身心健康的内容（网络保护条例第二十二、二十五条）",
        en="Content that harms body or mind (Regulation, arts 22, 25)",
    ),
    "crime": Words(
        zh="教唆、引诱做违法的事（网络保护条例第二十七条）",
        en="Inciting to break the law (Regulation, art. 27)",
    ),
    "commercial": Words(
        zh="商业营销（网络保护条例第二十四条）", en="Marketing (Regulation, art. 24)"
    ),
    "house": Words(zh="这里的规矩", en="The rules of this site"),
}
"""The classes of R59 in the words of the record, and the house's own."""


REASONS: Final = (
    _reason(
        "name",
        "personal",
        ("写了真名", "A real name"),
        ("把全名删掉，这样别人就找不到你们", "take out the full name, so that nobody can find you"),
        ("里面有真名", "has a real name in it"),
    ),
    _reason(
        "contact",
        "personal",
        ("写了电话、住址或账号", "A phone number, address or account"),
        (
            "把电话、住址和账号删掉，这样别人就找不到你",
            "take out the phone number, address or account, so that nobody can find you",
        ),
        ("里面有电话、住址或账号", "has a phone number, an address or an account in it"),
    ),
    _reason(
        "hurtful",
        "bullying",
        ("伤到别人", "Hurts somebody"),
        ("换个说法，不要伤到别人", "say it another way, so that it hurts nobody"),
        ("里面有会伤到别人的话", "could hurt somebody"),
    ),
    _reason(
        "off_topic",
        "house",
        ("和话题没关系", "Not about this matter"),
        ("说说和这件事有关的想法", "tell us what you think about this matter"),
        ("说的不是这件事", "is about something else"),
    ),
    _reason(
        "privacy",
        "personal",
        ("说了别人的私事", "Somebody else's private life"),
        ("别写别人的私事", "leave out what is private to somebody else"),
        ("里面有别人的私事", "tells what is private to somebody else"),
    ),
    _reason(
        "image",
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
        "house",
        ("看不明白", "Can't be understood"),
        (
            "再写清楚一点，我们很想看懂",
            "write it a little more clearly; we would like to understand",
        ),
        ("我们没有看懂", "could not be understood"),
    ),
    _reason(
        "advert",
        "commercial",
        ("广告或网址", "Advertising or a link"),
        ("把广告和网址删掉", "take out the advertising or the link"),
        ("里面有广告或网址", "has advertising or a link in it"),
    ),
    _reason(
        "unlawful",
        "harmful",
        ("不该让孩子看到的内容", "Not fit for children, or against the law"),
        ("把不适合孩子看的内容删掉", "take out what is not fit for children to see"),
        ("里面有不适合孩子看的内容", "has something in it that is not fit for children to see"),
    ),
    _reason(
        "unsafe",
        "imitation",
        ("学着做会受伤", "Somebody could get hurt by copying it"),
        (
            "把危险的做法删掉，免得别人学着做会受伤",
            "take out what is dangerous, so that nobody gets hurt by copying it",
        ),
        (
            "里面有危险的做法，别人学着做会受伤",
            "has something dangerous in it that others could copy",
        ),
    ),
    _reason(
        "values",
        "values",
        ("拿钱、长相、出身分高低", "Ranks people by money, looks or origin"),
        (
            "别用钱、长相或者从哪里来比高低",
            "do not rank people by money, looks or where they come from",
        ),
        (
            "里面用钱、长相或者从哪里来比高低",
            "ranks people by money, looks or where they come from",
        ),
    ),
    _reason(
        "incites",
        "crime",
        ("叫人做违法的事", "Asks others to break the law"),
        ("把叫别人做坏事的话删掉", "take out what asks others to do wrong"),
        ("里面叫别人做坏事", "asks others to do wrong"),
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

TAKEN_DOWN: Final[Mapping[tuple[str, bool], Words]] = {
    ("returned", True): Words(
        zh="你的话先收起来了。请你{list}。改好了再交给我们。",
        en="We have put your words away for now. Please {list}. Then send it to us again.",
    ),
    ("returned", False): Words(
        zh="你的话先不给别人看了。请{list}，再交一次。",
        en="Others do not see your words for now. Please {list}, and send it again.",
    ),
    ("refused", True): Words(
        zh="你的话不再给别人看了，因为{list}。你还可以换个说法再说。",
        en="We no longer show your words, because it {list}. You can say it another way.",
    ),
    ("refused", False): Words(
        zh="你的话不再公开了，因为{list}。只有你自己看得到，你可以换个说法再说。",
        en="Your words are not public any more, because it {list}. Only you can see it; you can "
        "say it another way.",
    ),
}
"""The same for words that had been published (a report)."""

APPEAL_GRANTED: Final = Words(
    zh="我们又看了一次，你说得对，这句话没有问题。谢谢你告诉我们。",
    en="We looked again, and you were right: nothing is wrong with it. Thank you for telling us.",
)
APPEAL_UPHELD: Final = Words(
    zh="另一位老师又看了一次，和上次的决定一样，因为{list}。你还可以换个说法再说。",
    en="Another moderator looked again and decided the same, because it {list}. You can say it "
    "another way.",
)
BARRED: Final = Words(
    zh="你的话通过了。有几个字遮住了，别人看不到。",
    en="Your words are approved. A few of them are covered, so that others do not see them.",
)

REPORTS: Final[Mapping[str, Words]] = {
    "personal": Words(
        zh="有人的名字、电话或住址", en="It has somebody's name, number or address in it"
    ),
    "hurtful": Words(zh="会伤到人", en="It hurts somebody"),
    "unfit": Words(zh="不适合孩子看", en="It is not fit for children"),
    "other": Words(zh="别的", en="Something else"),
}
"""What a reader may say against something published."""

JOINS: Final = Words(zh="；", en="; ")
ESCALATED: Final = Words(
    zh="谢谢你告诉我们。这条不会公开，保护老师会认真看。要是现在就需要人帮你，点“我要帮助”。",
    en="Thank you for telling us. This will not be public; a safeguarding officer will read it "
    "with care. If you need somebody now, press “I need help”.",
)

_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile("[A-Za-z]{2}")


def known(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that exist, each once, in the order of the table."""
    return tuple(reason.code for reason in REASONS if reason.code in codes)


def language_of(text: str) -> str:
    """The language to answer in: Chinese where the child wrote any Chinese, else English."""
    return "zh-Hans" if _CHINESE.search(text) or not text.strip() else "en"


def tongue_of(text: str) -> str:
    """Which moderators can read a text: `en` where it has words of Latin letters and no Chinese."""
    return "en" if _LATIN.search(text) and not _CHINESE.search(text) else "zh"


def frame(verdict: str, band: str, locale: str, kind: str = "text") -> str:
    """The sentence around the reasons, with `{list}` in their place."""
    if kind == "appeal":
        return APPEAL_UPHELD.in_locale(locale)
    frames = TAKEN_DOWN if kind == "report" else FRAMES
    return frames[verdict, band == YOUNGEST].in_locale(locale)


def child_sentence(
    verdict: str,
    codes: Sequence[str],
    *,
    band: str,
    locale: str,
    kind: str = "text",
    bars: bool = False,
) -> str:
    """What the child reads for this verdict and these reasons; empty where there is nothing to say.

    `verdict` is one of the four, `band` an age band (a, b, c), `kind` that of the case; `bars` says
    that places are blacked out.
    """
    if verdict == "escalated":
        return ESCALATED.in_locale(locale)
    if verdict == "approved":
        said = APPEAL_GRANTED if kind == "appeal" else BARRED if bars else None
        return said.in_locale(locale) if said else ""
    if not known(codes):
        return ""
    clauses = [
        getattr(BY_CODE[code], "mend" if verdict == "returned" else "because").in_locale(locale)
        for code in known(codes)
    ]
    return frame(verdict, band, locale, kind).replace(LIST, JOINS.in_locale(locale).join(clauses))
