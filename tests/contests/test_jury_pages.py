"""The desk of a jury and the juror's pages, as people see them; and as who must not see them."""

from typing import Any

import pytest
from sqlalchemy import func, select

from participation.contests.call import ShownCall
from participation.contests.models import Assignment, Conflict, Judgement, Juror, Round
from participation.contests.queries.packs import open_packs
from participation.contests.rules import BandRule, Rule
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.contests import bench
from tests.contests.bench import full_rating as whole
from tests.contests.bench import own_seats as own
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def call(cast: Cast) -> ShownCall:
    return bench.closed_call(cast)


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    return browser.as_(cast.secretary)


class TestDesk:
    def test_the_whole_road(
        self, desk: Browser, browser: Browser, cast: Cast, call: ShownCall
    ) -> None:
        bench.works(cast, call, 4)
        bench.juror(call, cast.far_teacher, 4)
        base = f"/desk/calls/{call.id}/jury"
        assert desk.get(base).h1 == "评委会"
        found = desk.get(f"{base}?panel=adult&words=秦")
        assert "请 秦画" in found.words("button")
        page = desk.post(f"{base}/invite", {"panel": "adult", "person_id": str(cast.juror.id)})
        assert "已经去请了" in page.text
        page = desk.post(f"{base}/invite", {"panel": "adult", "person_id": str(cast.juror.id)})
        assert "已经请过这个人了" in page.text
        juror = browser.as_(cast.juror)
        assert "请你当评委" in juror.get("/jury").text
        with unit_of_work(writes=False):
            seat = session().scalar(select(Juror.id).where(Juror.person_id == cast.juror.id))
        assert "谢谢" in juror.post(f"/jury/seats/{seat}/yes").text
        page = desk.post(f"{base}/rounds/new?panel=adult", {"panel": "adult"}, status=422)
        assert page.h1.startswith("定一轮")
        plan = {
            "panel": "adult",
            "stage": "first",
            "way": "rubric",
            "quorum": "3",
            "basis": "adjusted",
            "ties": "all_in",
            "instructions_zh": "每件都看两遍。",
            **{f"top_{band}": "1" for band in "abc"},
        }
        desk.post(f"{base}/rounds/new?panel=adult", plan | {"quorum": "2"}, status=422)
        desk.post(f"{base}/rounds/new?panel=adult", plan)
        with unit_of_work(writes=False):
            number = session().scalar(select(Round.id))
        one = f"{base}/rounds/{number}"
        assert "初审" in desk.get(one).h1
        assert "至少要有三位评委" in desk.post(f"{one}/open").text
        bench.jurors_added(cast, call, 3)
        assert "正在把作品分给评委" in desk.post(f"{one}/open").text
        bench.work()
        page = desk.get(one)
        assert "件不到三份" in page.text
        bench.judge_all(number or 0, call, lambda _one: 3)
        assert "正在结束" in desk.post(f"{one}/close").text
        bench.work()
        page = desk.get(one)
        assert "所有的评分都来了" in page.text and "调整后的分" in page.text
        csv = desk.client.get(f"{one}/report.csv")
        assert csv.status_code == 200 and csv.data.startswith(b"\xef\xbb\xbf")
        assert not any(name in csv.text for name in ("秦画", "高老师", "作者0"))
        assert "正在写下" in desk.post(f"{base}/settle").text

    def test_only_secretaries(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        number = bench.planned_round(cast, settings, call)
        base = f"/desk/calls/{call.id}/jury"
        for person in (cast.child, cast.juror, cast.moderator, cast.teacher, cast.official):
            other = browser.as_(person)
            for path in ("", "/rounds/new?panel=adult", f"/rounds/{number}"):
                other.get(base + path, status=403)
            other.get(f"{base}/rounds/{number}/report.csv", status=403)
            for path in ("/invite", f"/rounds/{number}/open", f"/rounds/{number}/close", "/settle"):
                other.post(base + path, status=403)

    def test_a_report_is_not_read_before_the_close(
        self, desk: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        bench.judge_all(number, call, lambda _one: 5)
        base = f"/desk/calls/{call.id}/jury/rounds/{number}"
        desk.get(f"{base}/report.csv", status=403)
        page = desk.get(base)
        assert "5.00" not in page.text and "调整后" not in page.text

    def test_a_child_who_hands_in_does_not_judge(
        self, desk: Browser, cast: Cast, call: ShownCall
    ) -> None:
        bench.work_of(call, cast.child)
        base = f"/desk/calls/{call.id}/jury"
        sent = {"panel": "child", "person_id": str(cast.child.id)}
        assert "自己交了作品" in desk.post(f"{base}/invite", sent).text
        sent = {"panel": "child", "person_id": str(cast.middle_child.id)}
        assert "已经去请了" in desk.post(f"{base}/invite", sent).text
        desk.post(f"{base}/invite", sent | {"panel": "adult"}, status=404)
        desk.post(f"{base}/invite", {"panel": "adult", "person_id": "99999"}, status=404)

    def test_children_are_found_by_school(self, desk: Browser, cast: Cast, call: ShownCall) -> None:
        base = f"/desk/calls/{call.id}/jury?panel=child&school_id={cast.school.id}"
        assert "请 林一" in desk.get(f"{base}&nickname=林").words("button")
        assert "请 小满" in desk.get(f"{base}&grade=3").words("button")
        assert "没有找到" in desk.get(f"{base}&nickname=糖").text


class TestJuror:
    def test_one_work_a_page_to_the_end(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        juror = browser.as_(cast.juror)
        first, second, third = own(number, cast.juror.id)
        assert "看了 0 件，一共 3 件" in juror.get("/jury").text
        page = juror.get(f"/jury/rounds/{number}")
        assert page.links["开始看"] == f"/jury/{first.id}"
        page = juror.get(f"/jury/{first.id}")
        assert len([one for one in page.all("input") if one.get("type") == "radio"]) == 18
        page = juror.post(f"/jury/{first.id}", whole(call))
        assert "记下了" in page.text and "看了 1 件" in page.text
        juror.post(f"/jury/{second.id}/defer")
        half = whole(call) | {f"step_{call.criteria[1].id}": ""}
        assert "先存着" in juror.post(f"/jury/{third.id}", half).text
        states = [one.state for one in own(number, cast.juror.id)]
        assert states == ["judged", "deferred", "open"]
        with unit_of_work(writes=False):
            assert open_packs(cast.juror.id) == 2

    def test_what_changed_in_another_window_is_not_written_over(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        juror, seat = browser.as_(cast.juror), own(number, cast.juror.id)[0]
        juror.post(f"/jury/{seat.id}", whole(call, 4))
        page = juror.post(f"/jury/{seat.id}", whole(call, 1, note="我改了"), status=422)
        assert "别的窗口" in page.text and "我改了" in page.text
        juror.post(f"/jury/{seat.id}", whole(call, 2, version="1"))
        with unit_of_work(writes=False):
            kept = session().get(Judgement, seat.id)
            assert kept is not None and set((kept.steps or {}).values()) == {2}
        for wrong in ("0", "6", "x", "-1"):
            sent = whole(call, version="2") | {f"step_{call.criteria[0].id}": wrong}
            juror.post(f"/jury/{seat.id}", sent, status=422)

    def test_who_knows_the_author_gives_the_work_away(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        juror, seat = browser.as_(cast.juror), own(number, cast.juror.id)[0]
        juror.post(f"/jury/{seat.id}", whole(call))
        assert "换给别的评委" in juror.post(f"/jury/{seat.id}/recuse").text
        juror.get(f"/jury/{seat.id}", status=404)
        bench.work()
        with unit_of_work(writes=False):
            why = session().scalar(select(Conflict.why).where(Conflict.entry_id == seat.entry_id))
            assert session().get(Judgement, seat.id) is None
        assert why == "declared"
        held = [one for one in bench.assignments(number) if one.entry_id == seat.entry_id]
        assert sorted(one.state for one in held) == ["open", "open", "open", "recused"]

    def test_nothing_changes_after_the_close(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        bench.judge_all(number, call, lambda _one: 5)
        browser.as_(cast.secretary).post(f"/desk/calls/{call.id}/jury/rounds/{number}/close")
        juror, seat = browser.as_(cast.juror), own(number, cast.juror.id)[0]
        juror.post(f"/jury/{seat.id}", whole(call, 1, version="1"), status=403)
        bench.work()
        juror.post(f"/jury/{seat.id}", whole(call, 1, version="1"), status=403)
        page = juror.get(f"/jury/{seat.id}")
        assert "这一轮已经结束" in page.text and "记下" not in page.words("button")

    def test_votes(self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call, way="yes_no")
        juror, seat = browser.as_(cast.juror), own(number, cast.juror.id)[0]
        juror.post(f"/jury/{seat.id}", {"version": "0", "yes": "n"})
        with unit_of_work(writes=False):
            kept = session().get(Judgement, seat.id)
            assert kept is not None and kept.yes is False and kept.steps is None

    def test_an_order_by_buttons(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 4, bands="a")
        bench.jurors(cast, call, 3)
        rule = Rule({band: BandRule(top=1) for band in "abc"})
        number = bench.opened_round(cast, settings, call, way="ranking", rule=rule)
        juror = browser.as_(cast.juror)
        seats = [one.id for one in own(number, cast.juror.id)]
        address = f"/jury/rounds/{number}/order"
        juror.post(address, {"move": f"{seats[2]}:up"})
        juror.post(address, {"move": f"{seats[0]}:down"})
        juror.post(address, {"move": f"{seats[3]}:down"})
        assert "排好了" in juror.post(address, {"do": "done"}).text
        with unit_of_work(writes=False):
            found = session().execute(
                select(Judgement.assignment_id)
                .where(Judgement.assignment_id.in_(seats))
                .order_by(Judgement.rank)
            )
            order = [one[0] for one in found]
        assert order == [seats[2], seats[0], seats[1], seats[3]]
        assert {one.state for one in own(number, cast.juror.id)} == {"judged"}
        juror.post(address, {"move": "999999:up"}, status=404)
        page = juror.post(f"/jury/{seats[0]}", {"liked": str(call.criteria[1].id), "note": "好"})
        assert "记下了" in page.text

    def test_a_child_has_faces_and_her_own_page(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 6)
        for alias, child in enumerate((cast.child, cast.teenager, cast.far_child), 1):
            bench.juror(call, child, alias)
        number = bench.opened_round(cast, settings, call, panel="child")
        child = browser.as_(cast.child)
        assert "当评委" in child.get("/me").links
        seat = own(number, cast.child.id)[0]
        page = child.get(f"/jury/{seat.id}")
        values = [one.get("value") for one in page.all("input") if "step_" in one.get("name", "")]
        assert values == ["1", "3", "5"] * 3
        assert "工作台" not in page.text

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_she_may_say_no(
        self, language: str, browser: Browser, cast: Cast, call: ShownCall
    ) -> None:
        seat = bench.juror(call, cast.middle_child, 1, state="invited")
        child = browser.as_(cast.middle_child)
        child.client.set_cookie("language", language)
        child.post(f"/jury/seats/{seat.id}/no")
        child.post(f"/jury/seats/{seat.id}/yes", status=403)
        browser.as_(cast.child).post(f"/jury/seats/{seat.id}/yes", status=404)

    def test_without_a_guardians_yes_a_child_can_only_say_no(
        self, browser: Browser, cast: Cast, call: ShownCall
    ) -> None:
        seat = bench.juror(call, cast.unconsented, 1, state="invited")
        child = browser.as_(cast.unconsented)
        assert "好，我来" not in child.get("/jury").words("button")
        child.post(f"/jury/seats/{seat.id}/yes", status=403)
        child.post(f"/jury/seats/{seat.id}/no")


def test_a_page_of_a_pack_costs_the_same_however_long_it_is(
    browser: Browser, cast: Cast, call: ShownCall, settings: Settings, statements: Any
) -> None:
    bench.works(cast, call, 60)
    bench.jurors(cast, call, 3)
    number = bench.opened_round(cast, settings, call)
    juror, seat = browser.as_(cast.juror), own(number, cast.juror.id)[0]
    desk = browser.as_(cast.secretary)
    for asker, path, most in (
        (juror, "/jury", 6),
        (juror, f"/jury/rounds/{number}", 13),
        (juror, f"/jury/{seat.id}", 14),
        (desk, f"/desk/calls/{call.id}/jury", 22),
        (desk, f"/desk/calls/{call.id}/jury/rounds/{number}", 20),
    ):
        with statements() as said:
            asker.get(path)
        assert len(said) <= most, (path, len(said), said)
    page = juror.get(f"/jury/rounds/{number}")
    assert len([one for one in page.all("li") if one.get("class") == "pack__one"]) == 50
    following = juror.get(page.links["更早的"])
    assert len([one for one in following.all("li") if one.get("class") == "pack__one"]) == 10
    with unit_of_work(writes=False):
        assert session().scalar(select(func.count()).select_from(Assignment)) == 180
