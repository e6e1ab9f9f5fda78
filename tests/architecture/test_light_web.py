"""What serves pages carries no counting library."""

import subprocess
import sys

from participation.settings import ROOT


def test_numpy_stays_out_of_a_process_that_serves_pages() -> None:
    code = "import sys, participation.app; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
