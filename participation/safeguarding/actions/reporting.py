"""The report that the law demands: to police, civil affairs or education, at once.

Source: 未成年人保护法 art. 11 para. 2 – whoever works in close touch with children and finds that
one is harmed, seems to be harmed or is in danger shall report at once. Nobody investigates first,
and what the author withdraws changes nothing.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.working import SEE_FIRST
from participation.safeguarding.happenings import ConcernReported, ReportNumbered
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.policies import may_add_number, may_work_on_concern
from participation.safeguarding.queries.concerns import line_of

OFFICES: Final = ("police", "civil_affairs", "education")
WAYS: Final = ("phone", "writing")
MOST_REPORT: Final = 6000
MOST_NUMBER: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report: when, to which office and person, how, under what number, what was told.

    `at` is an aware moment; `office` one of `OFFICES`, `way` one of `WAYS`.
    """

    at: datetime | None
    office: str
    unit: str
    person: str
    way: str
    number: str
    text: str


def report_concern(who: Any, concern: Concern, report: Report) -> LogLine:
    """Put a report that was made into the log, sealed; there may be several of one concern.

    Raises `RulesBroken` for what is missing: everything but the reference number, which an office
    may give later (`add_number`).
    """
    may_work_on_concern.require(who, concern, now())
    if concern.state == "new":
        raise RuleBroken(SEE_FIRST)
    _complete(report)
    told = asdict(report) | {"at": report.at.isoformat() if report.at else ""}
    line = write_line(concern, "report", who.person_id, told)
    announce(ConcernReported(subject=subject_of(concern), by=who.person_id))
    return line


def _complete(report: Report) -> None:
    broken = []
    if report.at is None:
        broken.append(RuleBroken(_l("什么时候报的？"), field="at"))
    elif report.at > now():
        broken.append(RuleBroken(_l("这个时间还没有到"), field="at"))
    if report.office not in OFFICES:
        broken.append(RuleBroken(_l("选一个部门"), field="office"))
    if report.way not in WAYS:
        broken.append(RuleBroken(_l("选一下怎么报的"), field="way"))
    for name in ("unit", "person", "text"):
        if not getattr(report, name):
            broken.append(RuleBroken(_l("这里还空着"), field=name))
    if broken:
        raise RulesBroken(broken)


def add_number(who: Any, concern: Concern, line_id: int, number: str) -> None:
    """Put the reference number of a report beside it, which an office often gives days later.

    The report itself stays as it was written. Raises `RuleBroken` on `number` without one, and
    `Missing` where this concern has no such report; also possible once a concern is closed.
    """
    may_add_number.require(who, concern, now())
    if line_of(concern, line_id, "report") is None:
        raise Missing
    if not number:
        raise RuleBroken(_l("这里还空着"), field="number")
    told = {"report": line_id, "number": number[:MOST_NUMBER]}
    write_line(concern, "number", who.person_id, told)
    announce(ReportNumbered(subject=subject_of(concern), by=who.person_id))
