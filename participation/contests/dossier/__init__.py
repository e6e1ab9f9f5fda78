"""What the unit that decides receives when a call has ended: a report in both languages, and a CSV.

Pure: the call, protected figures, the works that were chosen, how the jury worked; plain JSON
values out, in the shape that `deliveries.papers` names. A sealed dossier can't be changed, but a
child may end the use of her work any day (R66): so no picture goes into it, only where it hangs.
"""

from collections.abc import Iterator
from typing import Any

from participation.contests.call import ShownCall
from participation.contests.dossier.facts import Block, Facts, JudgedRound, ListedWork
from participation.contests.dossier.parts import (
    choice_part,
    day_words,
    days,
    findings_part,
    jury_part,
    missing_part,
    reach_part,
    rights_part,
    works_part,
)
from participation.contests.dossier.points import TONGUES, points_of
from participation.contests.recognition import no_admission
from participation.kernel.i18n import _, speaking
from participation.kernel.tables import Words

__all__ = (
    "Facts",
    "JudgedRound",
    "ListedWork",
    "contents",
    "points_of",
    "title_of",
)


def contents(call: ShownCall, facts: Facts) -> dict[str, Any]:
    """Everything that `deliveries.send_dossier` seals, without the points."""
    reports = {}
    for tongue, locale in TONGUES.items():
        with speaking(locale):
            reports[tongue] = report(call, facts)
    return {
        "schema": 1,
        "subject": str(call.subject),
        "title": dict(title_of(call)),
        "unit": dict(call.unit),
        "due_on": facts.due_on.isoformat() if facts.due_on else None,
        "n": facts.figures.reach.n.value,
        "reports": reports,
        "rows": rows(facts),
        "figures": facts.figures.to_json(),
    }


def title_of(call: ShownCall) -> Words:
    """The title of the dossier in both languages."""
    made = {}
    for tongue, locale in TONGUES.items():
        with speaking(locale):
            made[tongue] = _("征集结果：%(title)s", title=call.title.in_locale(locale))
    return Words(made)


def report(call: ShownCall, facts: Facts) -> dict[str, Any]:
    """The data of templates/paper/report.typ, in the current language."""
    return {
        "title": _("征集结果"),
        "subtitle": _("%(title)s · %(days)s", title=str(call.title), days=days(facts)),
        "site": _("童声"),
        "counted": _("个孩子交了作品"),
        "meta": [
            {"label": _("送给"), "value": f"{call.unit} · {call.official}"},
            {"label": _("答应孩子回音的日子"), "value": day_words(facts.due_on)},
            {"label": _("收作品的日子"), "value": days(facts)},
        ],
        "sections": [
            _section("findings", _("先看这里"), findings_part(call, facts)),
            _section("works", _("入围和入选的作品"), works_part(call, facts)),
            _section("jury", _("评委怎么评的"), jury_part(call, facts)),
            _section("choice", _("孩子们选的"), choice_part(call, facts)),
            _section("reach", _("谁交了作品"), reach_part(facts)),
            _section("missing", _("谁没怎么来"), missing_part(facts)),
            _section("rights", _("作品可以怎么用"), rights_part(call)),
        ],
        "footer": _("作品是孩子的。%(line)s。", line=no_admission()),
    }


def _section(part: str, heading: str, blocks: Iterator[Block]) -> Block:
    return {"part": part, "heading": heading, "blocks": list(blocks)}


def rows(facts: Facts) -> list[list[str | int]]:
    """The CSV: the chosen works by their code, its head first; in the language of the source."""
    head: list[str | int] = ["code", "band", "level", "chosen_by_children", "title", "names", "url"]
    return [
        head,
        *(
            [
                work.code,
                work.band,
                work.level,
                int(work.by_children) if facts.choice_told else "",
                work.title,
                "; ".join(filter(None, work.names)),
                work.url,
            ]
            for work in facts.listed
        ),
    ]
