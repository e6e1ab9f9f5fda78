"""The table on the screen and the same as JSON."""

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.targets import Measured

HEAD = ("", "what", "against", "median (min–max)", "floor", "ambition", "verdict")


def _said(value: float, unit: str) -> str:
    return f"{value:.3g}{unit}" if value < 100 else f"{value:.0f}{unit}"


def _row(found: Measured) -> tuple[str, ...]:
    target, sign = found.target, "≥" if found.target.more else "≤"
    low, high = min(found.values), max(found.values)
    spread = f"{_said(found.middle, target.unit)} ({_said(low, '')}–{_said(high, '')})"
    floor = f"{sign} {_said(target.floor, target.unit)}"
    ambition = f"{sign} {_said(target.ambition, target.unit)}"
    return (found.key, target.what, target.against, spread, floor, ambition, found.verdict)


def table(measured: Iterable[Measured]) -> str:
    """The targets in aligned columns."""
    rows = [HEAD, *map(_row, measured)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def figures(found: Measured) -> str:
    """The figures behind one target, on one line."""
    said = (
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in found.figures.items()
    )
    return f"  {found.key}: " + " · ".join(said)


def _json(found: Measured) -> dict[str, Any]:
    return {
        "key": found.key,
        "what": found.target.what,
        "against": found.target.against,
        "unit": found.target.unit.strip() or "count",
        "median": found.middle,
        "values": list(found.values),
        "floor": found.target.floor,
        "ambition": found.target.ambition,
        "verdict": found.verdict,
        "figures": dict(found.figures),
    }


def write(folder: Path, measured: Sequence[Measured], lacking: Mapping[str, str]) -> Path:
    """Write everything to `folder`/<time>.json and return its path."""
    at = datetime.now(UTC)
    report = {
        "at": at.isoformat(timespec="seconds"),
        "machine": {
            "cores": psutil.cpu_count(),
            "system": platform.system(),
            "machine": platform.machine(),
            "python": platform.python_version(),
        },
        "measured": [_json(found) for found in measured],
        "lacking": dict(lacking),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{at:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
