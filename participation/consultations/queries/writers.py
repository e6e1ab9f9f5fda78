"""Who wrote pseudonymous words (`kernel.finders`), and what she at the screen wrote herself
(`kernel.writings`): both for safeguarding alone."""

from typing import Final

from sqlalchemy import select, tuple_

from participation.accounts.queries import child_ids
from participation.consultations.models import OpenWords
from participation.consultations.queries.answers import key_of
from participation.consultations.queries.mine import keys_of
from participation.consultations.topic import words_subject
from participation.kernel.database import session
from participation.kernel.subjects import Subject

PAGE: Final = 1000
MOST_WRITTEN: Final = 2000
"""So many words of one child are looked through, the newest first."""


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


def written_words(person_id: int) -> list[Subject]:
    """The subjects of all words that this child wrote in the latest matters, wherever they stand.

    Also of those that she took back: their row stays, empty, so that an answer to them is found.
    """
    keys = keys_of(person_id)
    if not keys:
        return []
    own = tuple_(OpenWords.consultation_id, OpenWords.participant).in_(list(keys.items()))
    found = select(OpenWords.id).where(own).order_by(OpenWords.consultation_id.desc(), OpenWords.id)
    return [words_subject(words_id) for words_id in session().scalars(found.limit(MOST_WRITTEN))]
