"""The pages of the accounts room, in reading order: come in, decide, keep."""

from participation.accounts.views import (
    cards,
    consents,
    deciding,
    entering,
    mine,
    people,
    roster,
    schools,
    staff,
)
from participation.accounts.views.blueprint import pages

__all__ = [
    "cards",
    "consents",
    "deciding",
    "entering",
    "mine",
    "pages",
    "people",
    "roster",
    "schools",
    "staff",
]
