"""Works whose call is over, with what became of them: what the tests of recognition play on."""

import io
import re
from datetime import timedelta
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from participation.contests.call import ShownCall
from participation.contests.models import Author, Call, Criterion, Entry, Outcome
from participation.contests.naming import version_name
from participation.contests.queries import call_of
from participation.deliveries.actions import AnswerText, ReplyText, give_reply
from participation.deliveries.queries import dossier_of
from participation.kernel import versions
from participation.kernel.clock import today
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.contests.stage import who
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


def moved_to(call: ShownCall, state: str, **changes: Any) -> ShownCall:
    """The call in this state, with these other columns."""
    with unit_of_work():
        values = {"state": state} | changes
        session().execute(update(Call).where(Call.id == call.id).values(**values))
        versions.grow(version_name(call.id))
        return call_of(call.id)


def judged(entry: Entry, level: str = "shown", *, liked: int | None = 0, **changes: Any) -> None:
    """What became of a work; `liked` is the place of the criterion that was liked, or None."""
    with unit_of_work():
        wanted = select(Criterion.id).where(
            Criterion.call_id == entry.call_id, Criterion.place == liked
        )
        liked_id = session().scalar(wanted) if liked is not None else None
        row = {"entry_id": entry.id, "call_id": entry.call_id, "level": level}
        session().merge(Outcome(**(row | {"liked_id": liked_id} | changes)))


def call_of_work(entry: Entry) -> ShownCall:
    """The call of a work as it stands now."""
    with unit_of_work(writes=False):
        return call_of(entry.call_id)


def answered(call: ShownCall, cast: Cast, settings: Settings, words: str = "十月挂出来。") -> None:
    """The official answers every point of the call's dossier; `words` are those for children."""
    with unit_of_work():
        dossier = dossier_of(call.subject)
        assert dossier is not None
        answers = [
            AnswerText(
                point_id=point.id,
                outcome="adopted",
                reason="孩子们画得清楚，我们看懂了哪里难走。",
                next_step="挂在公交站。",
                next_on=(today() + timedelta(days=60)).isoformat(),
                children_zh=words,
                children_en="We will hang them up in October.",
            )
            for point in dossier.points
        ]
        text = ReplyText(greeting_zh="谢谢你们。", greeting_en="Thank you.", answers=answers)
        give_reply(who(cast.official, settings), dossier, text)


def change(entry: Entry, table: Any, **values: Any) -> None:
    """Change the work's row, or the licences of its authors."""
    mine = select(Author.id).where(Author.entry_id == entry.id)
    where = table.id == entry.id if table is Entry else table.author_id.in_(mine)
    with unit_of_work():
        session().execute(update(table).where(where).values(**values))


def text_of(paper: bytes) -> str:
    """The words of a PDF, without the breaks of its lines."""
    pages = PdfReader(io.BytesIO(paper)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def fetch(who: Browser, address: str) -> TestResponse:
    """A paper."""
    answer = who.client.get(address)
    assert answer.status_code == 200, address
    return answer


def send(who: Browser, address: str, name_form: str = "nickname") -> bytes:
    """Have a certificate made."""
    sent = {"csrf_token": who.token(), "name_form": name_form}
    answer = who.client.post(address, data=sent)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def on_card(page: Page) -> str:
    """The words of the card itself."""
    return next(words for words in page.words("section") if "谢谢你" in words)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
