"""A child says that she has read what the officers answered her."""

from typing import Any

from participation.kernel.announcing import announce
from participation.kernel.database import session
from participation.safeguarding.actions.lines import subject_of
from participation.safeguarding.happenings import AnswersRead
from participation.safeguarding.queries.answers import answer_lines, answered_concerns


def read_answers(who: Any, shown: int) -> bool:
    """Mark the answers on her page as read; False where there are others than the `shown` ones.

    `shown` is how many answers the page held that she looked at. Where another came meanwhile
    nothing is marked, and the page shows it to her. Only her own concerns are looked at.
    """
    concerns = answered_concerns(who)
    lines = answer_lines(concerns)
    if sum(len(found) for found in lines.values()) != shown:
        return False
    for concern in concerns:
        count = len(lines.get(concern.id, ()))
        if count > concern.answers_read:
            concern.answers_read = count
            announce(AnswersRead(subject=subject_of(concern)))
    session().flush()
    return True
