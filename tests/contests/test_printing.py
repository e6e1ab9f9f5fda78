"""Sheets of an exhibition: what hangs and may be used so, a page for each work."""

import re
import zlib

import pytest

from participation.contests.call import ShownCall
from participation.contests.models import Call
from participation.contests.policies.printing import may_print_works
from participation.contests.printing import SHEETS, sheets_of
from participation.contests.queries.hung import hung_work
from participation.kernel import pdf
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.media.queries import content_of
from tests.contests.stage import approved, published_call
from tests.contests.walls import change, hang
from tests.support.browser import Browser
from tests.support.cast import Cast


def pages_in(paper: bytes) -> int:
    """How many pages a PDF has, counted in its plain and its packed objects."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", paper, re.S)
    plain = [paper]
    for one in packed:
        try:
            plain.append(zlib.decompress(one))
        except zlib.error:
            continue
    return sum(len(re.findall(rb"/Type\s*/Page\b", one)) for one in plain)


class TestPaper:
    def test_a_page_for_each_work(self, drawings: ShownCall, cast: Cast, browser: Browser) -> None:
        for number in range(2):
            hang(approved(drawings, cast.child, title=f"画{number}"))
        gone = approved(drawings, cast.child, title="不挂的")
        change(gone, shown=False)
        desk = browser.as_(cast.secretary)
        page = desk.get(f"/desk/calls/{drawings.id}/exhibition")
        assert "画0" in page.links and "画1" in page.links and "不挂的" not in page.text
        answer = desk.client.get(page.links["打印这些（PDF）"])
        paper = answer.get_data()
        assert answer.mimetype == "application/pdf" and paper.startswith(b"%PDF")
        assert pages_in(paper) == 2
        assert b"DCTDecode" in paper or b"/Image" in paper

    def test_a3_and_lyrics(self, cast: Cast, browser: Browser) -> None:
        song = published_call(cast, "lyrics")
        approved(song, cast.child, text="一\n二\n\n三")
        desk = browser.as_(cast.secretary)
        address = f"/desk/calls/{song.id}/exhibition.pdf"
        sizes = []
        for size in ("a4", "a3"):
            paper = desk.client.get(f"{address}?size={size}").get_data()
            assert pages_in(paper) == 1
            sizes.append(re.findall(rb"MediaBox\s*\[([^\]]+)\]", paper))
        assert sizes[0] != sizes[1]

    def test_of_a_use_only_works_that_allow_it(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        bus, card = (one.id for one in drawings.uses)
        approved(drawings, cast.child, title="都行", uses=[bus, card])
        approved(drawings, cast.child, cast.far_child, title="只上公交", uses=[bus])
        desk = browser.as_(cast.secretary)
        for use, expected in (
            (0, {"都行", "只上公交"}),
            (bus, {"都行", "只上公交"}),
            (card, {"都行"}),
        ):
            page = desk.get(f"/desk/calls/{drawings.id}/exhibition?use={use}")
            assert {name for name in ("都行", "只上公交") if name in page.links} == expected

    def test_many_come_in_parts(self, drawings: ShownCall, cast: Cast, browser: Browser) -> None:
        for number in range(13):
            approved(drawings, cast.child, title=f"画{number}", shuffle=number)
        desk = browser.as_(cast.secretary)
        first = desk.get(f"/desk/calls/{drawings.id}/exhibition")
        second = desk.get(first.links["接着的"])
        assert "画12" in second.links and "画11" not in second.links

    def test_no_name_where_none_is_wished(self, drawings: ShownCall, cast: Cast) -> None:
        entry = approved(drawings, cast.child, name_form="none")
        with unit_of_work():
            found = hung_work(entry.id.hex())
            sheets = sheets_of(
                drawings, [found], size="a4", address=lambda work: work.key, content=content_of
            )
        (told,) = sheets.data["works"]
        assert told["by"].startswith("作者不署名") and "小满" not in str(sheets.data)
        assert pdf.render(SHEETS, sheets.data, lang="en").startswith(b"%PDF")

    @pytest.mark.parametrize("name", ["child", "teacher", "official", "juror", "moderator"])
    def test_nobody_else(
        self, name: str, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        other = browser.as_(getattr(cast, name))
        for ending in ("", ".pdf"):
            other.get(f"/desk/calls/{drawings.id}/exhibition{ending}", status=403)

    def test_nothing_to_print_is_no_paper(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        desk = browser.as_(cast.secretary)
        assert "没有可以打印的" in desk.get(f"/desk/calls/{drawings.id}/exhibition").text
        desk.get(f"/desk/calls/{drawings.id}/exhibition.pdf", status=404)


@pytest.mark.parametrize("role", ["", "child", "secretary", "official"])
@pytest.mark.parametrize("rehearsal", [True, False])
def test_right(role: str, rehearsal: bool) -> None:
    class Who:
        def __init__(self) -> None:
            self.role = role

    expected = role == "secretary" and not rehearsal
    assert may_print_works(Who(), Call(rehearsal=rehearsal), now()) is expected
