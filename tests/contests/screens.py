"""What page tests of works share: a whole form, an upload, what to find on a page."""

import io
from typing import Any

from sqlalchemy import select

from participation.contests.models import Entry
from participation.contests.naming import entry_subject
from participation.kernel.database import session, unit_of_work
from participation.media.queries import files_of
from tests.media.stage import picture
from tests.support.browser import Browser, Page

HURT = "爸爸喝酒就打我，昨天又打了"
WHOLE = {
    "title": "会唱歌的斑马线",
    "words": "我想让车慢下来。",
    "alt": "三个孩子走在斑马线上。",
    "ai": "none",
    "name_form": "nickname",
}


def upload(page: Browser, address: str, content: bytes | None = None, **more: Any) -> Page:
    data = {"file": (io.BytesIO(content or picture()), "滑梯.jpg")}
    return page.post(address, data, content_type="multipart/form-data", **more)


def source_in(page: Page, part: str) -> str:
    """The address of the first picture whose address holds this."""
    found = (one.get("src") or "" for one in page.all("img"))
    return next(source for source in found if part in source)


def version_in(page: Page, case_id: int) -> str:
    return page.fields(f"/desk/moderation/cases/{case_id}/decide")["version"]


def one_entry() -> Entry:
    with unit_of_work(writes=False):
        return session().scalars(select(Entry)).one()


def no_entry() -> bool:
    with unit_of_work(writes=False):
        return session().scalars(select(Entry)).all() == []


def own_subject(key: str) -> Any:
    return entry_subject(bytes.fromhex(key))


def file_id() -> str:
    with unit_of_work(writes=False):
        return files_of(own_subject(one_entry().id.hex()))[0].id
