"""The child process: limits that trip, no trace, nothing of the site in it, never believed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from participation.media.press import KINDS, Limits, Press, Pressed, Unusable, look, pressing
from participation.media.press import press as press_it
from participation.media.press.pressing import CHILD
from participation.media.press.working import attempt
from participation.settings import ROOT
from tests.media.press.makers import drawing, encoded, svg

Send = Callable[..., Pressed]
PICTURE = encoded(drawing(900, 600), "PNG")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(PICTURE)
    return path


def code_of(press: Press, source: Path, out: Path) -> str:
    """Why the press refuses; no trace may stay."""
    with pytest.raises(Unusable) as caught:
        press.press(source, out, look(source, KINDS).kind)
    assert list(out.iterdir()) == []
    return caught.value.code


class TestLimits:
    def test_memory(self, source: Path, out: Path) -> None:
        source.write_bytes(encoded(drawing(5000, 5000), "PNG"))
        with Press(Limits(memory=150_000_000)) as small:
            assert code_of(small, source, out) == "bomb"
        with Press(Limits(memory=600_000_000)) as large:
            assert large.press(source, out, "picture").peak < 400_000_000

    def test_seconds_of_work(self, source: Path, out: Path) -> None:
        layer = "<g opacity='.5'><rect width='10' height='10'/><rect width='9' height='9'/></g>"
        source.write_bytes(svg(layer * 3000))
        with Press(Limits(seconds=1)) as hasty:
            assert code_of(hasty, source, out) == "too_slow"

    def test_seconds_by_the_clock(self, source: Path, out: Path) -> None:
        with Press(Limits(wait=0.0)) as hasty:
            assert code_of(hasty, source, out) == "too_slow"

    def test_bytes_of_a_rendition(self, source: Path, out: Path) -> None:
        with Press(Limits(file=500)) as narrow:
            assert code_of(narrow, source, out) == "unreadable"

    def test_after_a_refusal_comes_the_next_file(self, send: Send, tmp_path: Path) -> None:
        broken = tmp_path / "broken"
        broken.write_bytes(PICTURE[:600])
        for _turn in range(2):
            with pytest.raises(Unusable):
                send(broken)
            assert send(PICTURE).width == 900


class TestProcess:
    def test_nothing_of_the_site_comes_with_it(self) -> None:
        code = (
            "import runpy, sys; sys.stdin = iter(()); "
            f"runpy.run_path({str(CHILD)!r}, run_name='__main__'); "
            "print(sorted({name.partition('.')[0] for name in sys.modules}))"
        )
        environment = {**os.environ, "SECRET_KEY": "x" * 40}
        ran = subprocess.run(
            [sys.executable, "-I", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        for name in ("flask", "sqlalchemy", "numpy", "lxml", "av", "resvg_py"):
            assert f"'{name}'" not in ran.stdout
        assert "'PIL'" in ran.stdout

    def test_what_serves_pages_carries_no_picture_library(self) -> None:
        code = (
            "import sys, participation.media.press, participation.media.wording; "
            "sys.exit(bool({'PIL', 'lxml', 'av', 'resvg_py', 'numpy'} & set(sys.modules)))"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

    def test_no_variable_of_ours_goes_with_it(
        self, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "known-only-here")
        with Press() as press:
            press.press(source, out, "picture")
            child = press._child
            assert child is not None
            environment = Path(f"/proc/{child.pid}/environ")
            if environment.exists():
                assert b"known-only-here" not in environment.read_bytes()

    def test_the_child_lives_on_and_ends_with_the_press(self, source: Path, out: Path) -> None:
        with Press() as press:
            press.press(source, out, "picture")
            first = press._child
            press.press(source, out, "picture")
            assert first is not None and press._child is first and first.poll() is None
        assert first.poll() is not None

    def test_a_dead_child_is_replaced(self, source: Path, out: Path) -> None:
        with Press() as press:
            press.press(source, out, "picture")
            assert press._child is not None
            press._child.kill()
            press._child.wait()
            assert press.press(source, out, "picture").width == 900

    def test_memory_goes_back_with_each_file(self, source: Path, out: Path) -> None:
        with Press() as press:
            peaks = [press.press(source, out, "picture").peak for _turn in range(12)]
        assert max(peaks[2:]) - min(peaks[2:]) < 3_000_000

    def test_one_press_for_this_process(self, source: Path, out: Path) -> None:
        assert press_it(source, out, "picture").width == 900
        with pytest.raises(Unusable):
            press_it(source, out, "film")


class TestDisbelief:
    """The child may have been taken over by what it opened: what it says is looked at here."""

    def said(
        self, out: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Any, Path], None]
    ) -> str:
        def answer(child: object, ask: str, wait: float) -> dict[str, Any]:
            own = next(out.iterdir())
            source = out.parent / "source"
            reply = attempt(
                {
                    "kind": "picture",
                    "source": str(source),
                    "folder": str(own),
                    "covers": [],
                    "fonts": [],
                }
            )
            reply |= {"ask": ask, "peak": 1}
            spoil(reply, own)
            return reply

        monkeypatch.setattr(pressing, "_answer", answer)
        with Press() as press:
            return code_of(press, out.parent / "source", out)

    def test_a_link_out_of_the_folder(
        self, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def spoil(reply: Any, own: Path) -> None:
            (own / "small.webp").unlink()
            (own / "small.webp").symlink_to(source)

        assert self.said(out, monkeypatch, spoil) == "unreadable"

    @pytest.mark.parametrize("what", ["more", "fewer", "path", "tail", "type", "text", "name"])
    def test_everything_else(
        self, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, what: str
    ) -> None:
        def spoil(reply: Any, own: Path) -> None:
            first = reply["made"][0]
            if what == "more":
                (own / "more.html").write_text("<script>")
            elif what == "fewer":
                reply["made"].pop()
            elif what == "path":
                first["file"] = "../../source"
            elif what == "tail":
                with (own / first["file"]).open("ab") as file:
                    file.write(b"PK")
            elif what == "type":
                first["mime"] = "text/html"
            elif what == "text":
                reply["width"] = "x"
            else:
                first["name"] = "else"

        assert self.said(out, monkeypatch, spoil) == "unreadable"

    def test_an_answer_to_another_question_is_not_taken(self) -> None:
        lines = [b"no json", b"[]", json.dumps({"ask": "old", "code": "empty"}).encode()]
        said = b"\n".join([*lines, b""])
        code = f"import sys; sys.stdout.buffer.write({said!r})"
        child = subprocess.Popen([sys.executable, "-I", "-c", code], stdout=subprocess.PIPE)
        with child, pytest.raises(Unusable):
            pressing._answer(child, "new", 30.0)

    def test_a_drawing_that_crashes_the_renderer_is_only_refused(
        self, send: Send, out: Path
    ) -> None:
        deep = "<g opacity='.5'>" * 60 + "<rect width='9' height='9'/>" + "</g>" * 60
        with pytest.raises(Unusable):
            send(svg(deep))
        assert list(out.iterdir()) == []
