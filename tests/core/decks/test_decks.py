"""Decks: of a login, bounded, ordered; shared with an organization for as long as one is a member of it."""

import asyncio

import pytest

from mesange.core.accounts.actions.accounts import add_own_account
from mesange.core.accounts.model import VISITOR, Account, Viewer
from mesange.core.accounts.queries import list_own_viewers
from mesange.core.decks.actions import (
    NewColumn,
    add_column,
    create_deck,
    delete_deck,
    move_column,
    remove_column,
    rename_deck,
    share_deck,
)
from mesange.core.decks.model import MOST_COLUMNS, MOST_DECKS, ColumnKind, Deck
from mesange.core.decks.queries import get_column, get_deck, list_columns, list_decks
from mesange.core.lists.actions import ListChoice, create_list
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Organization, Role
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server
from tests.core.people import organization_account

LOCAL = NewColumn(ColumnKind.LOCAL)


async def kinds(server: Server, deck: Deck) -> list[str]:
    return [each.kind.value for each in await list_columns(server.db, deck.id)]


@pytest.fixture
async def deck(server: Server, ada: Viewer) -> Deck:
    return await create_deck(server, ada, "Morning")


@pytest.fixture
async def press(server: Server, ada: Viewer, bob: Viewer) -> Organization:
    """Ada's organization; Bob is one of its editors."""
    organization = await create_organization(server, "Press", ada.user_id)
    await add_member(server, organization.id, bob.user_id, Role.EDITOR)
    return organization


@pytest.fixture
async def desk(server: Server, press: Organization) -> Account:
    return await organization_account(server, "desk", press.id)


async def leave(server: Server, organization: Organization, viewer: Viewer) -> None:
    async with server.db.transaction() as tx:
        await tx.execute(
            "DELETE FROM memberships WHERE organization_id = ? AND user_id = ?", organization.id, viewer.user_id
        )


async def test_a_deck_begins_with_a_few_columns_and_keeps_the_order_one_gives_it(
    server: Server, ada: Viewer, deck: Deck
) -> None:
    assert await kinds(server, deck) == ["home", "notifications", "local"]
    added = await add_column(server, ada, deck.id, NewColumn(ColumnKind.HASHTAG, "#Mer"))
    assert (added.value, await move_column(server, ada, deck.id, added.id, 0)) == ("Mer", 0)
    assert await kinds(server, deck) == ["hashtag", "home", "notifications", "local"]
    removed, place = await remove_column(server, ada, deck.id, added.id)
    await add_column(server, ada, deck.id, NewColumn(removed.kind, removed.value), place + 1)
    assert await move_column(server, ada, deck.id, (await list_columns(server.db, deck.id))[0].id, 99) == 3
    assert await kinds(server, deck) == ["hashtag", "notifications", "local", "home"]


async def test_decks_and_columns_are_bounded(server: Server, ada: Viewer, deck: Deck) -> None:
    for _ in range(MOST_COLUMNS - 3):
        await add_column(server, ada, deck.id, LOCAL)
    with pytest.raises(Invalid):
        await add_column(server, ada, deck.id, LOCAL)
    for number in range(MOST_DECKS - 1):
        await create_deck(server, ada, f"{number}")
    with pytest.raises(Invalid):
        await create_deck(server, ada, "one more")
    for title in ("", " \u200b ", "x" * 101):
        with pytest.raises(Invalid):
            await rename_deck(server, ada, deck.id, title)


async def test_many_at_once_add_no_more_than_fits_and_lose_no_column(server: Server, ada: Viewer, deck: Deck) -> None:
    added = await asyncio.gather(
        *(add_column(server, ada, deck.id, LOCAL, 0) for _ in range(14)), return_exceptions=True
    )
    assert sum(isinstance(each, Invalid) for each in added) == 14 + 3 - MOST_COLUMNS
    columns = await list_columns(server.db, deck.id)
    await asyncio.gather(*(move_column(server, ada, deck.id, each.id, 0) for each in columns[:4]))
    moved = await list_columns(server.db, deck.id)
    assert {each.id for each in moved} == {each.id for each in columns}
    assert [each.position for each in moved] == list(range(MOST_COLUMNS))


@pytest.mark.parametrize(
    "wanted",
    [
        NewColumn(ColumnKind.HASHTAG, "two words"),
        NewColumn(ColumnKind.HASHTAG),
        NewColumn(ColumnKind.SEARCH, " "),
        NewColumn(ColumnKind.SEARCH, "x" * 501),
        NewColumn(ColumnKind.LIST, "12"),
        NewColumn(ColumnKind.LIST, "9" * 30),
        NewColumn(ColumnKind.PROFILE, "nobody"),
        NewColumn(ColumnKind.HOME, account_id=12),
    ],
)
async def test_a_column_that_could_show_nothing_is_refused(
    server: Server, ada: Viewer, deck: Deck, wanted: NewColumn
) -> None:
    with pytest.raises((Invalid, NotFound)):
        await add_column(server, ada, deck.id, wanted)
    assert len(await kinds(server, deck)) == 3


async def test_f4_another_persons_deck_list_and_account_do_not_exist(
    server: Server, ada: Viewer, bob: Viewer, deck: Deck
) -> None:
    (column, *_) = await list_columns(server.db, deck.id)
    own = await create_deck(server, bob, "Bob's")
    private = await create_list(server, ada, ListChoice("mine"))
    for refused in (
        get_deck(server.db, bob, deck.id),
        get_deck(server.db, VISITOR, deck.id),
        get_column(server.db, bob, deck.id, column.id),
        get_column(server.db, bob, own.id, column.id),
        rename_deck(server, bob, deck.id, "Taken"),
        share_deck(server, bob, deck.id, None),
        delete_deck(server, bob, deck.id),
        move_column(server, bob, own.id, column.id, 0),
        remove_column(server, bob, own.id, column.id),
        add_column(server, bob, deck.id, LOCAL),
        add_column(server, bob, own.id, NewColumn(ColumnKind.LIST, str(private.id))),
    ):
        with pytest.raises(NotFound):
            await refused
    with pytest.raises(Invalid, match="not yours"):
        await add_column(server, bob, own.id, NewColumn(ColumnKind.HOME, account_id=ada.account_id))
    assert [each.title for each in await list_decks(server.db, bob)] == ["Bob's"]


async def test_a_shared_deck_is_read_by_members_and_changed_by_its_owner_and_admins(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, press: Organization
) -> None:
    deck = await create_deck(server, bob, "Election")
    with pytest.raises(NotFound):
        await get_deck(server.db, ada, deck.id)
    await share_deck(server, bob, deck.id, press.id)
    await add_member(server, press.id, eve.user_id, Role.ANALYST)
    assert [each.id for each in await list_decks(server.db, eve)] == [deck.id]
    with pytest.raises(Forbidden):
        await add_column(server, eve, deck.id, LOCAL)
    await add_column(server, ada, deck.id, LOCAL)
    for refused in (share_deck(server, ada, deck.id, None), delete_deck(server, ada, deck.id)):
        with pytest.raises(Forbidden):
            await refused
    await delete_deck(server, bob, deck.id)
    assert await list_decks(server.db, eve) == []


async def test_an_admin_of_one_account_alone_does_not_change_shared_decks(
    server: Server, bob: Viewer, eve: Viewer, press: Organization, desk: Account
) -> None:
    deck = await create_deck(server, bob, "Election")
    await share_deck(server, bob, deck.id, press.id)
    await add_member(server, press.id, eve.user_id, Role.ADMIN, desk.id)
    with pytest.raises(Forbidden):
        await rename_deck(server, eve, deck.id, "Mine")


async def test_sharing_ends_with_the_membership_of_reader_or_owner(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, press: Organization
) -> None:
    deck = await create_deck(server, bob, "Election")
    await share_deck(server, bob, deck.id, press.id)
    await add_member(server, press.id, eve.user_id, Role.EDITOR)
    await leave(server, press, eve)
    with pytest.raises(NotFound):
        await get_deck(server.db, eve, deck.id)
    await leave(server, press, bob)
    assert await list_decks(server.db, ada) == []
    assert [each.id for each in await list_decks(server.db, bob)] == [deck.id]
    with pytest.raises(Invalid):
        await share_deck(server, bob, deck.id, press.id)


async def test_accounts_that_a_login_may_read_as_end_with_the_membership(
    server: Server, bob: Viewer, press: Organization, desk: Account
) -> None:
    assert list(await list_own_viewers(server, bob)) == [bob.account_id, desk.id]
    await leave(server, press, bob)
    assert list(await list_own_viewers(server, bob)) == [bob.account_id]


async def test_f2_a_shared_deck_never_holds_a_column_as_an_account_that_is_not_the_organizations(
    server: Server, ada: Viewer, press: Organization, desk: Account, deck: Deck
) -> None:
    owl = await add_own_account(server, ada, "owl", is_pseudonym=True)
    for private in (owl.id, ada.account_id):
        column = await add_column(server, ada, deck.id, NewColumn(ColumnKind.HOME, account_id=private))
        with pytest.raises(Invalid, match="nobody learns"):
            await share_deck(server, ada, deck.id, press.id)
        await remove_column(server, ada, deck.id, column.id)
    await add_column(server, ada, deck.id, NewColumn(ColumnKind.HOME, account_id=desk.id))
    await share_deck(server, ada, deck.id, press.id)
    for private in (owl.id, ada.account_id):
        with pytest.raises(Invalid, match="Others read this deck"):
            await add_column(server, ada, deck.id, NewColumn(ColumnKind.HOME, account_id=private))
    held = [each.account_id for each in await list_columns(server.db, deck.id)]
    assert held == [None, None, None, desk.id]
