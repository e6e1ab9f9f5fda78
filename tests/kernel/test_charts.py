"""Charts are plain SVG with words, hide what is hidden, and refuse what cannot be drawn."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.kernel.charts import (
    Bar,
    Point,
    Scale,
    Target,
    Tile,
    bar_chart,
    line_chart,
    stacked_scale,
    tile_map,
)
from participation.kernel.charts.drawing import SIZE, width_of, wrap

SVG = "{http://www.w3.org/2000/svg}"
TEAL = "#0d5763"
HATCH = "#7f745f"
PARTS = ("不同意", "一般", "同意")


def bars(theme="paper"):
    rows = [
        Bar(label="红绿灯 <b>", value=0.6, text="60%"),
        Bar(label="人行道", value=0.3, text="30%"),
        Bar(label="其他", value=None, text="已隐去"),
    ]
    return bar_chart(rows, title='60% 想改 & "红绿灯"', full=1.0, theme=theme)


def scale(theme="paper"):
    rows = [
        Scale(label="路上安全", shares=(0.25, 0.25, 0.5), texts=("25%", "25%", "50%"), net="+25"),
        Scale(label="新港区", shares=None, net="已隐去"),
    ]
    return stacked_scale(rows, parts=PARTS, title="一半觉得安全", theme=theme)


def line(theme="paper"):
    values = (30, 42, None, 61)
    points = [
        Point(label=f"{month} 月", value=value, text="已隐去" if value is None else str(value))
        for month, value in enumerate(values, 1)
    ]
    target = Target(value=60, text="目标 60")
    return line_chart(points, title="越来越多", target=target, theme=theme)


def tiles(theme="paper"):
    places = [
        ("云岭区", 1, 0, 71),
        ("湖滨区", 1, 1, 83),
        ("古城区", 0, 1, 9),
        ("新港区", 2, 1, None),
    ]
    rows = [
        Tile(label=label, column=column, row=row, value=value, text=str(value or "已隐去"))
        for label, column, row, value in places
    ]
    return tile_map(rows, title="哪里说得多", theme=theme)


ALL = pytest.mark.parametrize("chart", [bars, scale, line, tiles])


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)


def texts(svg):
    return [node.text for node in parsed(svg).iter(f"{SVG}text")]


def filled(svg, colour, tag="rect"):
    return [node for node in parsed(svg).iter(SVG + tag) if node.get("fill") == colour]


class TestEveryChart:
    @ALL
    @pytest.mark.parametrize("theme", ["page", "paper"])
    def test_it_has_only_presentation_attributes(self, chart, theme):
        root = parsed(chart(theme))
        attributes = {name for node in root.iter() for name in node.attrib}
        assert not attributes & {"style", "id", "href", "onclick"}
        assert ("class" in attributes) == (theme == "page")
        assert (root.get("font-family") is not None) == (theme == "paper")
        shapes = [node for node in root.iter() if node.tag in (f"{SVG}rect", f"{SVG}text")]
        assert all(node.get("fill") for node in shapes)

    @ALL
    def test_it_has_a_name_and_a_description(self, chart):
        root = parsed(chart())
        assert root.get("role") == "img"
        assert root.get("aria-label") == root.findtext(f"{SVG}title")
        assert "已隐去" in root.findtext(f"{SVG}desc")

    @ALL
    def test_a_hidden_cell_is_hatched_and_said(self, chart):
        strokes = [node.get("stroke") for node in parsed(chart()).iter(f"{SVG}path")]
        assert HATCH in strokes
        assert "已隐去" in texts(chart())

    @ALL
    def test_nothing_leaves_the_drawing(self, chart):
        root = parsed(chart())
        width, height = map(float, root.get("viewBox").split()[2:])
        for node in root.iter(f"{SVG}rect"):
            x, y, across, down = (float(node.get(k)) for k in ("x", "y", "width", "height"))
            assert -0.02 <= x <= x + across <= width + 0.02
            assert -0.02 <= y <= y + down <= height + 0.02
        for path in root.iter(f"{SVG}path"):
            for x, y in re.findall(r"M([-\d.]+) ([-\d.]+)", path.get("d")):
                assert -0.02 <= float(x) <= width + 0.02
                assert -0.02 <= float(y) <= height + 0.02

    @ALL
    def test_the_same_rows_give_the_same_drawing(self, chart):
        assert chart() == chart()

    def test_words_are_escaped(self):
        root = parsed(bars())
        assert root.findtext(f"{SVG}title") == '60% 想改 & "红绿灯"'
        assert "红绿灯 <b>" in texts(bars())

    @given(st.text(max_size=60), st.text(max_size=20))
    def test_any_words_make_a_sound_drawing(self, label, text):
        rows = [Bar(label=label, value=1, text=text), Bar(label=text, value=None, text=label)]
        assert parsed(bar_chart(rows, title=label)).tag == f"{SVG}svg"

    @pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
    def test_a_value_that_cannot_be_drawn_is_refused(self, value):
        with pytest.raises(ValueError, match="finite"):
            bar_chart([Bar(label="a", value=value, text="?")], title="t")

    def test_no_rows_are_refused(self):
        for empty in (
            lambda: bar_chart([], title="t"),
            lambda: stacked_scale([], parts=PARTS, title="t"),
            lambda: tile_map([], title="t"),
        ):
            with pytest.raises(ValueError, match="at least one row"):
                empty()
        with pytest.raises(ValueError, match="at least one row"):
            line_chart([], title="t")


class TestBars:
    def test_lengths_are_shares_of_the_track_and_the_longest_is_teal(self):
        track, lead = filled(bars(), "#efe7d6")[0], filled(bars(), TEAL)
        assert len(lead) == 1
        assert float(lead[0].get("width")) == pytest.approx(
            0.6 * float(track.get("width")), abs=0.02
        )

    def test_without_full_the_greatest_fills_the_track(self):
        svg = bar_chart([Bar(label="a", value=7, text="7")], title="t")
        widths = {node.get("width") for node in parsed(svg).iter(f"{SVG}rect")}
        assert len(widths) == 1

    def test_more_than_full_stays_within(self):
        svg = bar_chart([Bar(label="a", value=3, text="3")], title="t", full=1)
        assert len({node.get("width") for node in parsed(svg).iter(f"{SVG}rect")}) == 1

    def test_nobody_and_everything_hidden(self):
        none = [Bar(label="a", value=0, text="0"), Bar(label="b", value=0, text="0")]
        assert {node.get("width") for node in filled(bar_chart(none, title="t"), TEAL)} == {"0"}
        hidden = [Bar(label="a", value=None, text="已隐去")]
        assert filled(bar_chart(hidden, title="t"), TEAL) == []

    def test_a_description_of_ones_own_is_kept(self):
        svg = bar_chart([Bar(label="a", value=1, text="1")], title="t", desc="one bar")
        assert parsed(svg).findtext(f"{SVG}desc") == "one bar"

    def test_a_long_label_takes_lines_and_the_bar_keeps_its_place(self):
        svg = bar_chart([Bar(label="长" * 200, value=1, text="1")], title="t")
        assert len(texts(svg)) == 4
        assert texts(svg)[2].endswith("…")


class TestScale:
    def test_the_parts_share_the_width(self):
        widths = [float(node.get("width")) + 2 for node in filled(scale(), TEAL)[1:]]
        assert widths == [pytest.approx(320)]

    def test_names_texts_and_net_are_written(self):
        assert {*PARTS, "25%", "50%", "+25", "路上安全", "新港区"} <= set(texts(scale()))

    @pytest.mark.parametrize("count", [2, 3, 4, 5])
    def test_two_to_five_parts(self, count):
        shares = tuple(1 / count for _ in range(count))
        parts = [f"part {index}" for index in range(count)]
        svg = stacked_scale([Scale(label="a", shares=shares)], parts=parts, title="t")
        assert len(list(parsed(svg).iter(f"{SVG}rect"))) == 2 * count

    def test_an_empty_part_and_a_narrow_text_are_left_out(self):
        row = Scale(label="a", shares=(0.0, 0.01, 0.99), texts=("0%", "1%", "99%"))
        shown = texts(stacked_scale([row], parts=PARTS, title="t"))
        assert "99%" in shown
        assert "0%" not in shown
        assert "1%" not in shown

    def test_nobody(self):
        svg = stacked_scale([Scale(label="a", shares=(0.0, 0.0))], parts=PARTS[:2], title="t")
        assert len(list(parsed(svg).iter(f"{SVG}rect"))) == 2

    def test_a_long_key_takes_more_lines(self):
        short = stacked_scale([Scale(label="a", shares=None)], parts=PARTS, title="t")
        long = stacked_scale(
            [Scale(label="a", shares=None)], parts=["很长的名字" * 6] * 3, title="t"
        )
        heights = [float(parsed(svg).get("viewBox").split()[3]) for svg in (short, long)]
        assert heights[1] - heights[0] == pytest.approx(2 * SIZE * 1.4)

    @pytest.mark.parametrize(("parts", "shares"), [(1, 1), (6, 6), (3, 2)])
    def test_other_numbers_of_parts_are_refused(self, parts, shares):
        with pytest.raises(ValueError, match="two to five"):
            stacked_scale([Scale(label="a", shares=(0.1,) * shares)], parts="x" * parts, title="t")


class TestLine:
    def test_a_hidden_point_breaks_the_line(self):
        paths = [node for node in parsed(line()).iter(f"{SVG}path") if node.get("stroke") == TEAL]
        assert len(paths) == 2
        assert len(filled(line(), TEAL, "circle")) == 3

    def test_zero_lies_on_the_floor_and_the_top_at_the_ceiling(self):
        points = [Point(label="a", value=0, text="0"), Point(label="b", value=9, text="9")]
        low, high = filled(line_chart(points, title="t"), TEAL, "circle")
        assert float(low.get("cy")) == pytest.approx(240 - SIZE * 1.4 - 6)
        assert float(high.get("cy")) == pytest.approx(SIZE * 1.4)

    def test_the_target_is_dashed_and_named(self):
        dashed = [
            node for node in parsed(line()).iter(f"{SVG}path") if node.get("stroke-dasharray")
        ]
        assert len(dashed) == 1
        assert "目标 60" in texts(line())

    def test_many_points_keep_room_for_their_words(self):
        points = [Point(label=f"{2000 + i} 年", value=i % 9, text=f"v{i}") for i in range(40)]
        shown = texts(line_chart(points, title="t"))
        assert {"v0", "v8", "v39", "2039 年"} <= set(shown)
        assert len(shown) < 20


class TestTiles:
    def test_the_darker_the_greater(self):
        assert len(filled(tiles(), TEAL)) == 2
        assert len(filled(tiles(), "#e7ece9")) == 1

    def test_a_place_keeps_its_position(self):
        svg = tile_map([Tile(label="a", column=1, row=0, value=1, text="1")], title="t", width=206)
        assert [node.get("x") for node in filled(svg, TEAL)] == ["106"]

    def test_the_greatest_fills_the_room_above_and_full_leaves_some(self):
        rows = [Tile(label="a", column=0, row=0, value=1, text="1")]
        assert len(filled(tile_map(rows, title="t"), TEAL)) == 1
        assert filled(tile_map(rows, title="t", full=10), TEAL) == []

    @pytest.mark.parametrize("place", [(0, 0), (-1, 0), (0, -1)])
    def test_a_bad_position_is_refused(self, place):
        rows = [
            Tile(label="a", column=column, row=row, value=1, text="1")
            for column, row in ((0, 0), place)
        ]
        with pytest.raises(ValueError, match="position"):
            tile_map(rows, title="t")


class TestWrapping:
    @pytest.mark.parametrize(
        ("words", "room", "lines"),
        [
            ("红绿灯", 45, ["红绿灯"]),
            ("红绿灯太短", 45, ["红绿灯", "太短"]),
            ("红绿，灯", 30, ["红", "绿，", "灯"]),
            ("early and late", 72, ["early", "and late"]),
            ("Donaudampfschiff", 60, ["Donaud", "ampfsc", "hiff"]),
            ("一二三四五六七", 30, ["一二", "三四", "五…"]),
            ("", 30, [""]),
        ],
    )
    def test_lines(self, words, room, lines):
        assert wrap(words, room) == lines

    @given(st.text(max_size=80), st.floats(40, 300))
    def test_no_line_is_wider_than_its_room(self, words, room):
        assert all(width_of(line) <= room + SIZE for line in wrap(words, room, most=99))
