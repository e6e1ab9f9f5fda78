"""Paper is accessible, the same for the same data, and sets any text that a person can write."""

import io
import logging
from datetime import UTC, datetime
from itertools import pairwise

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.kernel.charts import Bar, bar_chart
from participation.kernel.codes import qr_svg
from participation.kernel.pdf import FONTS, NO_GLYPH, TEMPLATES, PaperError, render
from participation.settings import ROOT

MADE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ADDRESS = "https://tongsheng.example/reply/K7MQ-482X-ABCD-EF"
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SHAPE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
NAMES = "甲乙丙丁戊己庚辛壬"
BARS = bar_chart([Bar(label="红绿灯", value=0.58, text="58%")], title="58% 想改", full=1.0)


def block(kind, **fields):
    return {"type": kind, **fields}


EVERY_BLOCK = [
    block("p", text="线上 1,100 人。\n纸上 104 人。"),
    block("h", text="各种说法"),
    block("list", items=["灯太短", "车占道"]),
    block("list", items=["先改灯", "再画线"], ordered=True),
    block("facts", items=[{"label": "时间", "value": "11 月"}]),
    block("stats", items=[{"value": "1,204", "label": "人参加"}]),
    block(
        "table",
        caption="按年龄段",
        columns=[{"label": "选项"}, {"label": "6–9 岁", "align": "end"}],
        rows=[["红绿灯", "120"], ["不停车", {"text": "已隐去", "hidden": True}]],
        note="少于 5 人的格子隐去。",
    ),
    block("chart", svg=BARS, alt="58% 想改红绿灯", caption="红绿灯", note="n = 1,204"),
    block(
        "quotes",
        items=[
            {"text": "绿灯只够走到一半。", "by": "10–13 岁"},
            {"text": "我不想路口变吵。", "by": "14–17 岁", "tag": "少数意见"},
        ],
    ),
    block("callout", title="隐去了什么", text="新港区不足 5 人。", tone="privacy"),
    block("callout", text="寄宿学校没有参加。"),
    block(
        "address",
        title="在这里答复",
        text="请写明理由。",
        url=ADDRESS,
        qr_svg=qr_svg(ADDRESS, alt="答复页"),
        qr_alt="答复页",
    ),
]


def report(*blocks, **fields):
    sections = [{"heading": "多少人说了话", "blocks": list(blocks)}]
    return {
        "title": "童声意见书",
        "subtitle": "上学路上，安全又好走吗？",
        "site": "童声 · 青岚市",
        "meta": [{"label": "送给", "value": "市交通局 沈青"}],
        "sections": sections,
        "footer": "全文送达",
        **fields,
    }


def cards(count):
    words = {
        "card": "童声卡", "number": "卡号", "name": "姓名",
        "emblem": "我的标记", "pictures": "我的三个图案", "keep": "自己收好",
    }  # fmt: skip
    return {
        "title": "童声卡",
        "site": "童声",
        "school": "湖滨小学",
        "class": "三（2）班",
        "note": "沿虚线剪开。",
        "words": words,
        "cards": [card(index) for index in range(count)],
    }


def card(index):
    number = f"K7MQ-482X-ABC{index}"
    emblem = {"name": "星星", "svg": SHAPE}
    return {
        "name": f"同学{NAMES[index % 9]}",
        "number": number,
        "qr_svg": qr_svg(f"https://tongsheng.example/card/{number}", alt="登录码"),
        "qr_alt": "登录码",
        "pictures": [{"name": name, "svg": SHAPE} for name in ("小鱼", "风筝", "小船")],
        **({"emblem": emblem} if index % 2 else {}),
    }


def consent(count, items=6, answers=2):
    names = ("child", "class", "guardian", "signature", "date", "online", "code")
    choices = [{"label": "同意", "text": "好"}, {"label": "不同意", "text": "孩子仍可阅读" * 9}]
    form = {
        "class": "三（2）班",
        "choices": choices[:answers],
        "code": "K7MQ-482X-ABCD-EF",
        "url": ADDRESS,
        "qr_svg": qr_svg(ADDRESS, alt="同意书"),
        "qr_alt": "同意书",
    }
    return {
        "title": "监护人同意书",
        "site": "童声",
        "intro": "请读完下面六项。",
        "items": [{"heading": f"第 {n} 项", "text": "说明" * 40} for n in range(1, items + 1)],
        "question": "您的决定",
        "words": {name: f"〔{name}〕" for name in names},
        "give_back": "请交给班主任。",
        "footer": "第 1 版",
        "forms": [{**form, "child": f"孩子{NAMES[index]}"} for index in range(count)],
    }


def opened(paper):
    return pypdf.PdfReader(io.BytesIO(paper))


def words_of(paper):
    return "\n".join(page.extract_text() for page in opened(paper).pages)


def text_of(*texts):
    """What a report prints of these texts, one block each."""
    blocks = [block("p", text=text) for text in texts]
    return words_of(render("paper/report.typ", report(*blocks), lang="zh"))


def structure(node):
    """Yield every element of the structure tree of a tagged file."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from structure(kid)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from structure(node["/K"])


@pytest.fixture(scope="module")
def whole():
    code = {"label": "SHA-256", "value": FINGERPRINT}
    return render("paper/report.typ", report(*EVERY_BLOCK, code=code), lang="zh-Hans", made=MADE)


@pytest.fixture(autouse=True)
def warnings_are_kept(caplog: pytest.LogCaptureFixture) -> None:
    """An app made by an earlier test may have asked for less."""
    caplog.set_level(logging.WARNING)


class TestReport:
    @pytest.mark.parametrize(
        "words",
        [
            "童声意见书", "上学路上，安全又好走吗？", "送给 市交通局 沈青", "多少人说了话",
            "线上 1,100 人。\n纸上 104 人。", "各种说法", "灯太短", "2. 再画线", "1,204", "表 1",
            "按年龄段", "不停车 已隐去", "少于 5 人的格子隐去。", "图 1", "58%",
            "绿灯只够走到一半。", "少数意见", "隐去了什么", "寄宿学校没有参加。", ADDRESS,
            FINGERPRINT, "SHA-256 9f86d081884c7d65…", "全文送达", "1 / 2",
        ],
    )  # fmt: skip
    def test_every_word_can_be_read_and_found(self, whole, words):
        assert words in words_of(whole)

    def test_the_address_is_a_link(self, whole):
        links = [
            note.get_object().get("/A", {}).get("/URI")
            for page in opened(whole).pages
            for note in page.get("/Annots", [])
        ]
        assert ADDRESS in links

    def test_a_foreign_block_is_refused(self):
        with pytest.raises(PaperError, match="unknown block type: video"):
            render("paper/report.typ", report(block("video")), lang="zh")


class TestAccessibility:
    def test_it_claims_the_standard_and_names_its_language(self, whole):
        root = opened(whole).trailer["/Root"]
        assert b"<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
        assert root["/Lang"] == "zh-CN"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]

    def test_english_paper_says_so(self):
        paper = render("paper/report.typ", report(block("p", text="Hello")), lang="en")
        assert opened(paper).trailer["/Root"]["/Lang"] == "en"

    def test_headings_tables_lists_quotes_and_figures_are_tagged(self, whole):
        tree = list(structure(opened(whole).trailer["/Root"]["/StructTreeRoot"]))
        kinds = {node.get("/S") for node in tree}
        assert {"/Title", "/H1", "/H2", "/P", "/L", "/Table", "/TH", "/BlockQuote"} <= kinds
        figures = [node for node in tree if node.get("/S") == "/Figure"]
        assert {"58% 想改红绿灯", "答复页"} <= {node.get("/Alt") for node in figures}

    def test_every_font_is_inside(self, whole):
        for page in opened(whole).pages:
            for font in page["/Resources"]["/Font"].values():
                described = font.get_object()["/DescendantFonts"][0].get_object()
                descriptor = described["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)

    def test_the_title_and_the_time_are_in_the_file(self, whole):
        about = opened(whole).metadata
        assert about.title == "童声意见书"
        assert about.creation_date == MADE

    def test_without_a_time_the_file_has_none(self):
        paper = render("paper/report.typ", report(), lang="zh")
        assert opened(paper).metadata.creation_date is None


class TestSameness:
    def test_the_same_data_give_the_same_bytes(self):
        data = report(*EVERY_BLOCK)
        first = render("paper/report.typ", data, lang="zh", made=MADE)
        other_order = dict(reversed(data.items()))
        assert render("paper/report.typ", other_order, lang="zh", made=MADE) == first
        assert render("paper/report.typ", data, lang="en", made=MADE) != first


class TestAnyText:
    def test_markup_and_code_stay_text(self):
        attack = '#read("/etc/passwd") $a^2$ *b* \\ <x> @y // z #panic()'
        assert attack in text_of(attack)

    def test_rare_names_and_emoji_are_set(self, caplog):
        shown = text_of("祎喆龘㛃䶮 😀👍🏽❤️ 👩‍👩‍👧")
        assert "祎喆龘㛃䶮" in shown
        assert "😀" in shown
        assert caplog.records == []

    def test_what_no_font_has_prints_as_geta_and_is_logged_without_the_text(self, caplog):
        assert f"{NO_GLYPH}野家" in text_of("𠮷野家")
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        assert "paper/report.typ: 1 characters without a glyph" in caplog.text
        assert "野家" not in caplog.text

    def test_a_geta_of_ones_own_is_not_logged(self, caplog):
        assert NO_GLYPH in text_of(NO_GLYPH)
        assert caplog.records == []

    def test_what_has_no_shape_is_dropped_and_lines_stay(self):
        assert "ab\ncd e" in text_of("\ufeffa\x00b\u2028c\u202ed\te")

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
    def test_any_text_meets_the_standard(self, texts):
        quotes = [{"text": text, "by": text[:9], "tag": text[:4]} for text in texts]
        data = report(block("list", items=texts), block("quotes", items=quotes), title="t")
        paper = render("paper/report.typ", data, lang="zh")
        assert "not PDF/UA-1" not in str(opened(paper).metadata.get("/Keywords", ""))


class TestFallback:
    def test_without_the_standard_it_is_set_marked_and_logged(self, caplog):
        nameless = block("chart", svg=SHAPE, alt=None, caption="没有说明")
        paper = render("paper/report.typ", report(nameless), lang="zh")
        assert "没有说明" in words_of(paper)
        assert opened(paper).metadata["/Keywords"] == "not PDF/UA-1"
        assert "set without ua-1" in caplog.text
        assert "没有说明" not in caplog.text

    @pytest.mark.parametrize("template", ["paper/absent.typ", "../pyproject.toml"])
    def test_a_template_elsewhere_is_refused(self, template):
        with pytest.raises(PaperError, match=template):
            render(template, {}, lang="zh")

    def test_data_that_lack_a_key_are_refused_by_name(self):
        with pytest.raises(PaperError, match="site"):
            render("paper/report.typ", {"title": "t"}, lang="zh")

    @pytest.mark.parametrize("lang", ["", "ZH", "中文", "zh\n"])
    def test_what_is_no_language_is_refused(self, lang):
        with pytest.raises(ValueError, match="not a language"):
            render("paper/report.typ", report(), lang=lang)


class TestLoginCards:
    @pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (17, 3)])
    def test_eight_a_page(self, count, pages):
        paper = render("accounts/login_cards.typ", cards(count), lang="zh")
        assert len(opened(paper).pages) == pages

    def test_each_card_is_whole(self):
        shown = words_of(render("accounts/login_cards.typ", cards(9), lang="zh"))
        for index in range(9):
            assert f"同学{NAMES[index % 9]}" in shown
            assert f"K7MQ-482X-ABC{index}" in shown
        assert shown.count("我的三个图案") == shown.count("风筝") == 9
        assert shown.count("星星") == 4
        assert shown.count("沿虚线剪开。") == 2

    def test_pictures_are_named_for_those_who_cannot_see_them(self):
        paper = render("accounts/login_cards.typ", cards(2), lang="zh")
        tree = structure(opened(paper).trailer["/Root"]["/StructTreeRoot"])
        assert {"登录码", "小鱼", "星星"} <= {node.get("/Alt") for node in tree}

    def test_long_names_and_numbers_stay_on_their_card(self):
        data = cards(8)
        for item in data["cards"]:
            item["name"] = "买买提江·阿卜杜热合曼 " * 6
            item["number"] = "K7MQ-482X-ABCD-EFGH-JKLM"
        paper = render("accounts/login_cards.typ", data, lang="zh")
        assert len(opened(paper).pages) == 1
        assert words_of(paper).count("K7MQ-482X-ABCD-EFGH-JKLM") == 8


class TestConsentForm:
    def test_a_sheet_a_child_with_all_six_items_and_both_answers(self):
        paper = opened(render("accounts/consent_form.typ", consent(3), lang="zh"))
        assert len(paper.pages) == 3
        for index, page in enumerate(paper.pages):
            shown = page.extract_text()
            assert f"孩子{NAMES[index]}" in shown
            assert all(f"第 {n} 项" in shown for n in range(1, 7))
            assert "不同意" in shown
            assert "K7MQ-482X-ABCD-EF" in shown
            assert "请交给班主任。" in shown

    def test_both_answers_stand_in_boxes_of_the_same_size(self):
        paper = render("accounts/consent_form.typ", consent(1), lang="zh")
        across, down = frames(opened(paper).pages[0], width=1.5)
        assert len(across) == len(down) == 4
        assert len({round(length, 2) for length in across}) == 1
        assert len({round(length, 2) for length in down}) == 1

    @pytest.mark.parametrize("lacking", [{"items": 5}, {"items": 7}, {"answers": 1}])
    def test_an_incomplete_form_is_not_printed(self, lacking):
        with pytest.raises(PaperError, match="a consent form has"):
            render("accounts/consent_form.typ", consent(1, **lacking), lang="zh")


def frames(page, width):
    """Return the lengths of the level and of the upright strokes drawn with a pen of `width`."""
    drawn = []
    page.extract_text(visitor_operand_before=lambda op, args, _cm, _tm: drawn.append((op, [*args])))
    pen, across, down = 0.0, [], []
    for (before, start), (op, args) in pairwise(drawn):
        pen = float(args[0]) if op == b"w" else pen
        if (before, op) == (b"m", b"l") and abs(pen - width) < 0.01:
            level = abs(float(args[0] - start[0]))
            (across if level else down).append(level or abs(float(args[1] - start[1])))
    return across, down


class TestFonts:
    def test_the_manifest_names_every_file(self):
        manifest = (FONTS / "MANIFEST.md").read_text()
        files = {path.name for path in FONTS.iterdir()} - {"MANIFEST.md"}
        assert files == {name for name in files if f"`{name}`" in manifest}
        assert len(files) == 5

    def test_templates_and_fonts_stand_under_the_root(self):
        assert TEMPLATES.parent == ROOT
        assert FONTS.parent.parent == ROOT
