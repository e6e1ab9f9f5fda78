"""What serves pages carries no library that counts, nor one that opens files."""

import subprocess
import sys

import pytest

from participation.settings import ROOT


@pytest.mark.parametrize("library", ["numpy", "nltk", "PIL", "av", "lxml", "boto3", "zxingcpp"])
def test_it_stays_out_of_a_process_that_serves_pages(library: str) -> None:
    code = f"import sys, participation.app; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_worker_s_counting_brings_it() -> None:
    code = "import sys, participation.moderation.actions.months; sys.exit('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 1
