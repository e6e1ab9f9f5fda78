"""Looking after the post: a letter that was given up is tried once more."""

from typing import Any

from participation.kernel import mail
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.notifications.happenings import LetterSentAgain
from participation.notifications.policies import may_send_again


def send_again(who: Any, letter_id: int) -> None:
    """Let a failed letter be tried from the start. Refused for one that is not failed.

    Announces `LetterSentAgain`.
    """
    may_send_again.require(who, None, now())
    if not mail.send_again(letter_id):
        raise RuleBroken(_l("这封信不用再寄：它寄出去了，或者正在寄。"))
    announce(LetterSentAgain(subject=Subject("letter", str(letter_id)), by=who.person_id))
