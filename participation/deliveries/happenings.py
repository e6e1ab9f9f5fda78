"""What deliveries tells the house: sent, received, answered, overdue."""

from dataclasses import dataclass
from datetime import date

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierSent(Happening):
    """A dossier was sealed and addressed; `due_on` is the day promised to the children."""

    dossier_id: int
    unit_id: int
    official_id: int
    due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptGiven(Happening):
    """An official of the unit acknowledged the dossier."""

    dossier_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyGiven(Happening):
    """A reply with every point answered was given; a version above 1 corrects an earlier one."""

    dossier_id: int
    unit_id: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyOverdue(Happening):
    """The day of the reply is past and none was given; told again every seven days."""

    dossier_id: int
    unit_id: int
    official_id: int
    due_on: date
