"""P13: a child's drawing of 12 megapixels made ready for the site, by the press and by Pillow.

`python -m bench.pictures [--count 5000]` sends so many drawings through one press.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from time import perf_counter
from typing import Any, Final

from PIL import Image, ImageDraw

from bench.targets import Measured
from participation.media.press import Press
from participation.media.press.bare import foreign
from participation.media.press.working import peak

WIDE: Final = 4000
HIGH: Final = 3000
WORK: Final = Path(__file__).with_name("picture_work.py")
PRESS: Final = Path(__file__).resolve().parents[1] / "participation" / "media" / "press"
COUNT: Final = 200
DIFFERENT: Final = 10
MIB: Final = 1 << 20


def drawing(seed: int) -> Image.Image:
    """Thick lines and shapes on paper with a grain, as a telephone sees it."""
    dice = random.Random(seed)
    image = Image.new("RGB", (WIDE, HIGH), (250, 247, 238))
    pen = ImageDraw.Draw(image)
    for _shape in range(260):
        colour = tuple(dice.randrange(256) for _part in range(3))
        x, y, size = dice.randrange(WIDE), dice.randrange(HIGH), dice.randrange(40, WIDE // 6)
        if dice.random() < 0.4:
            pen.ellipse((x, y, x + size, y + size), outline=colour, width=dice.randrange(6, 40))
        else:
            way = [(x + dice.randint(-size, size), y + dice.randint(-size, size)) for _ in range(5)]
            pen.polygon(way, fill=colour)
    grain = Image.effect_noise((WIDE, HIGH), 18).point(lambda value: min(255, value + 112))
    return Image.composite(image, Image.new("RGB", image.size, (128, 128, 120)), grain)


def photographed(path: Path, seed: int, **how: Any) -> Path:
    """The drawing as a JPEG of a telephone held upright, with a place and a maker."""
    told = Image.Exif()
    told[0x010F], told[0x0112] = "a telephone", 6
    told.get_ifd(0x8825)[1] = "N"
    drawing(seed).save(path, "JPEG", quality=90, exif=told, **how)
    return path


def _worked(how: str, source: Path, folder: Path) -> Mapping[str, float]:
    own = folder / how
    own.mkdir(exist_ok=True)
    line = [sys.executable, "-I", str(WORK), how, str(PRESS), str(source), str(own)]
    found: Mapping[str, float] = json.loads(subprocess.check_output(line, text=True))
    return found


def measure(folder: Path, rounds: int) -> list[Measured]:
    """Each round another drawing, by Pillow, by the press for screens, by the press with print."""
    turns = []
    left = 0
    for turn in range(rounds):
        source = photographed(folder / "drawing", turn)
        turns.append({how: _worked(how, source, folder) for how in ("naive", "webp", "all")})
        for path in (folder / "all").iterdir():
            left += foreign(path, f"image/{path.suffix[1:]}")
    progressive = _worked("all", photographed(folder / "drawing", 0, progressive=True), folder)
    best = {how: min(turn[how]["cpu"] for turn in turns) * 1000 for how in turns[0]}
    with_print = max(turn["all"]["peak"] for turn in turns) / MIB
    ratio = sorted(turn["all"]["cpu"] / turn["naive"]["cpu"] for turn in turns)[rounds // 2]
    figures = {
        "press CPU ms": best["webp"],
        "Pillow CPU ms": best["naive"],
        "with the print master CPU ms": best["all"],
        "the same, ratio": ratio,
    }
    memory = {
        "with the print master MiB": with_print,
        "the same, progressive MiB": progressive["peak"] / MIB,
        "Pillow MiB": max(turn["naive"]["peak"] for turn in turns) / MIB,
    }
    return [
        Measured("P13 CPU", tuple(t["webp"]["cpu"] / t["naive"]["cpu"] for t in turns), figures),
        Measured("P13 memory", tuple(turn["webp"]["peak"] / MIB for turn in turns), memory),
        Measured("P13 metadata", (float(left),), {"files": rounds * 4}),
    ]


def many(count: int, folder: Path) -> Iterator[str]:
    """So many drawings through one press: how fast, and the memory of both processes; a line for
    each tenth."""
    names = [folder / f"{seed}.jpg" for seed in range(min(count, DIFFERENT))]
    # made elsewhere, so that what this process holds is the press alone
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        sources = list(elsewhere.map(photographed, names, range(len(names))))
    peaks: list[int] = []
    began = perf_counter()
    tenth = max(1, count // 10)
    with Press() as press:
        for turn in range(1, count + 1):
            pressed = press.press(sources[turn % len(sources)], folder, "picture")
            peaks.append(pressed.peak)
            rmtree(pressed.made[0].path.parent)
            if turn % tenth == 0:
                yield _told(turn, perf_counter() - began, peaks[-tenth:])


def _told(turn: int, seconds: float, peaks: list[int]) -> str:
    return (
        f"{turn} drawings: {turn * 60 / seconds:.0f} a minute; peak of the child "
        f"{max(peaks) / MIB:.1f} MiB, of this process {peak() / MIB:.1f} MiB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    with tempfile.TemporaryDirectory() as temporary:
        for line in many(parser.parse_args().count, Path(temporary)):
            print(line, flush=True)
