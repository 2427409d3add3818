"""E1, E2, E3, E7, J5 of the known attacks: every route of the API against every kind of caller, generated.

The verdict is worked out from what the route declares; a new route is covered as soon as it is there.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, grant_client_token, register_client
from mesange.core.accounts.actions.standing import restrict_account
from mesange.core.accounts.model import Account, Restriction, User, Viewer
from mesange.core.accounts.model.scopes import READ, WRITE, allows
from mesange.core.accounts.queries import viewer_by_token
from mesange.edges.mastodon.routes import ROUTES
from mesange.edges.mastodon.streaming import PUBLIC_STREAMS, stream_of
from mesange.front.api import Access, Who
from mesange.kit.errors import MesangeError
from mesange.kit.server import Server
from mesange.kit.web.router import Route
from mesange.main import build_app
from tests.edges.reader import ORIGIN, create

FULL = "read write follow push profile"
SCOPES = {
    "read": "read",
    "write": "write",
    "follow": "follow",
    "push": "push",
    "profile": "profile",
    "administration": "admin:read admin:write",
    **{f"read:{noun}": f"read:{noun}" for noun in READ.split()},
    **{f"write:{noun}": f"write:{noun}" for noun in WRITE.split()},
    "full": FULL,
}
SCOPE_REFUSED = ("This action is outside the authorized scopes", "Access token does not have the required scopes")
NO_USER = "This method requires an authenticated user"
OF_THEIR_OWN = ("/oauth/", "/.well-known/", "/nodeinfo", "/api/v1/streaming", "/api/oembed")
"""Routes that have rules of their own, held by their own tests."""

FOR_NEWCOMERS = ("/api/v1/emails/",)
"""Open to a user who may do nothing else yet, but to a user."""


@dataclass
class Caller:
    """Somebody with a token, and what it may do. `state` is empty for who is simply here."""

    name: str
    token: str
    scopes: frozenset[str] = frozenset()
    state: str = ""

    def verdict(self, route: Route) -> int:
        """401, 403, 422 (no user behind it), or 0 when the route must let the caller in."""
        access: Access = route.access
        if self.state in ("revoked", "suspended"):
            return 401
        if not self.token:
            return 0 if access.who is Who.ANYONE else 401
        if access.scope and not allows(self.scopes, access.scope):
            return 403
        needs_user = access.who is Who.USER or route.path.startswith(FOR_NEWCOMERS)
        if needs_user and self.state == "application":
            return 422
        if access.who is Who.USER and self.state == "unconfirmed":
            return 403
        return 403 if self.state == "frozen" and route.method != "GET" else 0


def told(answer: httpx.Response) -> int:
    """The verdict that an answer gives on its caller; what an endpoint refuses for its own reasons is none."""
    if answer.status_code == 401:
        return 401
    body: Any = answer.json() if "json" in answer.headers.get("content-type", "") and answer.content else {}
    error = str(body.get("error", "")) if isinstance(body, dict) else ""
    if answer.status_code == 422 and error == NO_USER:
        return 422
    refusals = (*SCOPE_REFUSED, "frozen", "missing a confirmed")
    return 403 if answer.status_code == 403 and any(refusal in error for refusal in refusals) else 0


@pytest.fixture
async def callers(server: Server) -> list[Caller]:
    client, _ = await register_client(server, Registration("a client", ["urn:ietf:wg:oauth:2.0:oob"], FULL))
    _, secret = await grant_client_token(server, client, FULL)
    made = [Caller("nobody", ""), Caller("application", secret, frozenset(FULL.split()), "application")]
    user, account, _ = await create(server, "ada")
    for name, scopes in SCOPES.items():
        token = await create_token(server, client, user, account, scopes)
        made.append(Caller(name, token, frozenset(scopes.split())))
    made.append(Caller("revoked", "0" * 43, frozenset(FULL.split()), "revoked"))
    for state in ("suspended", "unconfirmed", "frozen"):
        user, account, _ = await create(server, state)
        token = await create_token(server, client, user, account, FULL)
        await put_into(server, state, user, account)
        made.append(Caller(state, token, frozenset(FULL.split()), state))
    return made


async def put_into(server: Server, state: str, user: User, account: Account) -> None:
    async with server.db.transaction() as tx:
        if state == "unconfirmed":
            await tx.execute("UPDATE users SET confirmed_at = NULL WHERE id = ?", user.id)
        else:
            await restrict_account(server, tx, account, Restriction(state))


@pytest.fixture
async def line(server: Server) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(server), client=("203.0.113.5", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as line:
        yield line


def address_of(route: Route) -> str:
    """The route's path with ids that nothing has."""
    words = (("1" if part[:1] == ":" else "x" if part[:1] == "*" else part) for part in route.path.split("/"))
    return "/".join(words)


def test_every_route_says_what_it_asks_of_who_calls() -> None:
    silent = [route.path for route in ROUTES if route.access is None]
    assert not [path for path in silent if not path.startswith(OF_THEIR_OWN)]


def test_whoever_may_write_for_someone_needs_a_scope() -> None:
    """An endpoint that changes something and asks for no scope would be open to every token."""
    scopeless = [
        f"{route.method} {route.path}"
        for route in ROUTES
        if route.access and route.method != "GET" and not route.access.scope and route.access.who is Who.USER
    ]
    assert not scopeless


@pytest.mark.slow
async def test_e1_every_route_gives_every_caller_the_verdict_it_declares(
    callers: list[Caller], line: httpx.AsyncClient
) -> None:
    surprises: list[str] = []
    cells = 0
    for route in (route for route in ROUTES if route.access):
        for caller in callers:
            bearer = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
            answer = await line.request(route.method, address_of(route), headers=bearer)
            cells += 1
            if told(answer) != caller.verdict(route) or answer.status_code >= 500:
                expected = caller.verdict(route) or "in"
                found = f"{answer.status_code} {answer.text[:80]}"
                surprises.append(f"{caller.name}: {route.method} {route.path}: expected {expected}, got {found}")
    print(f"\nE1: {cells} cells of {len(callers)} callers, {len(surprises)} surprises")
    assert not surprises, "\n".join(surprises)


STREAMS = [*PUBLIC_STREAMS, "user", "user:notification", "direct", "hashtag", "hashtag:local"]


async def test_e2_e3_every_stream_asks_for_a_user_and_the_scope_to_read(server: Server, callers: list[Caller]) -> None:
    cells, surprises = 0, list[str]()
    for caller in callers:
        viewer = await viewer_by_token(server, caller.token) if caller.token else None
        assert (viewer is None) == (caller.state in ("revoked", "suspended") or not caller.token)
        for name in STREAMS:
            needed = "read:notifications" if name == "user:notification" else "read:statuses"
            is_user = viewer is not None and caller.state not in ("application", "unconfirmed")
            cells += 1
            if await opens(server, viewer or Viewer(), name) != (is_user and allows(caller.scopes, needed)):
                surprises.append(f"{caller.name}: {name}")
    print(f"\nE2, E3: {cells} cells, {len(surprises)} surprises")
    assert not surprises


async def opens(server: Server, viewer: Viewer, name: str) -> bool:
    try:
        await stream_of(server, viewer, {"stream": name, "tag": "tag"})
    except MesangeError:
        return False
    return True


async def test_j5_block_lists_stay_closed_to_who_may_not_enter(callers: list[Caller], line: httpx.AsyncClient) -> None:
    for path in ("/api/v1/blocks", "/api/v1/mutes", "/api/v1/domain_blocks"):
        for caller in callers:
            if caller.state in ("application", "revoked", "suspended", "unconfirmed") or not caller.token:
                answer = await line.get(path, headers={"Authorization": f"Bearer {caller.token}"})
                assert answer.status_code in (401, 403, 422), (path, caller.name)
