"""Rate limits by a table of windows: one count for all workers, on both databases."""

from datetime import timedelta

from sqlalchemy import BigInteger, Integer, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Sentence, TooMany
from participation.kernel.i18n import _l
from participation.kernel.quick import Quick
from participation.kernel.tables import Base

PATIENCE = _l("这会儿试得太多了。歇一会儿再来，你写的都还在。")


class Window(Base):
    """How often one thing happened in one stretch of time."""

    __tablename__ = "kernel_windows"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    starts: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


_COUNT = Quick(
    "INSERT INTO kernel_windows (name, starts, count) VALUES (:name, :starts, 1) "
    "ON CONFLICT (name, starts) DO UPDATE SET count = kernel_windows.count + 1 RETURNING count"
)

_GIVE_BACK = Quick(
    "UPDATE kernel_windows SET count = count - 1 WHERE name = :name AND starts = :starts"
)


def _window(seconds: int) -> tuple[int, int]:
    second = int(now().timestamp())
    return second - second % seconds, seconds - second % seconds


def allow(name: str, *, most: int, seconds: int, sentence: Sentence = PATIENCE) -> int:
    """Count one more of `name` in this unit; raises `TooMany` beyond `most` in `seconds`.

    Returns when the stretch in which it was counted began, for `give_back`.
    """
    starts, left = _window(seconds)
    count = _COUNT.value(name=name, starts=starts)
    if count > most:
        raise TooMany(sentence, seconds=left)
    return starts


def give_back(name: str, starts: int) -> None:
    """Count one less of `name` in the stretch that began at `starts`: what was counted beforehand
    turned out to be none of what is limited."""
    _GIVE_BACK.all(name=name, starts=starts)


def clear_old() -> None:
    """Forget windows of more than two days ago."""
    long_ago = int((now() - timedelta(days=2)).timestamp())
    session().execute(delete(Window).where(Window.starts < long_ago))
