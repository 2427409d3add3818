"""The client: get and post, redirects followed one checked hop at a time."""

import ssl
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import h11

from mesange import __version__
from mesange.kit.http.addresses import Network
from mesange.kit.http.budget import Budget
from mesange.kit.http.codings import ACCEPTED
from mesange.kit.http.connections import Connections, Resolve, resolve
from mesange.kit.http.errors import OutgoingFailed, OutgoingRefused
from mesange.kit.http.exchange import Exchange, Question
from mesange.kit.http.urls import Target

REDIRECTS = {301, 302, 303, 307, 308}
LASTING = {301, 308}
OURS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "user-agent"}
# To another origin only these go on: no Authorization, Cookie or Signature, nor one not yet invented.
HARMLESS = {"accept", "accept-language"}


@dataclass(frozen=True)
class Answer:
    """`headers` have names in small letters; `url` is the last one of the redirects, the one that answered.

    `lasting_url` is the one to ask next time: as far as the redirects were permanent ones.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    lasting_url: str = ""


class Http:
    """Requests to other servers. Raises OutgoingRefused or OutgoingFailed, and no other error.

    `origin` is ours, named in the User-Agent. `allowed_addresses` opens, in development and tests only, networks that
    the address table forbids. Without a budget, a request has one of its own.
    """

    def __init__(
        self,
        origin: str,
        *,
        allowed_addresses: frozenset[Network] = frozenset(),
        connect_seconds: float = 5.0,
        read_seconds: float = 10.0,
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._own_headers = {
            "user-agent": f"Mesange/{__version__} (+{origin})",
            "accept-encoding": ACCEPTED,
            "connection": "close",
        }
        self._connections = Connections(resolve, allowed_addresses, tls)
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds

    async def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        headers: Mapping[str, str] | None = None,
        budget: Budget | None = None,
        first: int | None = None,
    ) -> Answer:
        """The answer at the end of at most three redirects; with `first`, only so many bytes of its body are read."""
        budget = budget or Budget()
        budget.spend_request()
        target, sent = Target.read(url), {"accept": accept} | extra(headers)
        lasting, is_lasting = target, True
        while True:
            answer = await self._answer(Question("GET", target, self._own(target) | sent), budget, first)
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return replace(answer, lasting_url=lasting.url)
            budget.spend_redirect()
            previous, target = target, target.redirected(answer.headers["location"])
            is_lasting = is_lasting and answer.status in LASTING
            lasting = target if is_lasting else lasting
            if target.origin != previous.origin:
                sent = {name: value for name, value in sent.items() if name in HARMLESS}

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        headers: Mapping[str, str] | None = None,
        budget: Budget | None = None,
    ) -> Answer:
        """The answer of this very URL: a redirect is returned, not followed, for what we post was meant for it."""
        budget = budget or Budget()
        budget.spend_request()
        target = Target.read(url)
        ours = self._own(target) | {"content-length": str(len(body))}
        sent = {"accept": "*/*"} | extra(headers) | {"content-type": content_type}
        return await self._answer(Question("POST", target, ours | sent, body), budget, None)

    def _own(self, target: Target) -> dict[str, str]:
        return {"host": target.authority} | self._own_headers

    async def _answer(self, question: Question, budget: Budget, first: int | None) -> Answer:
        target = question.target
        with told_plainly(target.host):
            async with self._connections.open(target, budget.seconds_for(self._connect_seconds)) as streams:
                exchange = Exchange(streams, budget, read_seconds=self._read_seconds)
                head = await exchange.ask(question)
                # Nobody needs the body of a redirect, so it cannot hurt us.
                read = b"" if head.status in REDIRECTS else await exchange.body(head, first)
        return Answer(head.status, head.headers, read, target.url)


def extra(headers: Mapping[str, str] | None) -> dict[str, str]:
    """The caller's headers with names in small letters; raises OutgoingRefused for those which are ours to set."""
    named = {name.lower(): value for name, value in (headers or {}).items()}
    if ours := OURS & named.keys():
        raise OutgoingRefused(f"The header {min(ours)} is not the caller's to set.")
    return named


@contextmanager
def told_plainly(host: str) -> Generator[None]:
    """Turn what the network and its libraries raise into our two errors."""
    try:
        yield
    except TimeoutError:
        raise OutgoingFailed(f"{host} did not answer in time.") from None
    except ssl.SSLError as error:
        raise OutgoingFailed(f"{host} has no valid certificate, or no TLS: {error.reason}.") from error
    except OSError as error:
        raise OutgoingFailed(f"{host} cannot be reached.") from error
    except h11.RemoteProtocolError as error:
        raise OutgoingFailed(f"{host} does not speak HTTP as it should.") from error
    except h11.LocalProtocolError as error:
        raise OutgoingRefused("A header of this request is not well formed.") from error
