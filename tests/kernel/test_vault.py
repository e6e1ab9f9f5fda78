"""Sealed texts open only with their key, at their place, unchanged."""

import pytest

from participation.kernel import vault as module
from participation.kernel.vault import SAFEGUARDING, Unopened, Vault, place_of, use_keys, vault

OLD, NEW = "o" * 40, "n" * 40
PLACE = place_of("safeguarding_concerns", 7, "sealed")


def test_what_is_sealed_opens_at_its_place_alone() -> None:
    box = Vault([OLD], "x")
    sealed = box.seal("有人推我", PLACE)
    assert box.open(sealed, PLACE) == "有人推我"
    assert "有人推我".encode() not in sealed
    assert box.seal("有人推我", PLACE) != sealed
    for other in (
        place_of("safeguarding_concerns", 8, "sealed"),
        place_of("safeguarding_log", 7, "sealed"),
        place_of("safeguarding_concerns", 7, "note"),
    ):
        with pytest.raises(Unopened):
            box.open(sealed, other)


def test_no_byte_may_change() -> None:
    box = Vault([OLD], "x")
    sealed = box.seal("一", PLACE)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Unopened):
            box.open(changed, PLACE)
    for short in (b"", sealed[:3], sealed[:20]):
        with pytest.raises(Unopened):
            box.open(short, PLACE)


def test_the_first_key_seals_and_every_key_opens() -> None:
    before, after = Vault([OLD], "x"), Vault([NEW, OLD], "x")
    sealed = before.seal("一", PLACE)
    assert after.open(sealed, PLACE) == "一"
    assert not after.is_by_first_key(sealed)
    fresh = after.seal("二", PLACE)
    assert after.is_by_first_key(fresh)
    with pytest.raises(Unopened):
        before.open(fresh, PLACE)
    assert before.mark("w") == after.marks("w")[1] != after.mark("w")


def test_purposes_have_keys_of_their_own() -> None:
    one, other = Vault([OLD], "x"), Vault([OLD], "y")
    with pytest.raises(Unopened):
        other.open(one.seal("一", PLACE), PLACE)
    assert one.mark("w") != other.mark("w")


def test_safeguarding_never_rests_on_the_key_of_the_others() -> None:
    use_keys(safeguarding=[OLD], others=NEW)
    sealed = vault(SAFEGUARDING).seal("一", PLACE)
    with pytest.raises(Unopened):
        Vault([NEW], SAFEGUARDING).open(sealed, PLACE)
    assert Vault([OLD], SAFEGUARDING).open(sealed, PLACE) == "一"
    originals = vault("moderation.originals")
    assert originals is vault("moderation.originals")
    assert Vault([NEW], "moderation.originals").open(originals.seal("二", PLACE), PLACE) == "二"


def test_no_key_is_shown_and_none_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert OLD not in repr(Vault([OLD], "x"))
    with pytest.raises(ValueError, match="at least one key"):
        Vault([], "x")
    monkeypatch.setattr(module, "_secrets", {})
    with pytest.raises(RuntimeError):
        vault("x")
