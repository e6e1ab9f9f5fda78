"""How much is hidden from whom: the public profile and the officials' profile (R70, R72, R74)."""

from dataclasses import dataclass
from typing import Final

# The least that each profile may ask for; a city may raise it, nobody may lower it.
FLOORS: Final = {
    "public": {"few": 10, "base": 30, "schools": 3, "step": 5},
    "official": {"few": 5, "base": 30, "schools": 0, "step": 1},
}


class TooLow(ValueError):
    """A threshold below the floor of its profile."""


@dataclass(frozen=True)
class Profile:
    """The thresholds for one circle of readers.

    `few`: smaller counts are hidden. `base`: smaller lines carry no shares (public: no answers).
    `schools`: answers from fewer schools are hidden. `step`: counts are rounded to its multiples.
    Raises TooLow below the floor, which makes a lower setting impossible.
    """

    name: str
    few: int
    base: int
    schools: int
    step: int

    def __post_init__(self) -> None:
        if self.name not in FLOORS:
            raise TooLow(f"there is no profile {self.name!r}")
        for threshold, floor in FLOORS[self.name].items():
            if getattr(self, threshold) < floor:
                raise TooLow(f"{threshold} of {self.name} must be at least {floor}")

    @property
    def is_public(self) -> bool:
        """Whether anybody at all may read these figures."""
        return self.name == "public"

    @property
    def blur(self) -> int:
        """The rounding of the few cells that shield a hidden neighbour; 0 = hide them instead.

        Wide enough that the shielded cell may be anything below the threshold.
        """
        return 0 if self.is_public else 2 * self.few


PUBLIC: Final = Profile("public", few=10, base=30, schools=3, step=5)
OFFICIAL: Final = Profile("official", few=5, base=30, schools=0, step=1)
