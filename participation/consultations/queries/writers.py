"""Who wrote pseudonymous words: for safeguarding alone, by `kernel.finders`."""

from typing import Final

from participation.accounts.queries import child_ids
from participation.consultations.models import OpenWords
from participation.consultations.queries.answers import key_of
from participation.kernel.database import session
from participation.kernel.subjects import Subject

PAGE: Final = 1000


def find_writer(subject: Subject) -> int | None:
    """The id of the child who wrote these words; None where they or she are gone.

    No table holds it: the pseudonym of each child in this consultation is derived anew, a page of
    ids at a time, until one is the same. A million children take a few seconds.
    """
    words = session().get(OpenWords, bytes.fromhex(subject.id))
    if words is None:
        return None
    last = 0
    while ids := child_ids(after=last, size=PAGE):
        for person_id in ids:
            if key_of(person_id, words.consultation_id) == words.participant:
                return person_id
        last = ids[-1]
    return None
