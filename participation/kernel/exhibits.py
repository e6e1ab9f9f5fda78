"""What there is to see and to hear of a subject, for a room that judges it and keeps no files.

Moderation and safeguarding know a subject, never the room of its files; the room to which the
subject belongs says what goes with its words. `wiring` writes the table down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from participation.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture or a sound (`kind`) that belongs to a subject.

    `ready` is False while it is made anew; then it has no address. `source` and `larger` give an
    address for one visit (`Identity.sign_in`), `change` is the page on which a moderator who holds
    the subject covers parts of it ("" where there is none), `alike` says how many others look like
    it: offered, never judged.
    """

    kind: str
    ready: bool
    source: Callable[[str], str]
    larger: Callable[[str], str]
    change: str = ""
    alike: int = 0
    width: int = 0
    height: int = 0


Exhibitor = Callable[[Subject], Sequence[Exhibit]]

_exhibitors: Mapping[str, Exhibitor] = {}


def follow(exhibitors: Mapping[str, Exhibitor]) -> None:
    """Set the table of exhibitors for this process; `wiring` writes it down."""
    global _exhibitors
    _exhibitors = exhibitors


def exhibits_of(subject: Subject) -> Sequence[Exhibit]:
    """What goes with the words of this subject, in order; nothing where they are all there is."""
    exhibitor = _exhibitors.get(subject.kind)
    return exhibitor(subject) if exhibitor else ()
