"""What a person wrote under her pseudonyms, by its subjects: so that a room which has an answer for
the writer can show it to her, and needs to keep no key of her to do so."""

from collections.abc import Callable, Sequence

from participation.kernel.subjects import Subject

Writings = Callable[[int], Sequence[Subject]]
"""Takes the id of the person who asks for herself, gives the subjects of what she wrote."""

_writings: Sequence[Writings] = ()


def follow(writings: Sequence[Writings]) -> None:
    """Set who is asked in this process; `wiring` writes it down."""
    global _writings
    _writings = writings


def written_by(person_id: int) -> list[Subject]:
    """The subjects of all that this person wrote; ask only for whoever is at the screen herself."""
    return [subject for asked in _writings for subject in asked(person_id)]
