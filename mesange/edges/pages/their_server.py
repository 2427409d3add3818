"""The server where a visitor has their account: which page of it opens one of ours.

It says so by WebFinger (RFC 7033), under the relation that OStatus named "subscribe". What it answers is a stranger's
word: only https addresses of that very server are followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.http import Budget, OutgoingFailed, OutgoingRefused, Target
from mesange.kit.server import Server
from mesange.kit.text.domains import checked_domain

SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe"
USUAL = "/authorize_interaction?uri={uri}"
HANDLE = re.compile(r"@?(?P<name>[\w.-]{1,64})@(?P<domain>[^@/\s]{3,300})", re.ASCII | re.IGNORECASE)
MOST_HANDLE = 400
GONE = (404, 410)
SECONDS, MOST_BYTES = 10.0, 200_000


class NoHandle(Invalid):
    public_text = "This is no address of an account. It looks like name@server.example."

    def __init__(self) -> None:
        super().__init__(field="handle")


class NobodyThere(NoHandle):
    public_text = "That server knows nobody of this name. Check how it is spelled."


class OutOfReach(MesangeError):
    http_status = 503
    field = "handle"
    public_text = "That server does not answer. Try again in a few minutes, or search there for the address below."


@dataclass(frozen=True, slots=True)
class Handle:
    """`name@domain`, as its person spells the name; the domain in the form in which servers are compared."""

    name: str
    domain: str

    def __str__(self) -> str:
        return f"{self.name}@{self.domain}"


def handle_in(typed: str) -> Handle:
    """The handle, when its server is one that can be asked. Raises NoHandle."""
    spelled = split_handle(typed)
    try:
        handle = Handle(spelled.name, checked_domain(spelled.domain))
        target = Target.read(f"https://{handle.domain}/")
    except (Invalid, OutgoingRefused):
        raise NoHandle() from None
    if target.address is not None or "." not in target.host:
        raise NoHandle()
    return handle


def split_handle(typed: str) -> Handle:
    """From `name@server`, with or without @ before it, or the address of a profile. Raises NoHandle."""
    text = typed.strip().removeprefix("acct:")
    if text.startswith("https://") and "[" not in text[:MOST_HANDLE]:
        parts = urlsplit(text[:MOST_HANDLE])
        text = f"{parts.path.strip('/').removeprefix('users/').removeprefix('@')}@{parts.netloc}"
    found = HANDLE.fullmatch(text) if len(text) <= MOST_HANDLE else None
    if found is None:
        raise NoHandle()
    return Handle(found["name"], found["domain"].lower())


async def address_there(server: Server, handle: Handle, page: str) -> str:
    """Where that server shows its person our page, a whole https address. Raises NobodyThere, OutOfReach."""
    resource = quote(f"acct:{handle}", safe="")
    url = f"https://{handle.domain}/.well-known/webfinger?resource={resource}"
    budget = Budget(seconds=SECONDS, bytes_read=MOST_BYTES)
    try:
        answer = await server.http.get(url, accept="application/jrd+json, application/json", budget=budget)
    except (OutgoingFailed, OutgoingRefused) as error:
        raise OutOfReach() from error
    if answer.status in GONE:
        raise NobodyThere()
    if answer.status >= 500:
        raise OutOfReach()
    answered = Target.read(answer.url)
    # A name may be looked up at example.com and live at social.example.com: then the one sends us to the other.
    host = answered.authority if answered.scheme == "https" and answered.address is None else handle.domain
    found = (_filled(template, page, handle.domain, host) for template in _templates(answer.body))
    return next(filter(None, found), f"https://{host}{USUAL.replace('{uri}', quote(page, safe=''))}")


def _templates(body: bytes) -> Iterator[str]:
    try:
        document: Any = msgspec.json.decode(body)
        links: Any = document["links"]
        told = [link.get("template") for link in links if link.get("rel") == SUBSCRIBE]
    except (msgspec.DecodeError, RecursionError, UnicodeError, KeyError, TypeError, AttributeError):
        return
    yield from (template for template in told if isinstance(template, str))


def _filled(template: str, page: str, domain: str, host: str) -> str:
    """ "" for a template that is broken or leads to another server."""
    wanted = quote(page, safe="")
    try:
        target = Target.read(template.replace("{uri}", wanted)) if template.count("{uri}") == 1 else None
    except OutgoingRefused:
        return ""
    if target is None or target.scheme != "https" or wanted not in target.path:
        return ""
    is_theirs = target.authority in (domain, host) or target.authority.endswith(f".{domain}")
    return target.url if is_theirs else ""
