"""What a roster would do to a school, row by row, before anything is done.

Pure: the rows of a file and what is on record in, a plan out. The plan's digest lets the page that
showed it and the deed that does it be the same plan, or be shown again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from participation.accounts.roster import Problem, RefusedRow, Roster, RosterRow

ADD, CHANGE, LEAVE, REFUSE = "add", "change", "leave", "refuse"
DEEDS: Final = (ADD, CHANGE, LEAVE, REFUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPupil:
    """A pupil on record; `grade`, `number` and `year` are those of the present class."""

    person_id: int
    pupil_number: str
    legal_name: str
    gender: str
    born: date
    year: int
    grade: int
    number: int
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change. `field` is a column of the roster, `class` or `left`."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """What one row of the file would do."""

    row: int
    deed: str
    pupil_number: str
    legal_name: str
    wanted: RosterRow | None = None
    person_id: int = 0
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The whole plan: a line for each row in order, and pupils on record whom the file lacks."""

    year: int
    lines: tuple[PlanLine, ...]
    missing: tuple[KnownPupil, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A fingerprint of everything that the plan would do."""
        facts = [
            [
                line.row,
                line.deed,
                line.person_id,
                *([change.field, change.before, change.after] for change in line.changes),
                str(line.wanted) if line.deed == ADD else "",
            ]
            for line in self.lines
        ]
        facts.append([self.year, *(pupil.person_id for pupil in self.missing)])
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()

    def doing(self, deed: str) -> tuple[PlanLine, ...]:
        """The lines that would do this deed."""
        return tuple(line for line in self.lines if line.deed == deed)

    def classes(self) -> set[tuple[int, int]]:
        """Grade and number of every class that the accepted rows name."""
        return {(line.wanted.grade, line.wanted.number) for line in self.lines if line.wanted}


def make_plan(
    roster: Roster, known: Sequence[KnownPupil], *, school_code: str, year: int, whole: bool
) -> ImportPlan:
    """Compare a roster with the pupils on record.

    `year` is the school year of the classes in the file. `whole` says that the file lists the
    whole school; otherwise only pupils of the classes that it names can be missing from it.
    """
    by_number = {pupil.pupil_number: pupil for pupil in known}
    accepted = [
        _compare(row, by_number.get(row.pupil_number), school_code, year) for row in roster.rows
    ]
    lines = sorted([*accepted, *map(_refused, roster.refused)], key=lambda line: line.row)
    plan = ImportPlan(year=year, lines=tuple(lines), missing=())
    return ImportPlan(
        year=year,
        lines=plan.lines,
        missing=tuple(_missing(plan, known, whole)),
        counts={deed: len(plan.doing(deed)) for deed in DEEDS},
    )


def _refused(row: RefusedRow) -> PlanLine:
    return PlanLine(
        row=row.row,
        deed=REFUSE,
        pupil_number=row.pupil_number,
        legal_name=row.legal_name,
        problems=row.problems,
    )


def _compare(row: RosterRow, pupil: KnownPupil | None, school_code: str, year: int) -> PlanLine:
    if row.school_code and row.school_code != school_code:
        wrong = Problem(row.row, "school_code", "other_school", row.school_code)
        return PlanLine(
            row=row.row,
            deed=REFUSE,
            pupil_number=row.pupil_number,
            legal_name=row.legal_name,
            problems=(wrong,),
        )
    changes = _changes(row, pupil, year) if pupil else ()
    return PlanLine(
        row=row.row,
        deed=ADD if pupil is None else CHANGE if changes else LEAVE,
        pupil_number=row.pupil_number,
        legal_name=row.legal_name,
        wanted=row,
        person_id=pupil.person_id if pupil else 0,
        changes=changes,
    )


def _changes(row: RosterRow, pupil: KnownPupil, year: int) -> tuple[Change, ...]:
    """What the file says otherwise; a gender that it does not say stays as it is."""
    pairs = (
        ("legal_name", pupil.legal_name, row.legal_name),
        ("gender", pupil.gender, row.gender or pupil.gender),
        ("born", f"{pupil.born:%Y-%m}", f"{row.born:%Y-%m}"),
        (
            "class",
            f"{pupil.year}/{pupil.grade}/{pupil.number}",
            f"{year}/{row.grade}/{row.number}",
        ),
        ("left", "yes" if pupil.has_left else "", ""),
    )
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


def _missing(plan: ImportPlan, known: Sequence[KnownPupil], whole: bool) -> list[KnownPupil]:
    """Present pupils whom no row names, refused rows included: a slip must not make one leave."""
    named = {line.pupil_number for line in plan.lines}
    classes = plan.classes()
    return [
        pupil
        for pupil in known
        if not pupil.has_left
        and pupil.pupil_number not in named
        and (whole or (pupil.grade + plan.year - pupil.year, pupil.number) in classes)
    ]
