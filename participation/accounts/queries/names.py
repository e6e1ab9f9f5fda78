"""The names of a school's pupils, kept ready for screening: ten minutes, and only so many."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from participation.kernel.clock import now
from participation.kernel.database import database
from participation.kernel.quick import Quick

KEPT_FOR: Final = 600.0
"""Seconds: so late, at most, is a name of a new pupil known."""
MOST_NAMES: Final = 60_000
"""All schools together, about 8 MB; beyond that the school asked for longest ago goes."""
MOST_OF_A_SCHOOL: Final = 20_000

_NAMES: Final = Quick(
    "SELECT DISTINCT legal_name FROM accounts_people"
    " WHERE school_id = :school AND role = 'child' AND left_at IS NULL LIMIT :most"
)

_SCHOOL: Final = Quick(
    "SELECT name ->> 'zh', name ->> 'en' FROM accounts_schools WHERE id = :school"
)

Key = tuple[str, int]


class _Kept:
    """The schools asked for last, with the moment until which their names count."""

    def __init__(self) -> None:
        self._schools: OrderedDict[Key, tuple[float, frozenset[str]]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, moment: float) -> frozenset[str] | None:
        """The names kept for a school, if they are not too old."""
        with self._lock:
            until, names = self._schools.get(key, (0.0, frozenset()))
            if not until - KEPT_FOR <= moment < until:
                return None
            self._schools.move_to_end(key)
            return names

    def keep(self, key: Key, moment: float, names: frozenset[str]) -> None:
        """Keep the names of a school, and let go what is too much."""
        with self._lock:
            self._schools[key] = (moment + KEPT_FOR, names)
            self._schools.move_to_end(key)
            count = sum(len(kept) for _until, kept in self._schools.values())
            while count > MOST_NAMES and len(self._schools) > 1:
                count -= len(self._schools.popitem(last=False)[1][1])


_kept: Final = _Kept()
_kept_schools: Final = _Kept()


def roster_names(school_id: int) -> frozenset[str]:
    """The legal names of a school's present pupils, at most ten minutes old.

    They serve to find a name in a text and go nowhere else. A light unit may ask as well.
    """
    key, moment = (database().url, school_id), now().timestamp()
    names = _kept.find(key, moment)
    if names is None:
        rows = _NAMES.all(school=school_id, most=MOST_OF_A_SCHOOL)
        names = frozenset(name for (name,) in rows)
        _kept.keep(key, moment, names)
    return names


def school_names(school_id: int) -> frozenset[str]:
    """The names of a school in both tongues, at most ten minutes old; a light unit may ask too."""
    key, moment = (database().url, school_id), now().timestamp()
    names = _kept_schools.find(key, moment)
    if names is None:
        rows = _SCHOOL.all(school=school_id)
        names = frozenset(name for row in rows for name in row if name)
        _kept_schools.keep(key, moment, names)
    return names
