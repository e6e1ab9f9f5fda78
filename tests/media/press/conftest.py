"""One press for all tests of a process, and a folder that a refusal must leave empty."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from participation.media.press import KINDS, Cover, Press, Pressed, Unusable, look


@pytest.fixture(scope="session")
def the_press() -> Iterator[Press]:
    with Press() as found:
        yield found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


Send = Callable[..., Pressed]


@pytest.fixture
def send(the_press: Press, tmp_path: Path, out: Path) -> Send:
    """Look at some bytes and press them, under a name that says nothing."""

    def sent(raw: bytes | Path, covers: tuple[Cover, ...] = ()) -> Pressed:
        path = raw if isinstance(raw, Path) else tmp_path / "a; rm -rf $(x).exe"
        if not isinstance(raw, Path):
            path.write_bytes(raw)
        return the_press.press(path, out, look(path, KINDS).kind, covers)

    return sent


@pytest.fixture
def refused(send: Send, out: Path) -> Callable[..., str]:
    """Why some bytes are refused; no trace may stay."""

    def code(raw: bytes | Path) -> str:
        with pytest.raises(Unusable) as caught:
            send(raw)
        assert list(out.iterdir()) == []
        return caught.value.code

    return code
