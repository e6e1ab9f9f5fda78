"""A real SMTP server that keeps what it took, refuses on request, and can stop at any step."""

import asyncio
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

STEPS = ("hello", "rcpt", "content", "accepted", "quit")
"""Where the server can stop: before it greets back, before it takes the reader, before it keeps
the message, after it kept it and before it says so, after it said so."""


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """The server and all that it took. `refusals` answers the next steps: {"rcpt": ["451 later"]}.

    With `stop_at` set, the next message stops at that step until `go_on`; `reached` tells it.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.refusals: dict[str, list[str]] = {}
        self.stop_at = ""
        self.reached = threading.Event()
        self._arrived = threading.Condition()
        self._gate: asyncio.Event | None = None
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.go_on()
        self._controller.stop()

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each message, in the order of arrival."""
        return [str(message["Message-ID"]) for message in self.messages]

    def wait_for(self, count: int, *, seconds: float = 20) -> None:
        """Wait until so many different letters have arrived."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(set(self.ids)) >= count, seconds)
        assert came, f"{len(set(self.ids))} of {count} letters came"

    def go_on(self) -> None:
        """Let whoever waits at the step go on, and stop nobody any more."""
        self.stop_at = ""
        self.reached.clear()
        gate, self._gate = self._gate, None
        if gate is not None:
            self._controller.loop.call_soon_threadsafe(gate.set)

    async def _step(self, name: str) -> str:
        if self.stop_at == name:
            gate = self._gate = asyncio.Event()
            self.reached.set()
            await gate.wait()
        waiting = self.refusals.get(name)
        return waiting.pop(0) if waiting else ""

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: Any
    ) -> Any:
        session.host_name = hostname
        await self._step("hello")
        return answers

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        refusal = await self._step("rcpt")
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        refusal = await self._step("content")
        if refusal:
            return refusal
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        with self._arrived:
            self.messages.append(message)  # type: ignore[arg-type]
            self._arrived.notify_all()
        return await self._step("accepted") or "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return await self._step("quit") or "221 Bye"
