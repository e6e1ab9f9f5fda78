"""Whose works a juror must not judge: found by pseudonyms, so that nobody need know who made them.

A juror's own school and classes are known, the authors of works only by HMAC(key, person × call):
the keys of all children of her schools are derived and looked for among the authors. Family is in
no table; a juror says it herself by one tap (`judging.recuse_work`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlalchemy import select

from participation.contests.models import Author, Conflict, Entry, Juror
from participation.contests.naming import author_key, call_subject
from participation.contests.queries.panels import children_of_schools, circles_of
from participation.kernel.database import session
from participation.kernel.pseudonyms import school_key

OWN, CLASS, SCHOOL = "own", "class", "school"
ORDER: Final = (OWN, CLASS, SCHOOL)

Why = dict[tuple[int, bytes], str]
"""Of (juror, work), why she must not judge it."""


def found_conflicts(call_id: int, jurors: Iterable[Juror]) -> Why:
    """The conflicts that pseudonyms tell, the nearest reason of each."""
    seats = {juror.person_id: juror.id for juror in jurors}
    if not seats:
        return {}
    works = _works_by_author(call_id)
    by_school = _works_by_school(call_id)
    schools, classes = _circles(seats)
    children = children_of_schools({one for some in schools.values() for one in some})
    keys = {child: author_key(child, call_id) for child, _school, _class in children}
    found: Why = {}
    for person_id, juror_id in seats.items():
        for entry_id in works.get(author_key(person_id, call_id), ()):
            _nearest(found, juror_id, entry_id, OWN)
        for school_id in schools[person_id]:
            for entry_id in by_school.get(school_key(school_id, call_subject(call_id)), ()):
                _nearest(found, juror_id, entry_id, SCHOOL)
    for why, juror_id, child in _near(seats, schools, classes, children):
        for entry_id in works.get(keys[child], ()):
            _nearest(found, juror_id, entry_id, why)
    return found


def _near(
    seats: Mapping[int, int],
    schools: Mapping[int, set[int]],
    classes: Mapping[int, set[int]],
    children: Iterable[tuple[int, int, int | None]],
) -> Iterator[tuple[str, int, int]]:
    """Of each child near to a juror: why, the juror, the child."""
    members = defaultdict(list)
    for person_id, some in schools.items():
        for school_id in some:
            members[school_id].append(person_id)
    for child, school_id, class_id in children:
        for person_id in members[school_id]:
            why = CLASS if class_id in classes[person_id] else SCHOOL
            yield why, seats[person_id], child


def _nearest(found: Why, juror_id: int, entry_id: bytes, why: str) -> None:
    before = found.get((juror_id, entry_id))
    if before is None or ORDER.index(why) < ORDER.index(before):
        found[juror_id, entry_id] = why


def _circles(person_ids: Iterable[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The schools and the classes of each person."""
    schools: defaultdict[int, set[int]] = defaultdict(set)
    classes: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, school_id, class_id in circles_of(person_ids):
        if school_id:
            schools[person_id].add(school_id)
        if class_id:
            classes[person_id].add(class_id)
    return schools, classes


def _works_by_author(call_id: int) -> dict[bytes, list[bytes]]:
    works: dict[bytes, list[bytes]] = {}
    found = select(Author.participant, Author.entry_id).where(Author.call_id == call_id)
    for participant, entry_id in session().execute(found):
        works.setdefault(participant, []).append(entry_id)
    return works


def _works_by_school(call_id: int) -> dict[bytes, list[bytes]]:
    works: dict[bytes, list[bytes]] = {}
    found = select(Entry.school, Entry.id).where(
        Entry.call_id == call_id, Entry.standing == "approved"
    )
    for school, entry_id in session().execute(found):
        works.setdefault(school, []).append(entry_id)
    return works


def kept_conflicts(jurors: Iterable[Juror]) -> dict[tuple[int, bytes], str]:
    """The conflicts that are written down already."""
    found = session().execute(
        select(Conflict.juror_id, Conflict.entry_id, Conflict.why).where(
            Conflict.juror_id.in_([juror.id for juror in jurors])
        )
    )
    return {(juror_id, entry_id): why for juror_id, entry_id, why in found}
