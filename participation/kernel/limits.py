"""Rate limits by a table of windows: one count for all workers, on both databases."""

from datetime import timedelta

from sqlalchemy import BigInteger, Integer, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import now
from participation.kernel.database import after_end, session
from participation.kernel.errors import Sentence, TooMany
from participation.kernel.i18n import _l
from participation.kernel.quick import Quick
from participation.kernel.tables import Base

PATIENCE = _l("这会儿试得太多了。歇一会儿再来，你写的都还在。")


class Window(Base):
    """How often one thing happened in one stretch of time."""

    __tablename__ = "kernel_windows"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    starts: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


_COUNT = Quick(
    "INSERT INTO kernel_windows (name, starts, count) VALUES (:name, :starts, 1) "
    "ON CONFLICT (name, starts) DO UPDATE SET count = kernel_windows.count + 1 RETURNING count"
)


def _window(seconds: int) -> tuple[int, int]:
    second = int(now().timestamp())
    return second - second % seconds, seconds - second % seconds


def allow(name: str, *, most: int, seconds: int, sentence: Sentence = PATIENCE) -> None:
    """Count one more of `name` in this unit; raises `TooMany` beyond `most` in `seconds`."""
    starts, left = _window(seconds)
    count = _COUNT.value(name=name, starts=starts)
    if count > most:
        raise TooMany(sentence, seconds=left)


def refuse_after(name: str, *, most: int, seconds: int, sentence: Sentence = PATIENCE) -> None:
    """Raises `TooMany` when `most` failures of `name` were noted in this stretch of `seconds`."""
    starts, left = _window(seconds)
    found = select(Window.count).where(Window.name == name, Window.starts == starts)
    if (session().scalar(found) or 0) >= most:
        raise TooMany(sentence, seconds=left)


def note_failure(name: str, *, seconds: int) -> None:
    """Remember one failure of `name`, although the request that failed is rolled back."""
    starts, _left = _window(seconds)

    def count() -> None:
        _COUNT.all(name=name, starts=starts)

    after_end(count)


def clear_old() -> None:
    """Forget windows of more than two days ago."""
    long_ago = int((now() - timedelta(days=2)).timestamp())
    session().execute(delete(Window).where(Window.starts < long_ago))
