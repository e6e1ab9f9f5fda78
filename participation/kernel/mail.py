"""The outbox: letters written in the transaction of their cause, sent by the worker.

A letter goes out at least once. It carries one Message-ID for its whole life, so that a letter
sent again after a crash between the server's "accepted" and our commit is the same letter to the
reader's mailbox and to us; it is marked `unsure`, for the administrators to see.
"""

import json
import logging
import secrets
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Index, Integer, String, Text, and_, false, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.rows import insert_once
from participation.kernel.subjects import Subject
from participation.kernel.tables import Base, Code, Moment, Serial
from participation.settings import Settings

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
STEPS_OF_SMTP = 9
"""Steps that each may last `smtp_timeout`: connect, greet, TLS, sign in, from, to, data, end."""
MOST_ATTEMPTS = 14
DIED = "WorkerDied"
KEEP_WORDS = timedelta(days=7)


class Uncertain(Exception):
    """The line broke after the message went out: the server may have taken it or not."""


class Letter(Base):
    """One letter to one reader. `key` keeps the same letter from being written twice."""

    __tablename__ = "kernel_letters"
    __table_args__ = (
        Index("ix_kernel_letters_state_run_after", "state", "run_after"),
        Index("ix_kernel_letters_unsure_id", "unsure", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    message_id: Mapped[str] = mapped_column(String(160), unique=True)
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(Code)
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="", server_default="")
    enclosures: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    state: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    written_at: Mapped[datetime] = mapped_column(Moment)
    run_after: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    unsure: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    error: Mapped[str] = mapped_column(String(200), default="", server_default="")
    sent_at: Mapped[datetime | None] = mapped_column(Moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a room wants to say to one reader. `enclosures` name papers by subject."""

    key: str
    to_address: str
    to_name: str
    locale: str
    subject: str
    text: str
    html: str = ""
    enclosures: Sequence[Subject] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file to send along: its name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


Fetch = Callable[[str], Enclosure]
"""Takes the id of a subject, gives the file."""


def write_letter(draft: Draft, *, host: str) -> bool:
    """Put a letter into the outbox in this unit of work; False when its key is there already."""
    moment = now()
    return insert_once(
        Letter,
        {
            "key": draft.key,
            "message_id": f"<{secrets.token_hex(16)}@{host}>",
            "to_address": draft.to_address,
            "to_name": " ".join(draft.to_name.split())[:120],
            "locale": draft.locale,
            "subject": " ".join(draft.subject.split())[:300],
            "text": draft.text,
            "html": draft.html,
            "enclosures": json.dumps([str(subject) for subject in draft.enclosures]),
            "written_at": moment,
            "run_after": moment,
        },
    )


def compose(letter: Letter, settings: Settings, fetch: Mapping[str, Fetch]) -> EmailMessage:
    """Build the message. The same letter gives the same headers each time."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.mail_name, addr_spec=settings.mail_from)
    message["To"] = Address(letter.to_name, addr_spec=letter.to_address)
    message["Subject"] = letter.subject
    message["Date"] = letter.written_at
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for name in json.loads(letter.enclosures):
        subject = Subject.parse(name)
        paper = fetch[subject.kind](subject.id)
        main, _slash, sub = paper.media_type.partition("/")
        message.add_attachment(paper.content, maintype=main, subtype=sub, filename=paper.name)
    return message


def keep_in_folder(message: EmailMessage, folder: Path) -> None:
    """Write one message as `<its id>.eml`; the same letter again is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def hand_over(message: EmailMessage, settings: Settings) -> None:
    """Give one message to the mail server.

    Raises `smtplib.SMTPException` or `OSError` where it was not taken, and `Uncertain` where the
    line broke between our last byte and the answer. What the server says to our good-bye does not
    matter any more: the message is taken. With `MAIL_FOLDER` set the message is put there instead,
    as one file, for looking at (the demo).
    """
    if settings.mail_folder:
        keep_in_folder(message, Path(settings.mail_folder))
        return
    server = _connect(settings)
    try:
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        _send(server, message)
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _connect(settings: Settings) -> smtplib.SMTP:
    """A line to the server; with TLS its certificate must be good for its name."""
    host, port, timeout = settings.smtp_host, settings.smtp_port, settings.smtp_timeout
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    server = smtplib.SMTP(host, port, timeout=timeout)
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _send(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except smtplib.SMTPServerDisconnected as problem:
        raise Uncertain from problem
    except smtplib.SMTPException:
        raise
    except OSError as problem:
        raise Uncertain from problem


def lease_of(settings: Settings) -> timedelta:
    """How long a sender may hold a letter: longer than the slowest server may take in all."""
    return max(LEASE, timedelta(seconds=STEPS_OF_SMTP * settings.smtp_timeout))


def claim_letter(*, lease: timedelta = LEASE) -> Letter | None:
    """Take the oldest waiting letter, or one whose sender died, in a unit of its own.

    A letter under which the sender died too often is failed, for a person to look at.
    """
    moment = now()
    with unit_of_work() as opened:
        waiting = (
            select(Letter)
            .where(
                or_(
                    and_(Letter.state == "waiting", Letter.run_after <= moment),
                    and_(Letter.state == "sending", Letter.lease_until < moment),
                )
            )
            .order_by(Letter.run_after, Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        letter = opened.scalar(waiting)
        if letter is None:
            return None
        if letter.state == "sending":
            letter.unsure = True
        if letter.attempts >= MOST_ATTEMPTS:
            letter.state, letter.lease_until, letter.error = "failed", None, DIED
            return letter
        letter.state, letter.lease_until = "sending", moment + lease
        letter.attempts += 1
        return letter


def send_one(
    settings: Settings, fetch: Mapping[str, Fetch], *, lease: timedelta | None = None
) -> bool:
    """Send one letter; False when none was waiting."""
    letter = claim_letter(lease=lease or lease_of(settings))
    if letter is None:
        return False
    if letter.state == "failed":
        log.error("letter given up", extra={"letter": letter.id})
        return True
    try:
        with unit_of_work(writes=False):
            message = compose(letter, settings, fetch)
        hand_over(message, settings)
    except Exception as problem:
        log.warning(
            "letter not sent", extra={"letter": letter.id, "problem": type(problem).__name__}
        )
        _settle_letter(letter, **_later(letter, problem))
        return True
    _settle_letter(letter, state="sent", sent_at=now(), lease_until=None, error="")
    return True


def _later(letter: Letter, problem: Exception) -> dict[str, Any]:
    """Back off from half a minute to six hours; a refusal for good, or the last try, is failed."""
    over = _for_good(problem) or letter.attempts >= MOST_ATTEMPTS
    wait = timedelta(seconds=min(6 * 3600, 30 * 2 ** (letter.attempts - 1)))
    return {
        "state": "failed" if over else "waiting",
        "run_after": now() + wait,
        "lease_until": None,
        "unsure": letter.unsure or isinstance(problem, Uncertain),
        "error": type(problem).__name__[:200],
    }


def _for_good(problem: Exception) -> bool:
    """Did the server refuse this reader or this message with a 5xx (RFC 5321, 4.2.1)?

    A refusal of our address or our sign-in is a fault of the settings: those letters wait for it
    to be mended.
    """
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _words in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and 500 <= problem.smtp_code < 600


def _settle_letter(letter: Letter, **values: Any) -> None:
    with unit_of_work() as opened:
        opened.execute(
            update(Letter)
            .where(
                Letter.id == letter.id,
                Letter.attempts == letter.attempts,
                Letter.state == "sending",
            )
            .values(**values)
        )


def send_again(letter_id: int) -> bool:
    """Let a failed letter be tried once more from the start; False where it is not failed."""
    done = session().execute(
        update(Letter)
        .where(Letter.id == letter_id, Letter.state == "failed")
        .values(state="waiting", attempts=0, run_after=now(), error="")
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def forget_words() -> None:
    """Empty letters that were sent a week ago: who got which letter stays, links and words go."""
    session().execute(
        update(Letter)
        .where(Letter.state == "sent", Letter.sent_at < now() - KEEP_WORDS, Letter.text != "")
        .values(text="", html="", enclosures="[]")
    )
