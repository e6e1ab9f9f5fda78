"""What the tests of the gallery share: a picture on a work, files opened, works taken down."""

from typing import Any

from sqlalchemy import event, select, update

from participation.contests.models import Author, Entry, Licence
from participation.contests.naming import entry_subject
from participation.kernel.database import database, session, unit_of_work
from tests.media import stage as files
from tests.support.browser import Browser, Page


def hang(entry: Entry, slot: str = "picture-1") -> str:
    """Give a work a pressed picture; the id of its file."""
    data = files.picture()
    return files.pressed(data, subject=entry_subject(entry.id), slot=slot).id


def sources(page: Page) -> list[str]:
    return [one.get("src") or "" for one in page.all("img") if "/files/" in (one.get("src") or "")]


def opened(visitor: Browser, address: str) -> int:
    """Open the address of a file, wholly; the status of the answer."""
    with visitor.client.get(address) as answer:
        return answer.status_code if answer.get_data() else 0


class Counted:
    """The statements of a block."""

    def __enter__(self) -> list[str]:
        self.found: list[str] = []
        event.listen(database().engine, "before_cursor_execute", self._note)
        return self.found

    def _note(self, _c: Any, _k: Any, statement: str, *_more: Any) -> None:
        self.found.append(statement)

    def __exit__(self, *_problem: object) -> None:
        event.remove(database().engine, "before_cursor_execute", self._note)


def change(entry: Entry, **values: Any) -> None:
    """Change a work without telling the pages: only the moment of asking can know."""
    with unit_of_work():
        session().execute(update(Entry).where(Entry.id == entry.id).values(**values))


def licence(entry: Entry, **values: Any) -> None:
    with unit_of_work():
        mine = update(Licence).where(
            Licence.author_id.in_(select(Author.id).where(Author.entry_id == entry.id))
        )
        session().execute(mine.values(**values).execution_options(synchronize_session=False))
