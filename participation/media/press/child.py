"""The script that the press runs by its path with `python -I`: nothing of the site comes with it.

The packages above are stood in for by empty modules, so that their own files (and with them Flask,
the database, the settings with their secrets) are never read here.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

PLACES = ("participation", "participation.media", "participation.media.press")


def stand_in(press: Path) -> None:
    """Make the modules of the folder `press` importable by their full names, and those alone."""
    for name, folder in zip(PLACES, (press.parents[1], press.parent, press), strict=True):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


if __name__ == "__main__":
    stand_in(Path(__file__).resolve().parent)
    import_module("participation.media.press.working").serve()
