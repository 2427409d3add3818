"""What is carried and by whom; here the carrier of development, which shows mails in the terminal."""

import sys
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """What a carrier carries. `message_id` stays the same when a letter is carried twice, so the reader sees one."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    body: str


class Rejected(Exception):
    """The recipient's side says no for good: trying again is useless."""


class Carrier(Protocol):
    keeps_bodies: bool
    """Whether the body stays in the table once carried, for the outbox page."""

    async def carry(self, letter: Letter) -> None:
        """Raises Rejected for good, OSError (which smtplib's errors are) for now."""
        ...


class Terminal:
    """Shows mails in the terminal: for development, where nobody else reads it."""

    keeps_bodies = True

    async def carry(self, letter: Letter) -> None:
        frame = "─" * 72
        sys.stderr.write(f"{frame}\nTo: {letter.recipient}\nSubject: {letter.subject}\n\n{letter.body}\n{frame}\n")
        sys.stderr.flush()
