"""The tests. Their databases lie in memory where the machine offers it: thousands of small ones
are made and thrown away, and none has to outlive the run. Where Python may leave no bytecode in
the checkout it lies there too: each of the many processes of a run would compile all anew."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

_ROOM_NEEDED = 2 * 1024**3
_memory = Path("/dev/shm")  # noqa: S108 - the kernel's own folder in memory

ROOM = Path(tempfile.gettempdir())
if (
    _memory.is_dir()
    and os.access(_memory, os.W_OK)
    and shutil.disk_usage(_memory).free > _ROOM_NEEDED
):
    ROOM = _memory
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_memory))

_runtime = ROOM / f"tests-run-{os.getuid()}"
_runtime.mkdir(mode=0o700, exist_ok=True)
os.environ.setdefault("XDG_RUNTIME_DIR", str(_runtime))
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(_runtime / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("TZ", "UTC")
