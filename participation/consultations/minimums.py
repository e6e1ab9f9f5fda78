"""The thresholds of this city for public and official figures: the floors, or what was raised."""

from dataclasses import replace

from participation.figures.thresholds import OFFICIAL, PUBLIC, Profile

_public: Profile = PUBLIC
_official: Profile = OFFICIAL


def use_minimums(*, public: int, official: int) -> None:
    """Set the smallest counts that are shown; raises `TooLow` below the floors (R70)."""
    global _public, _official
    _public, _official = replace(PUBLIC, few=public), replace(OFFICIAL, few=official)


def public_profile() -> Profile:
    """What everybody may see."""
    return _public


def official_profile() -> Profile:
    """What the unit that must answer may see."""
    return _official
