"""Each public act of an organization's account is noted: who, what, with which client, approved by whom."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import Account, Viewer
from mesange.core.follows.actions.follows import FollowOptions, follow_account, unfollow_account
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import (
    favourite_status,
    pin_status,
    reblog_status,
    unfavourite_status,
    unpin_status,
)
from mesange.core.statuses.actions.publish import publish_thread
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Act, Deed, Organization, Role, audit_scope
from mesange.core.teams.queries import AuditFilter, check_audit, list_audit, read_audit
from mesange.kit.clock import DAY
from mesange.kit.errors import Forbidden, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.scopelog import first_broken
from mesange.kit.server import Server
from tests.core.people import new_user, organization_account, post

CLIENT = 77


@pytest.fixture
async def owner(server: Server) -> int:
    return (await new_user(server, "owner@example.org")).id


@pytest.fixture
async def organization(server: Server, owner: int) -> Organization:
    return await create_organization(server, "Maison du Café", owner)


@pytest.fixture
async def brand_account(server: Server, organization: Organization) -> Account:
    return await organization_account(server, "maison", organization.id)


@pytest.fixture
async def editor(server: Server, organization: Organization, brand_account: Account) -> Viewer:
    user = await new_user(server, "editor@example.org")
    await add_member(server, organization.id, user.id, Role.EDITOR)
    return Viewer(account_id=brand_account.id, user_id=user.id, client_id=CLIENT)


async def audit(server: Server, owner: int, organization: Organization, **only: int | str) -> list[Deed]:
    """Oldest first."""
    found = await list_audit(server.db, owner, organization.id, Page(100), AuditFilter(**only))  # type: ignore[arg-type]  # one row of the table
    return [deed for _, deed in reversed(found)]


async def test_every_public_act_is_noted_once(
    server: Server, owner: int, organization: Organization, editor: Viewer, ada: Viewer
) -> None:
    theirs = await post(server, ada, "Bonjour à tous")
    first = await publish_thread(server, editor, [Draft("Un"), Draft("Deux")])
    for act in (favourite_status, reblog_status, unreblog_status, unfavourite_status):
        for _ in range(2):  # The second time changes nothing and is not noted.
            await act(server, editor, theirs.id)
    await pin_status(server, editor, first.id)
    await unpin_status(server, editor, first.id)
    await edit_status(server, editor, first.id, Correction(text="Trois"))
    await edit_status(server, editor, first.id, Correction(text="Trois"))
    await follow_account(server, editor, ada.account_id, FollowOptions())
    await unfollow_account(server, editor, ada.account_id)
    await change_profile(server, editor, ProfileChange(display_name="La Maison"))
    await change_profile(server, editor, ProfileChange(display_name="La Maison"))
    await delete_status(server, editor, first.id)

    noted = [deed for deed in await audit(server, owner, organization) if deed.account_id]
    assert [deed.act for deed in noted] == [
        Act.PUBLISHED, Act.PUBLISHED, Act.FAVOURITED, Act.BOOSTED, Act.UNBOOSTED, Act.UNFAVOURITED, Act.PINNED,
        Act.UNPINNED, Act.EDITED, Act.FOLLOWED, Act.UNFOLLOWED, Act.PROFILE_CHANGED, Act.DELETED,
    ]  # fmt: skip
    assert {(deed.user_id, deed.account_id, deed.client_id) for deed in noted} == {
        (editor.user_id, editor.account_id, CLIENT)
    }
    assert [deed.status_id for deed in noted if deed.act == Act.EDITED] == [first.id]
    assert noted[-2].told == {"changed": ["display_name"]}
    assert await check_audit(server.db, owner, organization.id) == 0


async def test_what_a_person_does_is_noted_nowhere(server: Server, ada: Viewer) -> None:
    await delete_status(server, ada, (await post(server, ada, "Bonjour")).id)
    await change_profile(server, ada, ProfileChange(display_name="Ada"))
    assert await server.db.value("SELECT count(*) FROM scope_entries") == 0


async def test_what_is_refused_is_not_noted(
    server: Server, owner: int, organization: Organization, editor: Viewer
) -> None:
    with pytest.raises(MesangeError):
        await post(server, editor, "x" * 100_000)
    assert not [deed for deed in await audit(server, owner, organization) if deed.act == Act.PUBLISHED]


async def test_it_is_found_by_account_member_act_and_day(
    server: Server, owner: int, organization: Organization, editor: Viewer
) -> None:
    other = await organization_account(server, "other", organization.id)
    await post(server, editor, "Un")
    await post(server, Viewer(account_id=other.id, user_id=owner), "Deux")
    now = server.clock.now()

    async def count(**only: int | str) -> int:
        return len(await audit(server, owner, organization, act="published", **only))

    assert await count() == 2
    assert await count(account_id=other.id) == 1
    assert await count(user_id=editor.user_id) == 1
    assert await count(since=now - DAY, until=now + DAY) == 2
    assert await count(since=now + DAY) == 0
    assert await count(until=now - DAY) == 0


async def test_it_is_read_whole_from_its_beginning_to_an_entry(
    server: Server, owner: int, organization: Organization, editor: Viewer
) -> None:
    for number in range(3):
        await post(server, editor, f"Bonjour {number}")
    entries = [entry async for entry, _ in read_audit(server.db, owner, organization.id, AuditFilter(), 3)]
    assert [entry.number for entry in entries] == [1, 2, 3]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.ANALYST])
async def test_only_owners_and_admins_read_it(server: Server, organization: Organization, role: Role) -> None:
    member = await new_user(server, "member@example.org")
    await add_member(server, organization.id, member.id, role)
    with pytest.raises(Forbidden):
        await list_audit(server.db, member.id, organization.id, Page(), AuditFilter())
    with pytest.raises(Forbidden):
        await check_audit(server.db, member.id, organization.id)


async def test_for_others_and_for_admins_of_one_account_it_does_not_exist_or_is_closed(
    server: Server, organization: Organization, brand_account: Account, ada: Viewer
) -> None:
    admin = await new_user(server, "admin@example.org")
    await add_member(server, organization.id, admin.id, Role.ADMIN, brand_account.id)
    for user_id, refusal in ((ada.user_id, NotFound), (0, NotFound), (admin.id, Forbidden)):
        with pytest.raises(refusal):
            await list_audit(server.db, user_id, organization.id, Page(), AuditFilter())


async def test_an_entry_that_was_changed_is_named(
    server: Server, owner: int, organization: Organization, editor: Viewer
) -> None:
    for number in range(3):
        await post(server, editor, f"Bonjour {number}")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE scope_entries SET actor_id = 1 WHERE number = 2")
    assert await check_audit(server.db, owner, organization.id) == 2
    assert await first_broken(server.db, audit_scope(organization.id)) == 2


async def test_what_a_job_publishes_is_noted_for_whom_planned_it(
    server: Server,
    owner: int,
    organization: Organization,
    editor: Viewer,
    consume: Callable[[], Awaitable[None]],
) -> None:
    from mesange.core.statuses.actions.schedule import hold_back_posts, publish_due_posts

    await hold_back_posts(server, editor, [Draft("Plus tard")], 0)
    assert not await audit(server, owner, organization, act="published")
    await publish_due_posts(server)
    noted = await audit(server, owner, organization, act="published")
    assert [(deed.user_id, deed.client_id) for deed in noted] == [(editor.user_id, CLIENT)]
