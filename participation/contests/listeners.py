"""What calls for works do when something happens elsewhere in the house."""

from participation.accounts.consent import REFUSED
from participation.accounts.happenings import ConsentRecorded, ConsentWithdrawn, PersonLeft
from participation.ballots.happenings import VotingCounted
from participation.contests.actions.batches.photos import ask_reading
from participation.contests.actions.choice import note_choice
from participation.contests.actions.files import file_refused, files_ready
from participation.contests.actions.forgetting import drop_drafts, forget_drafts, take_back_unread
from participation.contests.actions.outcome import send_outcome
from participation.contests.actions.panels import leave_all_panels
from participation.contests.actions.standing import show_anew
from participation.contests.actions.verdicts import (
    approve_work,
    give_work_back,
    keep_work,
    refuse_work,
    return_work,
    set_work_aside,
    uphold_work,
    wait_again,
)
from participation.contests.happenings.calls import CallClosed
from participation.contests.happenings.entries import UnreadWorksTakenBack
from participation.contests.happenings.notice import CallEnded
from participation.contests.naming import BATCH, CALL, ENTRY
from participation.deliveries.happenings import ReceiptGiven, ReplyGiven, ReplyOverdue
from participation.kernel.announcing import announce
from participation.kernel.subjects import Subject
from participation.media.happenings import FilePressed, FileRefused
from participation.moderation.happenings import CaseDecided, CaseReopened, CaseSetAside
from participation.safeguarding.happenings import ConcernReleased


def apply_verdict(happening: CaseDecided) -> None:
    """A moderator judged a text: when it is a child's work here, it stands accordingly."""
    if happening.subject.kind != ENTRY:
        return
    subject, by, said, kind = (
        happening.subject,
        happening.by,
        happening.sentence,
        happening.kind,
    )
    reason = happening.reasons[0] if happening.reasons else ""
    match kind, happening.verdict:
        case _, "escalated":
            set_work_aside(subject, said, by)
        case "report", "approved":
            keep_work(subject, happening.text, by)
        case _, "approved":
            marks = happening.marks
            approve_work(subject, marks, by, kind=kind, sentence=said, text=happening.text)
        case "appeal", _:
            uphold_work(subject, reason, said)
        case _, "returned":
            return_work(subject, reason, said, by, kind=kind)
        case _:
            refuse_work(subject, reason, said, by, kind=kind)


def let_aside(happening: CaseSetAside) -> None:
    """Words tell of harm that can't wait: a safeguarding officer has the work, and nobody else."""
    if happening.subject.kind == ENTRY:
        set_work_aside(happening.subject, happening.sentence, None)


def give_back(happening: ConcernReleased) -> None:
    """An officer found no concern in a work: it waits for a moderator as any other."""
    subject = Subject.parse(happening.about) if happening.about else None
    if subject is not None and subject.kind == ENTRY:
        give_work_back(subject, happening.text)


def read_again(happening: CaseReopened) -> None:
    """A moderator took her verdict back."""
    if happening.subject.kind == ENTRY:
        wait_again(happening)


def note_ready(happening: FilePressed) -> None:
    """A file is ready: perhaps the last one that a work waited for, or a photo of a class."""
    if happening.subject.kind == ENTRY:
        files_ready(happening.subject)
    elif happening.subject.kind == BATCH:
        ask_reading(happening)


def note_refused(happening: FileRefused) -> None:
    """A file can't be used: a work that was handed in with it comes back."""
    if happening.subject.kind == ENTRY:
        file_refused(happening.subject)


def take_back_works(happening: ConsentWithdrawn | ConsentRecorded) -> None:
    """Consent was withdrawn, or a child of 14 says no: nobody reads on what she had handed in."""
    if isinstance(happening, ConsentWithdrawn):
        take_back_unread(int(happening.subject.id))
        announce(UnreadWorksTakenBack(subject=happening.subject))
    elif happening.decision == REFUSED:
        take_back_unread(int(happening.subject.id))


def person_left(happening: PersonLeft) -> None:
    """A child who has left finishes no work any more."""
    forget_drafts(int(happening.subject.id))


def choice_counted(happening: VotingCounted) -> None:
    """A secret vote was counted: perhaps the children's choice in a call."""
    note_choice(happening)


def call_closed(happening: CallClosed) -> None:
    """A call takes no works any more: what was only begun goes."""
    drop_drafts(int(happening.subject.id))


def juror_left(happening: PersonLeft | ConsentWithdrawn | ConsentRecorded) -> None:
    """Who has left, and a child whose guardian no longer agrees, judges nothing any more."""
    if not isinstance(happening, ConsentRecorded) or happening.decision == REFUSED:
        leave_all_panels(int(happening.subject.id))


def call_ended(happening: CallEnded) -> None:
    """The outcome of a call stands: it goes to the unit that decides."""
    send_outcome(int(happening.subject.id))


def answer_moved(happening: ReceiptGiven | ReplyGiven | ReplyOverdue) -> None:
    """A dossier was received, answered or is late: the pages of its call say so."""
    if happening.subject.kind == CALL:
        show_anew(int(happening.subject.id))
