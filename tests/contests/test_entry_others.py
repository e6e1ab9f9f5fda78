"""Pages of a work as a guardian, a moderator, an officer, a reader and strangers see them."""

import re

import pytest
from sqlalchemy import select

from participation.contests.actions import licences
from participation.contests.call import ShownCall
from participation.contests.models import Licence
from participation.contests.queries.own import own_work
from participation.kernel.database import session, unit_of_work
from participation.media.queries import files_of
from participation.moderation.actions import claim_next
from participation.moderation.models import Case
from participation.settings import Settings
from tests.contests.screens import (
    WHOLE,
    file_id,
    one_entry,
    own_subject,
    source_in,
    upload,
    version_in,
)
from tests.contests.stage import approved, handed_in, who, work
from tests.media.stage import work as run_worker
from tests.support.browser import Browser
from tests.support.cast import Cast


class TestGuardian:
    @pytest.fixture
    def slip(self, browser: Browser, cast: Cast, drawings: ShownCall) -> str:
        """The code of a fresh slip of an approved work."""
        entry = work(drawings, cast.child, standing="approved", uses=[drawings.uses[0].id])
        page = browser.as_(cast.child).post(f"/works/{entry.id.hex()}/slip")
        assert page.h1 == "给家长的纸条" and "<svg" in page.text
        return next(
            "".join(one.itertext()) for one in page.all("p") if "data-licence-code" in one.attrib
        )

    def test_she_sees_what_is_asked_and_decides(
        self, browser: Browser, slip: str, drawings: ShownCall, cast: Cast
    ) -> None:
        page = browser.post("/licence", {"code": slip.lower()})
        assert page.h1 == "孩子的作品，请您决定"
        for told in ("小满", "会唱歌的斑马线", "童声网站和市少年宫", "可以展出在公交站"):
            assert told in page.text
        assert cast.child.legal_name not in page.text and "可以印在明信片上" not in page.text
        assert not [one for one in page.all("input") if one.get("checked") is not None]
        answers = [one.get("class") for one in page.all("button") if one.get("name") == "decision"]
        assert len(answers) == 2 and answers[0] == answers[1]
        sent = {"guardian": "y", "decision": "agreed", "use": str(drawings.uses[0].id)}
        page = browser.post(f"/licence/{slip}", sent)
        assert page.h1 == "谢谢，记下了"
        fresh = re.search(r"data-fresh-code>([^<]+)<", page.text)
        assert fresh is not None
        with unit_of_work(writes=False):
            found = session().scalars(select(Licence)).one()
        assert (found.guardian, found.uses) == ("agreed", [drawings.uses[0].id])
        browser.get(f"/licence/{slip}", status=404)
        browser.post(f"/licence/{fresh[1]}", {"guardian": "y", "decision": "refused"})
        with unit_of_work(writes=False):
            assert session().scalars(select(Licence.guardian)).one() == "withdrawn"

    def test_a_decision_is_needed(self, browser: Browser, slip: str) -> None:
        page = browser.post(f"/licence/{slip}", {"decision": "agreed"}, status=422)
        assert "请先打勾" in page.text
        browser.post(f"/licence/{slip}", {"guardian": "y"}, status=422)

    def test_wrong_codes(self, browser: Browser) -> None:
        assert "用不了" in browser.post("/licence", {"code": "ABCD"}, status=422).text
        browser.get("/licence/ABCD-EFGH-JKLM-NP", status=404)
        assert browser.get("/licence").h1 == "孩子的作品，请您决定"

    def test_the_picture_is_for_whoever_holds_the_slip(
        self, browser: Browser, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        run_worker()
        child.post(road, {**WHOLE, "go": "send"})
        with unit_of_work():
            own = own_work(who(cast.middle_child, settings), one_entry().id.hex())
            code = licences.print_slip(who(cast.middle_child, settings), own, days=14)
        page = browser.get(f"/licence/{code}")
        source = source_in(page, "licence")
        with browser.client.get(source) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/webp")
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.data[:4] == b"RIFF"
        browser.post(f"/licence/{code}", {"guardian": "y", "decision": "refused"})
        assert browser.client.get(source).status_code == 404

    def test_the_child_ends_the_use(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = approved(drawings, cast.child)
        key, child = entry.id.hex(), browser.as_(cast.child)
        assert "现在挂在画廊里" in child.get(f"/works/{key}/mine").text
        assert child.get(f"/works/{key}/end-use").h1 == "不让我们再用你的作品？"
        page = child.post(f"/works/{key}/end-use")
        assert "这个作品不再用了" in page.text and "现在挂在画廊里" not in page.text


class TestDesk:
    @pytest.fixture
    def held(self, browser: Browser, cast: Cast, drawings: ShownCall) -> tuple[int, str]:
        """A case in the moderator's hand, and the key of its work."""
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        child.post(road, {**WHOLE, "go": "send"})
        run_worker()
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            return case.id, one_entry().id.hex()

    def test_she_sees_the_picture_and_no_child(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, key = held
        page = browser.as_(cast.moderator).get(f"/desk/moderation/cases/{case_id}")
        pictures = [one for one in page.all("img") if "exhibits__picture" in one.get("class", "")]
        assert len(pictures) == 1 and "V" in page.text
        assert WHOLE["title"] in page.text
        assert cast.middle_child.nickname not in page.text
        assert f"/desk/works/{key}/pictures/picture-1" in page.links.values()

    def test_approving_takes_the_ticks(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, _key = held
        desk = browser.as_(cast.moderator)
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {"version": version_in(page, case_id), "verdict": "approved"}
        page = desk.post(f"/desk/moderation/cases/{case_id}/decide", sent, status=422)
        assert "每一样都看过、勾上了，才能通过" in page.text
        sent["marks"] = ["seen:people", "seen:names", "seen:own"]
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        assert one_entry().standing == "approved"

    def test_covers_are_hers_who_holds_it(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, key = held
        address = f"/desk/works/{key}/pictures/picture-1"
        desk = browser.as_(cast.moderator)
        assert desk.get(address).h1 == "遮住图上的地方"
        browser.as_(cast.second_moderator).get(address, status=404)
        browser.as_(cast.secretary).get(address, status=403)
        desk.get(f"/desk/works/{key}/pictures/recording", status=404)
        desk.get("/desk/works/zz/pictures/picture-1", status=404)
        rows = {"left": "0", "top": "0", "width": "500", "height": "500", "how": "box"}
        desk.post(address, {**rows, "width": "5000"}, status=422)
        assert "谁也看不到" in desk.post(address, rows).text
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {
            "version": version_in(page, case_id),
            "verdict": "approved",
            "marks": ["seen:people", "seen:names", "seen:own"],
        }
        page = desk.post(f"/desk/moderation/cases/{case_id}/decide", sent, status=422)
        assert "做好了才能通过" in page.text
        run_worker()
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        with unit_of_work(writes=False):
            subject = own_subject(key)
            assert [file.undoable for file in files_of(subject)] == [False]
        assert one_entry().standing == "approved"
        desk.get(address, status=404)

    def test_an_officer_sees_what_was_escalated(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, _key = held
        desk = browser.as_(cast.moderator)
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {"version": version_in(page, case_id), "verdict": "escalated"}
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        officer = browser.as_(cast.safeguarding)
        officer.get("/desk/concerns/1")
        page = officer.post("/desk/concerns/1/read")
        assert WHOLE["title"] in page.text
        assert [one for one in page.all("img") if "exhibits__picture" in one.get("class", "")]


class TestReports:
    def test_anybody_says_what_is_wrong(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        key = approved(drawings, cast.child).id.hex()
        assert browser.get(f"/works/{key}/report").h1 == "这个作品哪里不对？"
        browser.post(f"/works/{key}/report", {}, status=422)
        page = browser.post(f"/works/{key}/report", {"reason": "personal"})
        assert page.h1 == "谢谢你告诉我们"
        with unit_of_work(writes=False):
            assert session().scalars(select(Case.kind)).all() == ["report"]

    def test_only_what_hangs(self, browser: Browser, cast: Cast, drawings: ShownCall) -> None:
        key = handed_in(drawings, cast.child).id.hex()
        browser.get(f"/works/{key}/report", status=404)
        browser.post(f"/works/{key}/report", {"reason": "personal"}, status=404)


class TestLeaks:
    @pytest.mark.parametrize("standing", ["draft", "pressing", "waiting", "returned"])
    def test_unseen_works_are_nobodys_but_their_authors(
        self, browser: Browser, cast: Cast, drawings: ShownCall, standing: str
    ) -> None:
        entry = work(drawings, cast.child, standing=standing, guardian="agreed")
        key = entry.id.hex()
        pages = ("mine", "preview", "change", "authors", "join", "leave", "withdraw", "report")
        everybody = (
            cast.middle_child,
            cast.stranger,
            cast.teacher,
            cast.moderator,
            cast.secretary,
            cast.official,
            cast.administrator,
            cast.juror,
        )
        for person in everybody:
            reader = browser.as_(person)
            for page in pages:
                answer = reader.client.get(f"/works/{key}/{page}")
                assert answer.status_code in (403, 404), (person.role, page)
                assert entry.title not in answer.get_data(as_text=True)
            for name in ("slip", "appeal", "authors/code", "files/off", "files/pictures"):
                data = {"csrf_token": reader.token()}
                answer = reader.client.post(f"/works/{key}/{name}", data=data)
                assert answer.status_code in (403, 404), (person.role, name)
            assert reader.client.get(f"/desk/works/{key}/pictures/picture-1").status_code in (
                403,
                404,
            )
        for address in (f"/calls/{drawings.id}", "/calls", "/", f"/works/{key}/report"):
            assert entry.title not in browser.client.get(address).get_data(as_text=True)

    def test_a_files_address_opens_in_no_other_visit(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        run_worker()
        page = child.get(road)
        source = source_in(page, "/files/")
        with child.client.get(source) as answer:
            assert (answer.status_code, answer.data[:4]) == (200, b"RIFF")
        for other in (browser, browser.as_(cast.child), browser.as_(cast.moderator)):
            assert other.client.get(source).status_code == 404
        child.post(f"{road}/files/off", {"file_id": file_id()})
        assert child.client.get(source).status_code == 404
