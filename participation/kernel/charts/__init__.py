"""Charts as one SVG for page and paper: presentation attributes only, text as text, no ids.

Each function takes rows that carry their own words (the caller formats numbers in the reader's
language), a `title` (the finding) and `desc` (the data in words; made of the rows if left out), and
returns an `<svg role="img">` whose height follows from its rows. A value of None is a hidden cell:
it is hatched, and its text says so. Values are finite and not negative, else `ValueError`.

`theme="paper"` names the fonts that the paper module brings and prints as is. `theme="page"` adds
classes (`d1`, `dm`, `sv1`…`sv5`, `rp1`…`rp5`, `bar__t`, `hatch`, `axis`, `ch-…`), so that
a stylesheet can give night colours; the fill attributes stay as the fallback.
"""

from participation.kernel.charts.bars import Bar, Scale, bar_chart, stacked_scale
from participation.kernel.charts.drawing import Theme
from participation.kernel.charts.plots import Point, Target, Tile, line_chart, tile_map

__all__ = [
    "Bar",
    "Point",
    "Scale",
    "Target",
    "Theme",
    "Tile",
    "bar_chart",
    "line_chart",
    "stacked_scale",
    "tile_map",
]
