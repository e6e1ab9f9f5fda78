"""Work for the worker: jobs, claimed by lease, finished in the transaction of the effect.

A handler does its heavy part first, in a reading unit and without the write lock, and returns the
deed that writes. Deed and finish commit together, so a crash at any step repeats or keeps the
whole and never half of it.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Index,
    Integer,
    String,
    Text,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.rows import insert_once
from participation.kernel.tables import Base, Code, Moment, Serial

log = logging.getLogger(__name__)

Deed = Callable[[], None]
Handler = Callable[[dict[str, Any]], Deed]

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
KEEP_DONE = timedelta(days=7)
DIED = "WorkerDied"
LIVE = ("ready", "running")


class Job(Base):
    """One piece of work. `key` keeps the same work from being asked for twice."""

    __tablename__ = "kernel_jobs"
    __table_args__ = (Index("ix_kernel_jobs_state_run_after", "state", "run_after"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    arguments: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Code, default="ready", server_default="ready")
    run_after: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    error: Mapped[str] = mapped_column(String(200), default="", server_default="")


def enqueue(
    kind: str,
    key: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    after: datetime | None = None,
) -> None:
    """Ask for a job in this unit of work; a second one with the same key is the same job."""
    row = {
        "kind": kind,
        "key": f"{kind}:{key}",
        "arguments": json.dumps(dict(arguments or {}), sort_keys=True),
        "run_after": after or now(),
    }
    insert_once(Job, row)


def claim(*, lease: timedelta = LEASE) -> Job | None:
    """Take the oldest ready job, or one whose lease ran out, in a unit of its own.

    A job whose worker died under it too often is failed, for a person to look at, and not taken.
    """
    moment = now()
    with unit_of_work() as opened:
        ready = (
            select(Job)
            .where(
                or_(Job.state == "ready", Job.state == "running"),
                Job.run_after <= moment,
                or_(Job.state == "ready", Job.lease_until < moment),
            )
            .order_by(Job.run_after, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        job = opened.scalar(ready)
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.lease_until, job.error = "failed", None, DIED
            return job
        job.state, job.lease_until = "running", moment + lease
        job.attempts += 1
        return job


def run_one(handlers: Mapping[str, Handler], *, lease: timedelta = LEASE) -> bool:
    """Claim and run one job; False when there was none.

    The lease only says when another worker may start the same job anew; whoever finishes later
    finds the job taken and drops all that it wrote, so a slow worker doubles nothing.
    """
    job = claim(lease=lease)
    if job is None:
        return False
    if job.state == "failed":
        log.error("job given up", extra={"job": job.kind, "attempt": job.attempts})
        return True
    try:
        with unit_of_work(writes=False):
            deed = handlers[job.kind](json.loads(job.arguments))
        with unit_of_work() as opened:
            deed()
            finish = (
                update(Job)
                .where(Job.id == job.id, Job.attempts == job.attempts, Job.state == "running")
                .values(state="done", lease_until=None, error="")
            )
            if opened.execute(finish).rowcount != 1:  # type: ignore[attr-defined]
                raise RuntimeError("another worker finished this job")
    except Exception as problem:
        log.exception("job failed", extra={"job": job.kind, "attempt": job.attempts})
        _put_back(job, problem)
    return True


def _put_back(job: Job, problem: Exception) -> None:
    """Try again later, each time twice as late (10 s to 1 h); give up visibly at the end."""
    wait = timedelta(seconds=min(3600, 10 * 2 ** (job.attempts - 1)))
    with unit_of_work() as opened:
        opened.execute(
            update(Job)
            .where(Job.id == job.id, Job.attempts == job.attempts, Job.state == "running")
            .values(
                state="failed" if job.attempts >= MOST_ATTEMPTS else "ready",
                run_after=now() + wait,
                lease_until=None,
                error=type(problem).__name__[:200],
            )
        )


def place_of(kind: str, key: str) -> int:
    """The place of a job among the unfinished ones of its kind, from 1; 0 when it is not there."""
    live = Job.state.in_(LIVE)
    mine = select(Job.run_after, Job.id).where(Job.key == f"{kind}:{key}", live)
    found = session().execute(mine).one_or_none()
    if found is None:
        return 0
    before = tuple_(Job.run_after, Job.id) <= tuple_(
        literal(found.run_after, Moment), literal(found.id)
    )
    return session().scalar(select(func.count()).where(Job.kind == kind, live, before)) or 0


def live_keys(kind: str) -> set[str]:
    """The keys of the unfinished jobs of a kind."""
    keys = session().scalars(select(Job.key).where(Job.kind == kind, Job.state.in_(LIVE)))
    return {key.removeprefix(f"{kind}:") for key in keys}


def revive(kind: str, key: str) -> None:
    """Try a job that was given up anew, from its first attempt on."""
    given_up = update(Job).where(Job.key == f"{kind}:{key}", Job.state == "failed")
    session().execute(given_up.values(state="ready", attempts=0, run_after=now()))


def forget_done(kind: str) -> None:
    """Forget the finished jobs of a kind now: when they were asked for is nobody's business."""
    session().execute(delete(Job).where(Job.kind == kind, Job.state == "done"))


def clear_done() -> None:
    """Forget finished jobs after a week; their effects stand in their rooms."""
    session().execute(delete(Job).where(Job.state == "done", Job.run_after < now() - KEEP_DONE))
