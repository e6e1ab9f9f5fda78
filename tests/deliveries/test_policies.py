"""Who may read, acknowledge and answer a dossier: before the receipt and after it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from participation.deliveries import policies
from participation.kernel.errors import NotAllowed

NOW = datetime(2026, 6, 18, tzinfo=UTC)
CAST = {
    "official": SimpleNamespace(role="official", unit_id=1),
    "far official": SimpleNamespace(role="official", unit_id=2),
    "secretary": SimpleNamespace(role="secretary", unit_id=0),
    "child": SimpleNamespace(role="child", unit_id=0),
    "teacher": SimpleNamespace(role="teacher", unit_id=0),
    "moderator": SimpleNamespace(role="moderator", unit_id=0),
    "safeguarding": SimpleNamespace(role="safeguarding", unit_id=0),
    "administrator": SimpleNamespace(role="administrator", unit_id=0),
    "a moderator of the unit": SimpleNamespace(role="moderator", unit_id=1),
    "nobody": SimpleNamespace(role="", unit_id=0),
}
DOSSIERS = {
    "before": SimpleNamespace(unit_id=1, receipt_at=None),
    "after": SimpleNamespace(unit_id=1, receipt_at=NOW),
}
MATRIX = {
    "may_read_dossier": {
        "before": {"official", "secretary"},
        "after": {"official", "secretary"},
    },
    "may_acknowledge": {"before": {"official"}, "after": set()},
    "may_give_reply": {"before": {"official"}, "after": {"official"}},
}


@pytest.mark.parametrize("when", DOSSIERS)
@pytest.mark.parametrize("name", MATRIX)
def test_matrix(name: str, when: str) -> None:
    may = getattr(policies, name)
    allowed = {part for part, who in CAST.items() if may(who, DOSSIERS[when], NOW)}
    assert allowed == MATRIX[name][when]


def test_a_refusal_says_why() -> None:
    with pytest.raises(NotAllowed, match="已经签收过了"):
        policies.may_acknowledge.require(CAST["official"], DOSSIERS["after"], NOW)
    with pytest.raises(NotAllowed, match="别的单位"):
        policies.may_give_reply.require(CAST["far official"], DOSSIERS["before"], NOW)
