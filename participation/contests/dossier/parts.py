"""The sections of a dossier's report, in the current language, as blocks of report.typ."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from participation.contests.call import ShownCall
from participation.contests.dossier.facts import (
    PANELS,
    STAGES,
    Block,
    Facts,
    JudgedRound,
    ListedWork,
    band_words,
)
from participation.contests.dossier.points import points_of
from participation.contests.jury.report import LETTERS, STEMS, mark
from participation.contests.recognition import level_words
from participation.figures.publish import Reach
from participation.figures.words import FEW
from participation.kernel.i18n import _, current_locale, ngettext, say_date, say_number

FEW_SCHOOLS: Final = 3


def day_words(day: date | None) -> str:
    return say_date(day, year=True) if day else _("没有写")


def days(facts: Facts) -> str:
    first, last = say_date(facts.opened_on, year=True), say_date(facts.closed_on, year=True)
    return _("%(first)s 至 %(last)s", first=first, last=last)


def _paragraph(text: str) -> Block:
    return {"type": "p", "text": text}


def findings_part(call: ShownCall, facts: Facts) -> Iterator[Block]:
    few = facts.figures.reach.n.value is None
    yield {
        "type": "stats",
        "items": [
            {"value": _number(facts.figures.reach), "label": _("个孩子交了作品")},
            {"value": "—" if few else say_number(facts.works), "label": _("件作品")},
            {"value": schools_words(facts.schools), "label": _("所学校")},
            {"value": say_number(len(facts.listed) + facts.left_out), "label": _("件入围和入选")},
        ],
    }
    yield _paragraph(_("请回答下面的问题，说清为什么、从哪一天起，再写一段给孩子看的话："))
    asked = [str(words) for _key, words in points_of(call)]
    yield {"type": "list", "items": asked, "ordered": True}


def schools_words(count: int) -> str:
    """How many schools; below three only that it is below."""
    return _("不到 3") if count < FEW_SCHOOLS else say_number(count)


def _number(reach: Reach) -> str:
    return "—" if reach.n.value is None else say_number(reach.n.value)


def works_part(call: ShownCall, facts: Facts) -> Iterator[Block]:
    if not facts.listed:
        yield _paragraph(_("这次不评，也不排。交来的作品都在下面的地址。"))
    else:
        yield _paragraph(_("按编号排，不分先后。作品是什么样，请打开地址看：孩子随时可以收回。"))
    for level in ("adopted", "selected", "shortlisted"):
        chosen = [work for work in facts.listed if work.level == level]
        yield from _works_of(level_words(level), chosen)
    if facts.left_out:
        more = facts.left_out
        yield _paragraph(
            ngettext("还有 %(num)d 件没有列出来。", "还有 %(num)d 件没有列出来。", more)
        )
    yield {
        "type": "address",
        "title": _("看作品"),
        "text": _("现在可以给大家看的作品都挂在这里。"),
        "url": facts.url,
        "qr_svg": facts.qr_svg,
        "qr_alt": _("这次征集的地址"),
    }


def _works_of(level: str, chosen: Sequence[ListedWork]) -> Iterator[Block]:
    if not chosen:
        return
    yield {"type": "h", "text": level}
    shown = [work for work in chosen if work.hangs]
    if shown:
        yield {"type": "quotes", "items": [_said(work) for work in shown]}
        yield {"type": "list", "items": [f"{work.code} {work.url}" for work in shown]}
    if len(shown) < len(chosen):
        yield _paragraph(_("下面这些，孩子或家长没有同意公开，只写编号："))
        hidden = [f"{work.code} · {band_words(work.band)}" for work in chosen if not work.hangs]
        yield {"type": "list", "items": hidden}


def _said(work: ListedWork) -> Block:
    """What its child says about a work, under title, code, names as chosen, and band."""
    title = _("《%(title)s》", title=work.title)
    names = _("、").join(name or _("不写名字的同学") for name in work.names)
    by = " · ".join(filter(None, (work.code, names, band_words(work.band))))
    block = {"text": f"{title}\n{work.words}" if work.words else title, "by": by}
    return {**block, "tag": _("孩子们选的")} if work.by_children else block


def jury_part(call: ShownCall, facts: Facts) -> Iterator[Block]:
    if not call.ranked:
        yield _paragraph(_("这次不评。"))
        return
    yield _paragraph(_("评委只看到作品和编号，看不到名字和学校。评委在这里也只用代号。"))
    if call.criteria:
        yield {"type": "list", "items": [str(one.title) for one in call.criteria]}
    if not facts.rounds:
        yield _paragraph(_("没有评审记录。"))
    for one in facts.rounds:
        yield from _round(one)


def _round(one: JudgedRound) -> Iterator[Block]:
    signs = STEMS if current_locale() == "zh-Hans" else LETTERS
    heading = f"{PANELS.get(one.panel, one.panel)} · {STAGES.get(one.stage, one.stage)}"
    yield {
        "type": "table",
        "caption": heading,
        "columns": [{"label": _("评委")}, {"label": _("看了几件"), "align": "end"}],
        "rows": [
            [mark(number, len(one.jurors), signs), say_number(judged)]
            for number, judged in one.jurors
        ],
        "note": _(
            "%(works)s 件作品，每件应有 %(quorum)s 位评委看，最少的一件有 %(fewest)s 位看。",
            works=one.works,
            quorum=one.quorum,
            fewest=one.fewest,
        )
        + (_("有评委没评完就结束了。") if one.partial else ""),
    }


def choice_part(call: ShownCall, facts: Facts) -> Iterator[Block]:
    if call.choice == "none":
        yield _paragraph(_("这次没有孩子投票。"))
    elif not facts.choice_told:
        yield _paragraph(_("孩子投票还没有结束，结束以前谁也看不到。"))
    else:
        liked = [work for work in facts.listed if work.by_children]
        yield _paragraph(_("一个孩子一票，不记名。票数不公开，只写选出了哪几件。"))
        yield {"type": "list", "items": [_named(work) for work in liked] or [_("没有选出作品。")]}


def _named(work: ListedWork) -> str:
    return f"{work.code} " + _("《%(title)s》", title=work.title) if work.hangs else work.code


def reach_part(facts: Facts) -> Iterator[Block]:
    heads = {"band": _("年龄段"), "district": _("区")}
    for dimension, lines in facts.figures.reach_by.items():
        yield {
            "type": "table",
            "caption": heads[dimension],
            "columns": [
                {"label": heads[dimension]},
                {"label": _("交了作品的孩子"), "align": "end"},
            ],
            "rows": [[_line(dimension, one.line, facts), _cell(one)] for one in lines],
        }
    yield _paragraph(_("“—”是人数太少，或者写出来就能推算出别的数，所以不写。"))


def _line(dimension: str, line: str, facts: Facts) -> str:
    if dimension == "band":
        return band_words(line)
    return str(facts.districts.get(int(line), line))


def _cell(reach: Reach) -> str | Block:
    return _number(reach) if reach.n.value is not None else {"text": "—", "hidden": True}


def missing_part(facts: Facts) -> Iterator[Block]:
    quiet = [
        _line(dimension, one.line, facts)
        for dimension, lines in facts.figures.reach_by.items()
        for one in lines
        if one.n.why == FEW
    ]
    if facts.figures.reach.n.value is None:
        yield _paragraph(_("来的孩子太少，说不出谁没来。"))
    elif quiet:
        yield _paragraph(_("这些孩子里没有人来，或者只来了几个。别的孩子不能代表他们："))
        yield {"type": "list", "items": quiet}
    else:
        yield _paragraph(_("每个年龄段、每个区都有孩子交作品。"))


def rights_part(call: ShownCall) -> Iterator[Block]:
    yield {
        "type": "facts",
        "items": [
            {"label": _("做什么"), "value": str(call.use_for)},
            {"label": _("在哪里"), "value": str(call.use_where)},
            {
                "label": _("多久"),
                "value": ngettext(
                    "%(num)d 年，从家长同意那天起", "%(num)d 年，从家长同意那天起", call.years
                ),
            },
        ],
    }
    yield {
        "type": "callout",
        "title": _("超出这些，要先问孩子和家长"),
        "text": _("作品是孩子的。孩子和家长随时可以不再让人用。用的时候照孩子选的写名字。"),
        "tone": "privacy",
    }
