"""The publication gate: no other way in, and what it lets through."""

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

import mesange
from mesange.core.accounts.model import Account, Viewer
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.gate import Frozen, pass_gate
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.actions.submit import SentForReview
from mesange.core.statuses.model import composed
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Organization, Role
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server
from tests.core.people import new_user, organization_account, post

ROOT = Path(mesange.__file__).parent
# Where a row of `statuses` may come from: a post and a boost, both through the gate, and old posts read from a file.
WAYS_IN = {"core/statuses/actions/publish.py", "core/statuses/actions/marks.py", "core/statuses/actions/importing.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in ROOT.rglob("*.py"):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def inserts_a_status(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="insert"), args=[ast.Name(id="statuses"), *_]):
            return True
        case ast.Attribute(value=ast.Name(id="statuses"), attr="insert_text"):
            return True
        case ast.Constant(value=str(text)):
            return "insert into statuses" in " ".join(text.lower().split())
    return False


def test_there_is_no_second_way_in() -> None:
    found = {place for place, tree in modules() if any(map(inserts_a_status, ast.walk(tree)))}
    assert found == WAYS_IN


def test_whoever_inserts_a_status_calls_the_gate_first() -> None:
    for place, tree in modules():
        if place in WAYS_IN and not place.endswith("importing.py"):
            calls = [
                node.func.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            ]
            assert "pass_gate" in calls, place


@pytest.fixture
async def organization(server: Server) -> Organization:
    owner = await new_user(server, "owner@example.org")
    return await create_organization(server, "Maison du Café", owner.id)


@pytest.fixture
async def brand_account(server: Server, organization: Organization) -> Account:
    return await organization_account(server, "maison", organization.id)


async def member(server: Server, organization: Organization, account: Account, role: Role | None) -> Viewer:
    user = await new_user(server, f"{role or 'nobody'}@maison.example")
    if role:
        await add_member(server, organization.id, user.id, role)
    return Viewer(account_id=account.id, user_id=user.id)


async def freeze(server: Server, organization: Organization, at: int | None) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE organizations SET frozen_at = ? WHERE id = ?", at, organization.id)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        (Role.OWNER, None),
        (Role.ADMIN, None),
        (Role.EDITOR, None),
        (Role.CONTRIBUTOR, SentForReview),
        (Role.ANALYST, Forbidden),
        (None, Forbidden),
    ],
)
async def test_a_member_publishes_by_their_role(
    server: Server, organization: Organization, brand_account: Account, role: Role | None, refusal: type | None
) -> None:
    viewer = await member(server, organization, brand_account, role)
    if refusal is None:
        assert (await post(server, viewer, "Bonjour")).account_id == brand_account.id
        return
    with pytest.raises((Forbidden, SentForReview)) as refused:
        await post(server, viewer, "Bonjour")
    assert type(refused.value) is refusal
    assert await server.db.value("SELECT count(*) FROM statuses") == 0


async def test_a_member_for_one_account_does_not_publish_with_another(
    server: Server, organization: Organization, brand_account: Account
) -> None:
    other = await organization_account(server, "other", organization.id)
    user = await new_user(server, "editor@example.org")
    await add_member(server, organization.id, user.id, Role.EDITOR, brand_account.id)
    await post(server, Viewer(account_id=brand_account.id, user_id=user.id), "Bonjour")
    with pytest.raises(Forbidden):
        await post(server, Viewer(account_id=other.id, user_id=user.id), "Bonjour")


async def test_a_freeze_stops_posts_boosts_and_edits_of_everyone_and_ends(
    server: Server, organization: Organization, brand_account: Account, ada: Viewer
) -> None:
    editor = await member(server, organization, brand_account, Role.EDITOR)
    before = await post(server, editor, "before")
    await freeze(server, organization, server.clock.now())
    for attempt in (
        post(server, editor, "during"),
        reblog_status(server, editor, before.id),
        edit_status(server, editor, before.id, Correction(text="changed")),
    ):
        with pytest.raises(Frozen):
            await attempt
    await post(server, ada, "others go on")
    await freeze(server, organization, None)
    await post(server, editor, "after")


async def test_a_freeze_is_answered_when_nothing_can_slip_through_any_more(
    server: Server, organization: Organization, brand_account: Account
) -> None:
    editor = await member(server, organization, brand_account, Role.EDITOR)
    async with server.db.transaction() as tx:
        await pass_gate(server, tx, editor, brand_account.id, signs=1)
        freezing = asyncio.ensure_future(freeze(server, organization, server.clock.now()))
        await asyncio.sleep(0.05)
        assert not freezing.done(), "a post is on its way"
    await freezing
    with pytest.raises(Frozen):
        await post(server, editor, "too late")


@pytest.mark.parametrize("column", ["suspended_at", "deleted_at"])
async def test_a_hidden_account_publishes_nothing(server: Server, ada: Viewer, column: str) -> None:
    async with server.db.transaction() as tx:
        await tx.execute(f"UPDATE accounts SET {column} = 1 WHERE id = ?", ada.account_id)
    with pytest.raises(Exception, match=r"may not publish|has suspended this account|has left"):
        await post(server, ada, "hello")


async def test_nobody_publishes_with_another_s_account(server: Server, ada: Viewer, bob: Viewer) -> None:
    with pytest.raises(Forbidden):
        await post(server, Viewer(account_id=ada.account_id, user_id=bob.user_id), "hello")
    with pytest.raises(Forbidden):
        await post(server, Viewer(), "hello")


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b", "\u2060\ufeff\u200b", "\u00ad"])
def test_a_post_that_shows_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(Invalid):
        composed(nothing, "")
