"""Who may read and finish a concern: a matrix of roles, kinds and states."""

from types import SimpleNamespace
from typing import Any

import pytest

from participation.accounts.identity import Nobody
from participation.accounts.roles import ROLES
from participation.kernel.clock import now
from participation.safeguarding.policies import may_finish_concern, may_read_concern

READERS = {"help": "safeguarding", "moderation": "safeguarding", "complaint": "secretary"}


def concern(kind: str, state: str = "new") -> Any:
    return SimpleNamespace(kind=kind, state=state)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("state", ["new", "seen", "done"])
def test_the_matrix(role: str, kind: str, state: str) -> None:
    who, thing = SimpleNamespace(role=role), concern(kind, state)
    reads = READERS[kind] == role
    assert may_read_concern(who, thing, now()) is reads
    assert may_finish_concern(who, thing, now()) is (reads and state != "done")


@pytest.mark.parametrize("kind", READERS)
def test_nobody_reads(kind: str) -> None:
    assert not may_read_concern(Nobody(), concern(kind), now())


def test_a_done_concern_says_why_it_is_closed() -> None:
    refusal = may_finish_concern.refusal(
        SimpleNamespace(role="secretary"), concern("complaint", "done"), now()
    )
    assert "办完" in str(refusal)
