"""Real data that lies beside the checkout; a test that needs it says so when it is not there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def data(name: str) -> Path:
    """The path of one file of the test data, or a skip that names it."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"test data {name} is not beside the checkout")
    return path
