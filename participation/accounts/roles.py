"""The roles of the house and the doors that open to them."""

from typing import Any, Final

from participation.kernel.doors import Door

CHILD: Final = "child"
TEACHER: Final = "teacher"
MODERATOR: Final = "moderator"
SAFEGUARDING: Final = "safeguarding"
SECRETARY: Final = "secretary"
OFFICIAL: Final = "official"
ADMINISTRATOR: Final = "administrator"
JUROR: Final = "juror"

STAFF: Final = (TEACHER, MODERATOR, SAFEGUARDING, SECRETARY, OFFICIAL, ADMINISTRATOR, JUROR)
ROLES: Final = (CHILD, *STAFF)


class VettedDoor(Door):
    """A door to what children wrote: it opens while vetting and training are in date (R56)."""

    __slots__ = ()

    def opens_to(self, visitor: Any) -> bool:
        """May this visitor come in?"""
        return super().opens_to(visitor) and bool(visitor.vetted)


class ConfirmedDoor(VettedDoor):
    """A vetted door to which no single person can let another in: it takes a confirmation (R41)."""

    __slots__ = ()

    def opens_to(self, visitor: Any) -> bool:
        """May this visitor come in?"""
        return super().opens_to(visitor) and bool(visitor.confirmed)


def _vetted_door(name: str, *roles: str) -> Door:
    return VettedDoor(name, frozenset(roles), sign_in="accounts.staff_sign_in")


def _staff_door(name: str, *roles: str) -> Door:
    return Door(name, frozenset(roles), sign_in="accounts.staff_sign_in")


children = Door("children", frozenset({CHILD}))
staff = _staff_door("staff", *STAFF)
teachers = _staff_door("teachers", TEACHER)
moderators = _vetted_door("moderators", MODERATOR)
safeguarders = ConfirmedDoor(
    "safeguarders", frozenset({SAFEGUARDING}), sign_in="accounts.staff_sign_in"
)
secretaries = _staff_door("secretaries", SECRETARY)
officials = _staff_door("officials", OFFICIAL)
administrators = _staff_door("administrators", ADMINISTRATOR)
school_keepers = _staff_door("school_keepers", TEACHER, SECRETARY, ADMINISTRATOR)
roster_keepers = _staff_door("roster_keepers", SECRETARY, ADMINISTRATOR)
word_keepers = _staff_door("word_keepers", MODERATOR, ADMINISTRATOR)
grown_jurors = _staff_door("grown_jurors", JUROR, TEACHER)
"""Adults who may sit on a panel: invited jurors, and teachers (never for their own school)."""
delivery_watchers = _staff_door("delivery_watchers", SECRETARY, OFFICIAL)
