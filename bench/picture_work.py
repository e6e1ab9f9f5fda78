"""One picture made in a process of its own: `picture_work.py <how> <press> <source> <folder>`.

`naive` is Pillow as most would use it: decoded whole, each size from the whole, saved as it comes.
`webp` is the press without the print master, `all` with it. Prints CPU seconds of the work without
the start, and the most resident memory with the interpreter.
"""

import json
import runpy
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path
from time import process_time

from PIL import Image, ImageOps

SIZES = (1600, 800, 400)


def naive(source: Path, folder: Path) -> None:
    """Three full resizes."""
    with Image.open(source) as opened:
        image = ImageOps.exif_transpose(opened)
    for side in SIZES:
        scale = side / max(image.size)
        size = (round(image.width * scale), round(image.height * scale))
        image.resize(size, Image.Resampling.LANCZOS).save(folder / f"{side}.webp")


def webp(source: Path, folder: Path) -> None:
    """The three sizes as the press makes them."""
    pictures = import_module("participation.media.press.pictures")
    with source.open("rb") as file:
        image = pictures.opened(file, "image/jpeg")
        turned, colours = pictures.orientation_of(image), pictures.colours_of(image)
        pictures.webps(pictures.for_screens(image, turned, colours), folder)


def everything(source: Path, folder: Path) -> None:
    """What the press really does with a file."""
    import_module("participation.media.press.pictures").make(source, folder, ())


def main() -> None:
    """Load what is needed, then measure."""
    how, press, source, folder = sys.argv[1], *map(Path, sys.argv[2:])
    runpy.run_path(str(press / "child.py"))["stand_in"](press)
    if how != "naive":
        import_module("participation.media.press.pictures")
    else:
        Image.new("RGB", (9, 9)).save(BytesIO(), "WEBP")
    began = process_time()
    {"naive": naive, "webp": webp, "all": everything}[how](source, folder)
    used = process_time() - began
    peak = import_module("participation.media.press.working").peak()
    print(json.dumps({"cpu": used, "peak": peak}))


if __name__ == "__main__":
    main()
