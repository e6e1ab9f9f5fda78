"""What serves pages carries no counting library."""

import subprocess
import sys

import pytest

from participation.settings import ROOT


@pytest.mark.parametrize("library", ["numpy", "nltk"])
def test_it_stays_out_of_a_process_that_serves_pages(library: str) -> None:
    code = f"import sys, participation.app; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_worker_s_counting_brings_it() -> None:
    code = "import sys, participation.moderation.actions.months; sys.exit('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 1
