"""Works that hang, as every page shows them: gallery, choice, notice, print sheet and dossier.

What hangs is decided in `queries.hanging` alone, at the moment of asking.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from participation.accounts.queries import district_list
from participation.contests.drawn import Place
from participation.contests.models import Author, Entry, Licence
from participation.contests.naming import entry_subject
from participation.contests.queries.files import RECORDING, sorted_files
from participation.contests.queries.hanging import hanging
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from participation.media.queries import FileView, files_of_many, public_address

KEY: Final = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as pages show it: addresses for everybody, and the size of the medium one."""

    small: str
    medium: str
    large: str
    small_width: int
    medium_width: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class HungWork:
    """A work that hangs. `names` as each author wants to be named, "" for who is not named.

    `until` is the last day of the shortest of its authors' licences.
    """

    id: bytes
    call_id: int
    place: Place
    title: str
    words: str
    alt: str
    text: str
    band: str
    district: Words
    theme_id: int | None
    school: bytes
    names: tuple[str, ...]
    until: date
    uses: frozenset[int]
    pictures: tuple[Picture, ...]
    sound: str
    files: tuple[FileView, ...]

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.id.hex()

    @property
    def stanzas(self) -> list[list[str]]:
        """Lyrics as they are set: stanzas of lines."""
        blocks = self.text.replace("\r\n", "\n").split("\n\n")
        parted = ([line.strip() for line in block.split("\n") if line.strip()] for block in blocks)
        return [lines for lines in parted if lines]


def hung_work(key: str) -> HungWork:
    """The work of this key, if it hangs at this moment; raises `Missing`."""
    row = session().scalar(select(Entry).where(Entry.id == id_of(key), hanging(now())))
    if row is None:
        raise Missing
    return as_hung([row])[0]


def hung_works(ids: Iterable[bytes]) -> dict[bytes, HungWork]:
    """Those of these works that hang at this moment, by id."""
    listed = list(ids)
    if not listed:
        return {}
    rows = session().scalars(
        select(Entry).where(Entry.id.in_(listed), hanging(now())).order_by(Entry.id)
    )
    return {one.id: one for one in as_hung(list(rows))}


def is_hung(subject: Subject) -> bool:
    """May everybody see this work now? Asked for each of its files that leaves the house."""
    wanted = select(Entry.id).where(Entry.id == id_of(subject.id), hanging(now()))
    return session().scalar(wanted) is not None


def id_of(key: str) -> bytes:
    """The id in an address; raises `Missing` for what can be none."""
    try:
        held = bytes.fromhex(key)
    except ValueError as problem:
        raise Missing from problem
    if len(held) != KEY or held.hex() != key:
        raise Missing
    return held


def place_of(row: Entry) -> Place:
    return Place(row.shuffle, row.id)


@dataclass(slots=True)
class _Rights:
    names: list[str]
    until: date
    uses: frozenset[int]


def _rights_of(ids: Sequence[bytes]) -> dict[bytes, _Rights]:
    """How the authors of works want to be named, until when all allow it, and what all allow."""
    rows = session().execute(
        select(Author.entry_id, Author.name_form, Author.shown_as, Licence.until, Licence.uses)
        .join(Licence, Licence.author_id == Author.id)
        .where(Author.entry_id.in_(ids))
        .order_by(Author.entry_id, Author.lead.desc(), Author.id)
    )
    found: dict[bytes, _Rights] = {}
    for row in rows:
        name, uses = "" if row.name_form == "none" else row.shown_as, frozenset(row.uses)
        known = found.setdefault(row.entry_id, _Rights([], row.until, uses))
        known.names.append(name)
        known.until, known.uses = min(known.until, row.until), known.uses & uses
    return found


def as_hung(rows: Sequence[Entry]) -> tuple[HungWork, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    rights, files = _rights_of(ids), files_of_many(map(entry_subject, ids))
    districts = {one.id: one.name for one in district_list()}
    return tuple(
        _work(row, rights[row.id], files[entry_subject(row.id)], districts) for row in rows
    )


def _work(
    row: Entry, rights: _Rights, files: Sequence[FileView], districts: Mapping[int, Words]
) -> HungWork:
    ready = [file for file in files if file.is_ready]
    shown = map(picture_of, sorted_files(ready).pictures)
    sounds = (public_address(file, "sound") for file in ready if file.slot == RECORDING)
    return HungWork(
        id=row.id,
        call_id=row.call_id,
        place=place_of(row),
        title=row.title,
        words=row.words,
        alt=row.alt,
        text=row.text,
        band=row.band,
        district=districts.get(row.district_id, Words()),
        theme_id=row.theme_id,
        school=row.school,
        names=tuple(rights.names),
        until=rights.until,
        uses=rights.uses,
        pictures=tuple(one for one in shown if one is not None),
        sound=next(filter(None, sounds), ""),
        files=tuple(ready),
    )


def picture_of(file: FileView) -> Picture | None:
    """The public addresses of a picture; None where it has none."""
    small, medium = file.renditions.get("small"), file.renditions.get("medium")
    if not file.is_ready or small is None or medium is None:
        return None
    return Picture(
        small=public_address(file, "small"),
        medium=public_address(file, "medium"),
        large=public_address(file, "large") or public_address(file, "medium"),
        small_width=small.width or 0,
        medium_width=medium.width or 0,
        width=medium.width or 0,
        height=medium.height or 0,
    )
