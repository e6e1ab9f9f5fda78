"""The identities of the demo's staff, for deeds of the past."""

from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.accounts.roles import SAFEGUARDING


def staff_identity(person: Person) -> Identity:
    """The identity of a staff person of the demo, for deeds of the past."""
    return Identity(
        person_id=person.id,
        role=person.role,
        sign_in="",
        mark=0,
        until=0,
        nickname=person.legal_name,
        unit_id=person.unit_id or 0,
        school_id=person.school_id or 0,
        vetted=True,
        confirmed=person.role == SAFEGUARDING,
    )
