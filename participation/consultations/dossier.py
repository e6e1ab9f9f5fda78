"""What a decision maker receives: the six parts of R18 as a report in both languages, and a CSV.

Pure: the frozen topic, the protected figures and the cleared quotes in, plain JSON values out. The
same input gives the same contents, so that the seal of a dossier means something.

The parts are counts, themes, minority views, cleared quotes, who answered (n, days, channels) and
who is missing; each section names its part, and a report that lacks one is refused.
"""

from collections.abc import Iterator
from typing import Any, Final

from participation.consultations.report import (
    Block,
    Facts,
    counts_part,
    days,
    findings_part,
    hidden_part,
    minority_part,
    missing_part,
    quotes_part,
    reach_part,
    themes_part,
)
from participation.consultations.telling import answers_words, table_rows
from participation.consultations.topic import Topic
from participation.figures.publish import Published
from participation.kernel.i18n import _, say_date, speaking
from participation.kernel.tables import Words

PARTS: Final = ("counts", "themes", "minority", "quotes", "reach", "missing")
TONGUES: Final = {"zh": "zh-Hans", "en": "en"}


class PartMissing(ValueError):
    """A report without one of the six parts."""


def contents(topic: Topic, figures: Published, facts: Facts) -> dict[str, Any]:
    """Everything that `deliveries.send_dossier` seals. Raises `PartMissing`."""
    reports = {}
    for tongue, locale in TONGUES.items():
        with speaking(locale):
            reports[tongue] = complete(report(topic, figures, facts))
    return {
        "schema": 1,
        "subject": str(topic.subject),
        "title": dict(title_of(topic, figures, facts)),
        "unit": dict(topic.unit),
        "due_on": facts.due_on.isoformat() if facts.due_on else None,
        "n": figures.reach.n.value,
        "reports": reports,
        "rows": table_rows(topic, figures, facts.districts),
        "figures": figures.to_json(),
    }


def title_of(topic: Topic, figures: Published, facts: Facts) -> Words:
    """The title with the number of answers and the days, so that nobody over-claims (R76)."""
    made = {}
    for tongue, locale in TONGUES.items():
        with speaking(locale):
            made[tongue] = _(
                "%(title)s（%(answers)s，%(days)s）",
                title=topic.title.in_locale(locale),
                answers=answers_words(figures.reach.n),
                days=days(facts),
            )
    return Words(made)


def complete(made: dict[str, Any]) -> dict[str, Any]:
    """The report, if it has all six parts with something in each; else `PartMissing`."""
    there = {section["part"] for section in made["sections"] if section["blocks"]}
    for part in PARTS:
        if part not in there:
            raise PartMissing(part)
    return made


def report(topic: Topic, figures: Published, facts: Facts) -> dict[str, Any]:
    """The data of templates/paper/report.typ, in the current language."""
    due = say_date(facts.due_on, year=True) if facts.due_on else _("没有写")
    return {
        "title": _("孩子们的意见"),
        "subtitle": _(
            "%(title)s · %(answers)s · %(days)s · 网上",
            title=str(topic.title),
            answers=answers_words(figures.reach.n),
            days=days(facts),
        ),
        "site": _("童声"),
        "meta": [
            {"label": _("送给"), "value": f"{topic.unit} · {topic.official}"},
            {"label": _("答应孩子回音的日子"), "value": due},
            {"label": _("孩子回答的日子"), "value": days(facts)},
            {"label": _("怎么回答的"), "value": _("在网上，用学校发的卡")},
        ],
        "sections": [
            section("findings", _("先看这里"), findings_part(topic, figures)),
            section("counts", _("孩子们怎么选"), counts_part(topic, figures, facts)),
            section("themes", _("要回答的每一点"), themes_part(topic, figures, facts)),
            section("minority", _("少数人的看法"), minority_part(facts)),
            section("quotes", _("原话"), quotes_part(topic, facts)),
            section("reach", _("谁回答了"), reach_part(topic, figures, facts)),
            section("missing", _("谁没怎么说到话"), missing_part(topic, figures, facts)),
            section("hidden", _("没有写出来的数字"), hidden_part(topic, figures, facts)),
        ],
        "footer": _("这里的数字只说明回答了的孩子怎么想，不代表全市儿童。"),
    }


def section(part: str, heading: str, blocks: Iterator[Block]) -> dict[str, Any]:
    """One section of a report; `part` says which of the six it is."""
    return {"part": part, "heading": heading, "blocks": list(blocks)}
