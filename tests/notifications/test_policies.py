"""Who may look after the post."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from participation.accounts.roles import ADMINISTRATOR, ROLES
from participation.notifications.policies import may_send_again


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_administrators_only(role: str) -> None:
    who = SimpleNamespace(role=role)
    assert may_send_again(who, None, datetime.now(UTC)) is (role == ADMINISTRATOR)
