"""Every route of an organization against every role in it, members of another one, staff, and visitors: generated.

What a route must answer to whom is declared here; a route that is new and not declared fails.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from mesange.kit.server import Server
from mesange.kit.web.router import Route
from mesange.main import build_app
from mesange.workspace.organizations.api import ROUTES
from tests.edges.reader import ORIGIN
from tests.workspace.organizations.world import CANARY, Caller, World, build_world

MEMBERS = frozenset({"owner", "admin", "editor", "contributor", "analyst", "admin of a brand"})
ADMINS = frozenset({"owner", "admin"})
WITH_BRANDS = ADMINS | {"admin of a brand"}
SIGNED_IN = MEMBERS | {"owner elsewhere", "staff of the server"}
Subject = Callable[[World], Awaitable[int | str]]


@dataclass(frozen=True)
class Rule:
    """Who is let in; `subject` makes what the path's last word in braces names, `body` is what is sent."""

    let_in: frozenset[str]
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    subject: Subject | None = None
    hides: bool = True
    """Who is no member gets the answer for what does not exist, and not a refusal."""


BASE = "/api/mesange/organizations"
RULES: Mapping[str, Rule] = {
    f"GET {BASE}": Rule(SIGNED_IN, hides=False),
    f"POST {BASE}": Rule(frozenset({"staff of the server"}), {"name": "Kindy"}, hides=False),
    f"GET {BASE}/:name": Rule(MEMBERS),
    f"PUT {BASE}/:name": Rule(ADMINS, {"second_factor_roles": []}),
    f"GET {BASE}/:name/brands": Rule(MEMBERS),
    f"POST {BASE}/:name/brands": Rule(ADMINS, {"name": "Thyo {n}"}),
    f"PUT {BASE}/:name/brands/:id": Rule(ADMINS, {"name": f"Brand {CANARY}"}, World.own_brand),
    f"GET {BASE}/:name/accounts": Rule(MEMBERS),
    f"POST {BASE}/:name/accounts": Rule(ADMINS, {"username": "opened{n}"}),
    f"PUT {BASE}/:name/accounts/:id": Rule(ADMINS, {"brand_id": None}, World.new_account),
    f"GET {BASE}/:name/members": Rule(MEMBERS),
    f"PUT {BASE}/:name/members/:id": Rule(ADMINS, {"role": "editor"}, World.new_membership),
    f"DELETE {BASE}/:name/members/:id": Rule(ADMINS, {}, World.new_membership),
    f"GET {BASE}/:name/invitations": Rule(ADMINS),
    f"POST {BASE}/:name/invitations": Rule(ADMINS, {"role": "editor"}),
    f"DELETE {BASE}/:name/invitations/:id": Rule(ADMINS, {}, World.new_invitation),
    "POST /api/mesange/member_invitations/:token": Rule(
        SIGNED_IN - MEMBERS | {"admin of a brand"}, {}, World.new_link, hides=False
    ),
    f"GET {BASE}/:name/changes": Rule(ADMINS),
    f"POST {BASE}/:name/changes": Rule(ADMINS, {"account_id": "{account}", "kind": "deletion"}),
    f"POST {BASE}/:name/changes/:id/approve": Rule(ADMINS, {}, World.new_change),
    f"POST {BASE}/:name/changes/:id/call_back": Rule(ADMINS, {}, World.new_change),
    f"GET {BASE}/:name/audit": Rule(ADMINS),
    f"GET {BASE}/:name/audit/head": Rule(ADMINS),
}


def key_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def declared() -> list[Route]:
    """Accepting an invitation comes last: whoever did it is a stranger no more."""
    return sorted((route for route in ROUTES if route.method != "PATCH"), key=lambda route: ":token" in route.path)


def test_every_route_declares_whom_it_lets_in() -> None:
    assert {key_of(route) for route in declared()} == RULES.keys()


@pytest.fixture
async def world(server: Server) -> World:
    return await build_world(server)


@pytest.fixture
async def line(server: Server) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(server), client=("203.0.113.5", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as line:
        yield line


async def ask(world: World, line: httpx.AsyncClient, route: Route, caller: Caller, number: int) -> httpx.Response:
    rule = RULES[key_of(route)]
    subject = await rule.subject(world) if rule.subject else ""
    path = route.path.replace(":name", "maison").replace(":id", str(subject)).replace(":token", str(subject))
    body = {name: await filled(world, value, number) for name, value in rule.body.items()}
    bearer = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
    return await line.request(route.method, path, json=body if route.method != "GET" else None, headers=bearer)


async def filled(world: World, value: Any, number: int) -> Any:
    if value == "{account}":
        return str(await world.new_account())
    return value.replace("{n}", str(number)) if isinstance(value, str) else value


def verdict(rule: Rule, caller: Caller, route: Route) -> int:
    if not caller.token:
        return 401
    if caller.name in rule.let_in:
        return 200
    if rule.hides and caller.name not in MEMBERS:
        return 404
    return 409 if ":token" in route.path else 403


async def test_every_route_gives_everyone_the_verdict_it_declares(world: World, line: httpx.AsyncClient) -> None:
    surprises: list[str] = []
    cells = 0
    for route in declared():
        for caller in world.callers:
            cells += 1
            answer = await ask(world, line, route, caller, cells)
            expected = verdict(RULES[key_of(route)], caller, route)
            if answer.status_code != expected:
                told = f"{answer.status_code} {answer.text[:90]}"
                surprises.append(f"{caller.name}: {key_of(route)}: expected {expected}, got {told}")
            if expected in (401, 403, 404) and CANARY in answer.text:
                surprises.append(f"{caller.name}: {key_of(route)}: told what is not theirs")
            if "token_hash" in answer.text or "domain_key" in answer.text:
                surprises.append(f"{caller.name}: {key_of(route)}: a secret left the house")
    print(f"\n{cells} cells, {len(surprises)} surprises")
    assert not surprises, "\n".join(surprises)


async def test_an_id_of_another_organization_is_no_id(world: World, line: httpx.AsyncClient) -> None:
    """Who owns one organization reaches nothing of another through it."""
    caller, surprises = world.caller("owner elsewhere"), list[str]()
    for route in declared():
        rule = RULES[key_of(route)]
        if rule.subject is None or ":id" not in route.path:
            continue
        subject = await rule.subject(world)
        path = route.path.replace(":name", "elsewhere").replace(":id", str(subject))
        headers = {"Authorization": f"Bearer {caller.token}"}
        answer = await line.request(route.method, path, json=dict(rule.body), headers=headers)
        if answer.status_code != 404 or CANARY in answer.text:
            surprises.append(f"{key_of(route)}: {answer.status_code} {answer.text[:90]}")
    assert not surprises, "\n".join(surprises)


async def test_a_scope_to_read_writes_nothing(world: World, line: httpx.AsyncClient) -> None:
    for route in declared():
        assert route.access.scope == ("read:accounts" if route.method == "GET" else "write:accounts")
