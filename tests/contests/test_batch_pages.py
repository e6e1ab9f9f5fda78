"""The pages of a class's batch: its teacher's, her children's, and who must not see them."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.models import Author, Batch, BatchSheet, Entry
from participation.contests.naming import batch_subject, entry_subject
from participation.kernel.database import session, unit_of_work
from participation.media.queries import files_of
from participation.settings import Settings
from tests.contests.snapping import photo_of
from tests.contests.stage import published_call
from tests.media.stage import picture
from tests.media.stage import work as run_worker
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

TITLE = "会唱歌的斑马线"


@pytest.fixture
def home(cast: Cast, drawings: ShownCall) -> str:
    return f"/desk/classes/{cast.school_class.id}/works/{drawings.id}"


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    return browser.as_(cast.teacher)


def upload(desk: Browser, home: str, *contents: bytes, **more: Any) -> Page:
    files = [(io.BytesIO(one), f"画{place}.jpg") for place, one in enumerate(contents)]
    more = {"content_type": "multipart/form-data"} | more
    return desk.post(f"{home}/photos", {"file": files} if files else {}, **more)


def paper(desk: Browser, address: str) -> bytes:
    """A paper that is asked for by a button."""
    answer = desk.client.post(address, data={"csrf_token": desk.token()})
    assert answer.mimetype == "application/pdf" and answer.status_code == 200
    content = answer.get_data()
    assert content.startswith(b"%PDF")
    return content


def shown(page: Page) -> int:
    """How many photos a page shows."""
    return sum("/files/" in (one.get("src") or "") for one in page.all("img"))


def sheet_of(person: Person) -> BatchSheet:
    with unit_of_work(writes=False):
        return session().scalars(select(BatchSheet).where(BatchSheet.person_id == person.id)).one()


def typed(*people: Person, title: str = TITLE) -> dict[str, Any]:
    """What the form of these rows sends."""
    keys = [sheet_of(one).id.hex() for one in people]
    data: dict[str, Any] = {"row": keys}
    for key in keys:
        data |= {f"title-{key}": title, f"words-{key}": "慢一点。", f"ai-{key}": "none"}
        data |= {f"own-{key}": "y", f"shown-{key}": "y"}
    return data


def bring(desk: Browser, home: str, *people: Person) -> None:
    """Slips, photos and rows of these children, up to the handing in."""
    paper(desk, f"{home}/slips")
    contents = [photo_of(sheet_of(one).id, seed=n + 1) for n, one in enumerate(people)]
    upload(desk, home, *contents)
    run_worker()
    desk.post(f"{home}/rows", typed(*people) | {"go": "hand-in"})


def entries_now() -> list[Entry]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(Entry).order_by(Entry.id)))


class TestRoad:
    def test_from_the_class_to_the_slips(self, desk: Browser, cast: Cast, home: str) -> None:
        page = desk.get(f"/desk/classes/{cast.school_class.id}")
        page = desk.get(page.links["替班里交作品"])
        page = desk.get(page.links["我家门前的路"])
        assert "替班里交作品" in page.h1 and cast.unconsented.pupil_number in page.text
        assert "孙阿柚" not in page.text, "who lacks consent is named by number alone"
        with unit_of_work(writes=False):
            assert session().scalars(select(Batch)).all() == [], "looking begins nothing"
        paper(desk, f"{home}/slips")
        assert "还没有照片" not in desk.get(home).text, "an untouched row scolds nobody"

    def test_photos_rows_and_slips_for_guardians(
        self, desk: Browser, cast: Cast, home: str
    ) -> None:
        paper(desk, f"{home}/slips")
        upload(desk, home, photo_of(sheet_of(cast.child).id), picture())
        run_worker()
        page = desk.get(home)
        assert shown(page) == 2 and "还没有对上的 1" in " ".join(page.words("h3"))
        key = sheet_of(cast.child).id.hex()
        half = typed(cast.child) | {"go": "hand-in", f"ai-{key}": ""}
        desk.post(f"{home}/rows", half)
        page = desk.get(home)
        assert (
            "选一个：AI 有没有帮忙" in page.text
            and page.fields(f"{home}/rows")[f"title-{key}"] == TITLE
        )
        desk.post(f"{home}/rows", typed(cast.child) | {"go": "hand-in"})
        page = desk.get(home)
        assert "交上去了" in page.text and shown(page) == 1
        paper(desk, f"{home}/licences")

    def test_saving_keeps_everything_and_hands_in_nothing(
        self, desk: Browser, cast: Cast, home: str
    ) -> None:
        paper(desk, f"{home}/slips")
        desk.post(f"{home}/rows", typed(cast.child, title="长" * 60) | {"go": "save"})
        page = desk.get(home)
        assert page.fields(f"{home}/rows")[f"title-{sheet_of(cast.child).id.hex()}"] == "长" * 60
        assert "最多 20 个字" in page.text and entries_now() == []

    def test_by_hand_and_undone(self, desk: Browser, cast: Cast, home: str) -> None:
        paper(desk, f"{home}/slips")
        upload(desk, home, picture())
        run_worker()
        with unit_of_work(writes=False):
            batch = session().scalars(select(Batch)).one()
            (file,) = files_of(batch_subject(batch.id))
        key = sheet_of(cast.child).id.hex()
        desk.post(f"{home}/photos/{file.id}/match", {"row": key})
        assert len(entries_now()) == 1
        desk.post(f"{home}/rows", typed(cast.child) | {"off": key})
        assert entries_now() == []
        page = desk.get(home)
        assert page.fields(f"{home}/rows")[f"title-{key}"] == TITLE, (
            "the words that she typed are kept"
        )
        desk.post(f"{home}/photos/{file.id}/drop")
        assert shown(desk.get(home)) == 0

    def test_the_end(self, desk: Browser, cast: Cast, home: str) -> None:
        bring(desk, home, cast.child)
        desk.post(f"{home}/end")
        assert len(entries_now()) == 1 and desk.get(home).status == 200
        desk.post(f"{home}/end", status=404)


class TestWrong:
    def test_no_file_and_no_picture(self, desk: Browser, home: str) -> None:
        paper(desk, f"{home}/slips")
        assert "先选照片" in upload(desk, home, status=422).text
        page = upload(desk, home, b"<svg onload=alert(1)>", status=422)
        assert "第 1 张" in page.text

    def test_what_is_fine_of_several_is_kept(self, desk: Browser, home: str) -> None:
        paper(desk, f"{home}/slips")
        page = upload(desk, home, picture(), b"no picture")
        assert "收到 1 张照片" in page.text and "第 2 张" in page.text

    def test_more_than_a_request_takes(self, desk: Browser, home: str) -> None:
        paper(desk, f"{home}/slips")
        page = upload(desk, home, *[picture(n) for n in range(7)])
        assert "收到 5 张照片" in page.text and "一次最多 5 张" in page.text

    def test_before_the_slips(self, desk: Browser, home: str) -> None:
        assert "先印纸条" in upload(desk, home, picture(), status=422).text
        desk.post(f"{home}/licences")
        desk.post(f"{home}/end", status=404)

    def test_a_row_of_nobody(self, desk: Browser, home: str) -> None:
        paper(desk, f"{home}/slips")
        for key in ("00" * 16, "zz", ""):
            desk.post(f"{home}/rows", {"row": [key], "go": "save"}, status=404)

    def test_a_call_that_takes_no_pictures(self, desk: Browser, cast: Cast) -> None:
        lyrics = published_call(cast, "lyrics")
        desk.get(f"/desk/classes/{cast.school_class.id}/works/{lyrics.id}", status=403)


DEEDS = ("slips", "photos", "rows", "licences", "end")


class TestWhoMustNotSee:
    @pytest.mark.parametrize("part", ["stranger", "child", "moderator", "secretary", "juror"])
    def test_who_is_no_teacher(self, browser: Browser, cast: Cast, home: str, part: str) -> None:
        other = browser.as_(getattr(cast, part))
        other.get(home, status=403)
        other.get(f"/desk/classes/{cast.school_class.id}/works", status=403)
        for deed in DEEDS:
            other.post(f"{home}/{deed}", status=403)

    def test_another_teacher(
        self, app: Any, settings: Settings, desk: Browser, cast: Cast, home: str
    ) -> None:
        bring(desk, home, cast.child)
        far = Browser(app, settings).as_(cast.far_teacher)
        far.get(home, status=404)
        far.get(f"/desk/classes/{cast.school_class.id}/works", status=404)
        for deed in DEEDS:
            far.post(f"{home}/{deed}", status=404)
        far_home = home.replace(
            f"/classes/{cast.school_class.id}/", f"/classes/{cast.far_class.id}/"
        )
        assert TITLE not in far.get(far_home).text
        far.post(f"{far_home}/rows", typed(cast.child) | {"go": "hand-in"}, status=404)

    def test_a_rehearsal(self, desk: Browser, cast: Cast) -> None:
        secret = published_call(cast, rehearsal=True)
        desk.get(f"/desk/classes/{cast.school_class.id}/works/{secret.id}", status=404)

    def test_the_teacher_learns_nothing_of_verdicts(
        self, desk: Browser, cast: Cast, home: str
    ) -> None:
        bring(desk, home, cast.child)
        before = bare(desk.get(home))
        for standing in ("approved", "returned", "refused", "disqualified", "withdrawn"):
            with unit_of_work():
                session().get_one(Entry, entries_now()[0].id).standing = standing
            assert bare(desk.get(home)) == before

    def test_the_teacher_learns_nothing_of_her_children_s_own_works(
        self, app: Any, settings: Settings, desk: Browser, cast: Cast, home: str
    ) -> None:
        paper(desk, f"{home}/slips")
        before = bare(desk.get(home))
        child = Browser(app, settings).as_(cast.middle_child)
        address = f"/calls/{home.rpartition('/')[2]}/hand-in"
        child.post(address, {"title": "我自己的画", "ai": "none", "go": "save"})
        assert len(entries_now()) == 1 and bare(desk.get(home)) == before


def bare(page: Page) -> list[str]:
    """What stands on a page for its reader."""
    return page.words("main")


class TestChild:
    def test_she_sees_that_a_teacher_handed_it_in_and_undoes_it_by_one_tap(
        self, app: Any, settings: Settings, desk: Browser, cast: Cast, home: str
    ) -> None:
        bring(desk, home, cast.child, cast.middle_child)
        child = Browser(app, settings).as_(cast.child)
        page = child.get("/me")
        assert "老师替你交的" in page.text and TITLE in page.text
        (entry,) = [one for one in entries_now() if one.band == "a"]
        key = entry.id.hex()
        assert "老师替你交的" in child.get(f"/works/{key}/mine").text
        child.post(f"/works/{key}/not-mine")
        page = child.get("/me")
        assert TITLE not in page.text
        child.get(f"/works/{key}/mine", status=404)
        middle = Browser(app, settings).as_(cast.middle_child)
        middle.post(f"/works/{key}/not-mine", status=404)
        (other,) = [one for one in entries_now() if one.band == "b"]
        middle.post(f"/works/{other.id.hex()}/withdraw")
        with unit_of_work(writes=False):
            assert {one.standing for one in session().scalars(select(Entry))} == {"withdrawn"}
            for one in session().scalars(select(Author)):
                assert files_of(entry_subject(one.entry_id)) == []

    def test_before_it_is_in_she_sees_nothing_of_it(
        self, app: Any, settings: Settings, desk: Browser, cast: Cast, home: str
    ) -> None:
        paper(desk, f"{home}/slips")
        upload(desk, home, photo_of(sheet_of(cast.child).id))
        run_worker()
        child = Browser(app, settings).as_(cast.child)
        (entry,) = entries_now()
        child.get(f"/works/{entry.id.hex()}/mine", status=404)
        assert "老师替你交的" not in child.get("/me").text

    def test_both_languages(self, desk: Browser, cast: Cast, home: str) -> None:
        bring(desk, home, cast.child)
        assert desk.get(home, headers={"Accept-Language": "en"}).status == 200
