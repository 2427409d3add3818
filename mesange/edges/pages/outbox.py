"""Mails that a development server keeps instead of sending: readable on this machine only."""

import re
from dataclasses import dataclass

from mesange.front.views import Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.kit.web.response import Response

HERE = ("127.0.0.1", "::1")
LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class LetterView:
    """A mail that development keeps instead of sending."""

    to: str
    subject: str
    text: str
    sent_at: Milliseconds
    links: tuple[str, ...] = ()


async def show(visit: Visit) -> Response:
    """Raises NotFound where mails really leave, and for whoever asks from another machine."""
    if not visit.server.mail.is_kept_here or not is_here(visit):
        raise NotFound()
    letters = [
        LetterView(mail.recipient, mail.subject, mail.body, mail.created_at, tuple(LINK.findall(mail.body)))
        for mail in await visit.server.mail.list_newest()
    ]
    return await visit.page("outbox.html", letters=letters)


def is_here(visit: Visit) -> bool:
    """Behind a proxy everybody comes from this machine: then nobody may read."""
    return visit.request.client_address in HERE and b"x-forwarded-for" not in visit.request.headers
