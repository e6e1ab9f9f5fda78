"""The board, the dossier, the reply and the check, as each person sees them."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from participation.deliveries import papers
from participation.deliveries.models import Dossier
from participation.deliveries.queries import dossier_of, draft_of, reply_of
from participation.kernel.database import unit_of_work
from participation.kernel.subjects import Subject
from tests.deliveries import sample
from tests.support.browser import Browser
from tests.support.cast import Cast

SUBJECT = Subject("consultation", "7")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-06-18T02:00:00Z", tick=True) as traveller:
        yield traveller


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    with unit_of_work():
        return sample.send(cast)


def typed(dossier: Dossier, **changes: str) -> dict[str, str]:
    """The fields of a whole reply."""
    with unit_of_work():
        found = dossier_of(SUBJECT)
        assert found is not None
        ids = [point.id for point in found.points]
    values: dict[str, str] = {"greeting_zh": "同学们好！", "greeting_en": "", "seen": ""}
    for number in ids:
        values |= {
            f"p{number}-outcome": "adopted",
            f"p{number}-reason": "按走得最慢的同学来算。",
            f"p{number}-next_step": "9 个路口都改。",
            f"p{number}-next_on": "2026-08-25",
            f"p{number}-children_zh": "绿灯会变长。",
            f"p{number}-children_en": "",
        }
    first = f"p{ids[0]}-"
    return values | {
        (first + name if name != "seen" else name): value for name, value in changes.items()
    }


class TestBoard:
    def test_shows_what_is_due_first(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for number, day in enumerate((20, 3, 11), 1):
                sample.send(cast, number, due_on=sample.WHEN.replace(day=day))
            sample.send(cast, 9, far=True)
        page = browser.as_(cast.official).get("/desk/dossiers")
        dates = [item for item in page.words("li") if "回音" in item and "送到" in item]
        assert ["7 月 3 日" in dates[0], "7 月 11 日" in dates[1], "7 月 20 日" in dates[2]] == [
            True
        ] * 3
        assert len(dates) == 3

    def test_secretaries_see_all_units(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            sample.send(cast, 1)
            sample.send(cast, 2, far=True)
        page = browser.as_(cast.secretary).get("/desk/dossiers")
        assert "市交通局" in page.text and "市教育局" in page.text

    def test_pages_by_key_lose_and_double_nothing(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for number in range(1, 48):
                sample.send(cast, number, due_on=sample.WHEN.replace(day=1 + number % 3))
        desk = browser.as_(cast.official)
        address, seen, pages = "/desk/dossiers", [], []
        while address:
            page = desk.get(address)
            found = [link for link in page.links.values() if link.startswith("/desk/dossiers/")]
            rows = [
                a.get("href")
                for h2 in page.all("h2")
                for a in h2.iter()
                if (a.get("href") or "").startswith("/desk/dossiers/")
            ]
            assert found and len(rows) <= 20
            pages.append(rows)
            seen += rows
            address = page.links.get("更早的", "")
        assert len(seen) == len(set(seen)) == 47
        back = desk.get(page.links["更新的"])
        rows = [
            a.get("href")
            for h2 in back.all("h2")
            for a in h2.iter()
            if (a.get("href") or "").startswith("/desk/dossiers/")
        ]
        assert rows == pages[-2]
        assert desk.get("/desk/dossiers?after=x_y").status == 200

    @pytest.mark.parametrize("part", ["child", "stranger", "teacher", "moderator", "administrator"])
    def test_others_stay_outside(self, browser: Browser, cast: Cast, part: str) -> None:
        browser.as_(getattr(cast, part)).get("/desk/dossiers", status=403)


class TestDossier:
    def test_says_what_the_children_said(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        page = browser.as_(cast.official).get(f"/desk/dossiers/{dossier.id}")
        assert page.h1 == "上学路上，安全又好走吗？"
        assert "22" in page.text and "天内要给孩子回音" in page.text
        assert "绿灯只有 15 秒，我要走 22 秒。" in page.text
        assert "<b>&amp;" in page.text or "&lt;b&gt;&amp;" in page.text
        assert [th for th in page.words("th") if th == "路灯"]
        assert dossier.digest in page.text

    def test_in_english(self, browser: Browser, cast: Cast, dossier: Dossier) -> None:
        desk = browser.as_(cast.official)
        page = desk.get(f"/desk/dossiers/{dossier.id}", headers={"Accept-Language": "en"})
        assert page.h1 == "Is the way to school safe?"
        assert "Traffic lights" in page.text

    def test_its_chart_is_a_picture_that_can_run_nothing(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        desk = browser.as_(cast.official)
        chart = desk.get(f"/desk/dossiers/{dossier.id}/charts/1.svg")
        assert chart.response.mimetype == "image/svg+xml"
        assert chart.text.startswith("<svg") and "路口的红绿灯" in chart.text
        assert "script-src 'self'" in chart.response.headers["Content-Security-Policy"]
        desk.get(f"/desk/dossiers/{dossier.id}/charts/2.svg", status=404)

    @pytest.mark.parametrize("ending", ["", "/pdf", "/charts/1.svg"])
    def test_is_not_there_for_another_unit(
        self, browser: Browser, cast: Cast, dossier: Dossier, ending: str
    ) -> None:
        browser.as_(cast.far_official).get(f"/desk/dossiers/{dossier.id}{ending}", status=404)
        browser.as_(cast.stranger).get(f"/desk/dossiers/{dossier.id}{ending}", status=403)
        browser.as_(cast.secretary).get(
            f"/desk/dossiers/{dossier.id}{ending}", status=409 if ending == "/pdf" else 200
        )

    def test_late_is_said_plainly(
        self, browser: Browser, cast: Cast, dossier: Dossier, clock: time_machine.Traveller
    ) -> None:
        clock.move_to("2026-07-13T02:00:00Z")
        page = browser.as_(cast.official).get(f"/desk/dossiers/{dossier.id}")
        assert "天前就该回音了" in page.text
        assert "过期了" in browser.as_(cast.secretary).get("/desk/dossiers").text

    def test_costs_few_statements(
        self, browser: Browser, cast: Cast, dossier: Dossier, statements: list[str]
    ) -> None:
        desk = browser.as_(cast.official)
        for address, most in ((f"/desk/dossiers/{dossier.id}", 10), ("/desk/dossiers", 4)):
            statements.clear()
            desk.get(address)
            asked = [each for each in statements if each.startswith("SELECT")]
            assert len(asked) <= most, asked


class TestReceipt:
    def test_is_given_once(self, browser: Browser, cast: Cast, dossier: Dossier) -> None:
        desk = browser.as_(cast.official)
        page = desk.post(f"/desk/dossiers/{dossier.id}/acknowledge")
        assert "签收了" in page.text and "6 月 18 日签收" in page.text
        desk.post(f"/desk/dossiers/{dossier.id}/acknowledge", status=403)

    def test_not_by_others(self, browser: Browser, cast: Cast, dossier: Dossier) -> None:
        address = f"/desk/dossiers/{dossier.id}/acknowledge"
        browser.as_(cast.far_official).post(address, status=404)
        browser.as_(cast.secretary).post(address, status=403)
        browser.as_(cast.child).post(address, status=403)
        browser.post(address, status=403)


class TestReply:
    def test_a_draft_keeps_everything_even_what_is_wrong(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        desk = browser.as_(cast.official)
        sent = typed(dossier, next_on="开学以后", outcome="", children_zh="长" * 60)
        page = desk.post(f"/desk/dossiers/{dossier.id}/reply", {**sent, "deed": "save"})
        assert "草稿存好了" in page.text and "草稿 · 1/2 条" in page.text
        assert "开学以后" in page.fields(f"/desk/dossiers/{dossier.id}/reply").values()
        assert "长" * 60 in page.text and "1 句太长" in page.text
        with unit_of_work():
            assert reply_of(SUBJECT) is None

    def test_each_missing_part_has_its_own_sentence(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        desk = browser.as_(cast.official)
        empty = dict.fromkeys(typed(dossier), "")
        page = desk.post(
            f"/desk/dossiers/{dossier.id}/reply", {**empty, "deed": "give"}, status=422
        )
        for place in (1, 2):
            for what in ("选一个决定", "写上理由", "写上下一步做什么", "写上给孩子看的话"):
                assert f"第 {place} 条：{what}" in page.text
        assert "有 8 个地方要改" in page.text
        targets = [link for link in page.links.values() if link.startswith("#p")]
        ids = {found.get("id") for found in page.root.iter()}  # type: ignore[union-attr]
        assert len(targets) == 8 and {target[1:] for target in targets} <= ids

    def test_what_was_typed_stays_when_it_is_refused(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        desk = browser.as_(cast.official)
        sent = typed(dossier, next_on="31.2.2026", reason="<script>alert(1)</script>")
        page = desk.post(f"/desk/dossiers/{dossier.id}/reply", {**sent, "deed": "give"}, status=422)
        assert "日子写成这样" in page.text
        assert "31.2.2026" in page.fields(f"/desk/dossiers/{dossier.id}/reply").values()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text

    def test_reaches_the_children_and_a_correction_keeps_the_first(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        desk = browser.as_(cast.official)
        address = f"/desk/dossiers/{dossier.id}/reply"
        page = desk.post(address, {**typed(dossier), "deed": "give"})
        assert "给孩子的回音" in page.text and "更正回音" in page.text
        seen = page.fields(address)["seen"]
        page = desk.post(address, {**typed(dossier, seen=seen), "deed": "give"}, status=422)
        assert "没有要更正的" in page.text
        again = typed(dossier, outcome="partly", reason="先做 5 个。")
        page = desk.post(address, {**again, "deed": "give"}, status=422)
        assert "刚刚在别的地方改过" in page.text and "先做 5 个。" in page.text
        page = desk.post(address, {**again, "seen": seen, "deed": "give"})
        assert "更正送到每一个参加的孩子那里了" in page.text
        assert "以前的版本" in page.text and "第 1 版" in page.text and "第 2 版" in page.text
        with unit_of_work():
            reply = reply_of(SUBJECT)
            assert reply is not None and reply.version == 2
            assert [answer.outcome for answer in reply.answers] == ["partly", "adopted"]
            assert draft_of(dossier.id) is None
        shown = browser.as_(cast.secretary).get(f"/desk/dossiers/{dossier.id}")
        assert "先做 5 个。" in shown.text and "写回音" not in shown.text

    def test_a_colleagues_draft_is_not_overwritten_unseen(
        self, browser: Browser, cast: Cast, dossier: Dossier
    ) -> None:
        address = f"/desk/dossiers/{dossier.id}/reply"
        desk, other = browser.as_(cast.official), browser.as_(cast.official)
        desk.post(address, {**typed(dossier, reason="甲"), "deed": "save"})
        page = other.post(address, {**typed(dossier, reason="乙"), "deed": "save"}, status=422)
        assert "刚刚在别的地方改过" in page.text and "乙" in page.text
        seen = page.fields(address)["seen"]
        other.post(address, {**typed(dossier, reason="乙", seen=seen), "deed": "save"})

    def test_not_by_others(self, browser: Browser, cast: Cast, dossier: Dossier) -> None:
        address = f"/desk/dossiers/{dossier.id}/reply"
        sent = {**typed(dossier), "deed": "give"}
        browser.as_(cast.far_official).post(address, sent, status=404)
        for part in ("secretary", "child", "moderator", "administrator"):
            browser.as_(getattr(cast, part)).post(address, sent, status=403)
        with unit_of_work():
            assert reply_of(SUBJECT) is None


class TestPapers:
    @pytest.fixture
    def made(self, dossier: Dossier) -> Dossier:
        deed = None
        with unit_of_work(writes=False):
            deed = papers.render_papers({"dossier_id": dossier.id})
        with unit_of_work():
            deed()
        return dossier

    @pytest.mark.parametrize("kind", ["pdf", "csv", "json"])
    def test_are_the_same_for_every_reader(
        self, browser: Browser, cast: Cast, made: Dossier, kind: str
    ) -> None:
        address = f"/desk/dossiers/{made.id}/{kind}"
        mine = browser.as_(cast.official).client.get(address)
        theirs = browser.as_(cast.secretary).client.get(address)
        assert mine.status_code == 200
        assert mine.data == theirs.data and mine.data
        named = mine.headers["Content-Disposition"]
        assert f'filename="dossier-{made.id}.{kind}"' in named
        assert f"filename*=UTF-8''{made.id}-%E4%B8%8A" in named
        assert mine.headers["Cache-Control"] == "no-store"

    def test_anyone_may_check_them(self, browser: Browser, made: Dossier) -> None:
        page = browser.get(f"/verify/{made.digest.upper()}")
        assert page.h1 == "核对文件" and "没有变过" in page.text
        with unit_of_work():
            pdf = papers.set_papers(made)[0]
        assert papers.digest_of(pdf.content) in page.text
        assert "绿灯只有 15 秒" not in page.text
        by_paper = browser.get(f"/verify?digest={papers.digest_of(pdf.content)}")
        assert made.digest in by_paper.text

    @pytest.mark.parametrize("digest", ["0" * 64, "x", "../etc/passwd", "x%00", "'--"])
    def test_an_unknown_fingerprint(self, browser: Browser, app: Flask, digest: str) -> None:
        page = browser.get(f"/verify?digest={digest}", status=404)
        assert page.h1
