"""Leaving: hidden at once, back by signing in, erased in the end with nothing left but the name."""

import asyncio

import pytest

from mesange.core.accounts.actions.accounts import NameTaken, create_account
from mesange.core.accounts.actions.sessions import Browser, start_session
from mesange.core.accounts.model import VISITOR, UserRole, Viewer
from mesange.core.accounts.queries import (
    find_account,
    find_user,
    get_account_by_acct,
    list_own_accounts,
    load_account_stats,
    viewer_by_session,
)
from mesange.core.archives.actions import come_back, dismiss_account, erase_account, erase_departed, leave
from mesange.core.archives.actions.leaving import MayNotLeave
from mesange.core.archives.queries import list_withdrawn
from mesange.core.decks.actions import NewColumn, add_column, create_deck
from mesange.core.decks.model import ColumnKind
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.notifications.queries import count_unread
from mesange.core.statuses.actions.marks import bookmark_status, favourite_status, pin_status, reblog_status
from mesange.core.statuses.queries import AccountFilter, list_account_statuses, load_status_stats, only_visible
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag, list_home, list_public
from mesange.events.accounts import AccountDeleted
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Gone, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.archives.test_archive import made, read
from tests.core.people import new_viewer, organization_account, post


async def test_who_leaves_is_hidden_everywhere_at_once(server: Server, ada: Viewer, bob: Viewer) -> None:
    said = await post(server, ada, "Seen by all #leaving")
    await follow_account(server, bob, ada.account_id, FollowOptions())
    assert said.id in await list_home(server, bob, Page())
    await leave(server, ada, forever=True)
    for viewer in (bob, VISITOR):
        assert await only_visible(server, viewer, [said.id]) == []
        assert said.id not in await list_public(server, viewer, Page(), Origin())
        assert said.id not in await list_hashtag(server, viewer, Page(), HashtagFilter("leaving"), Origin())
    assert said.id not in await list_home(server, bob, Page())
    with pytest.raises(Gone):
        await get_account_by_acct(server, "ada")


async def test_e4_access_ends_with_the_account(server: Server, ada: Viewer) -> None:
    user = await find_user(server.db, ada.user_id)
    assert user is not None
    secret = await start_session(server, user, Browser("127.0.0.1", "test"))
    await leave(server, ada, forever=False)
    assert await viewer_by_session(server, secret) is None
    assert await server.db.value("SELECT count(*) FROM sessions WHERE user_id = ?", ada.user_id) == 0


async def test_signing_in_again_is_regret(server: Server, ada: Viewer, clock: FixedClock) -> None:
    said = await post(server, ada, "Still here")
    user = await find_user(server.db, ada.user_id)
    assert user is not None
    await leave(server, ada, forever=True)
    clock.move(29 * DAY)
    await erase_departed(server)
    secret = await start_session(server, user, Browser("127.0.0.1", "test"))
    viewer = await viewer_by_session(server, secret)
    assert viewer is not None and viewer.account_id == ada.account_id
    assert [each.id for each in await only_visible(server, VISITOR, [said.id])] == [said.id]
    clock.move(2 * DAY)
    await erase_departed(server)
    assert (await get_account_by_acct(server, "ada")).id == ada.account_id, "regret holds"


async def test_decks_are_in_the_archive_and_go_with_the_login(
    server: Server, ada: Viewer, bob: Viewer, clock: FixedClock
) -> None:
    deck = await create_deck(server, ada, "Morning")
    await add_column(server, ada, deck.id, NewColumn(ColumnKind.HOME, account_id=ada.account_id))
    kept = await create_deck(server, bob, "Evening")
    archive = await made(server, ada)
    assert [each["title"] for each in read(archive, "mesange/decks.json")] == ["Morning"]
    assert [each["kind"] for each in read(archive, "mesange/deck_columns.json")][-1] == "home"
    await leave(server, ada, forever=True)
    clock.move(31 * DAY)
    await erase_departed(server)
    assert await server.db.rows("SELECT id FROM decks") == [(kept.id,)]
    assert await server.db.value("SELECT count(*) FROM deck_columns WHERE deck_id <> ?", kept.id) == 0


async def test_who_only_hides_is_never_erased(server: Server, ada: Viewer, clock: FixedClock) -> None:
    await leave(server, ada, forever=False)
    clock.move(4_000 * DAY)
    await erase_departed(server)
    [(account, due_at)] = await list_withdrawn(server.db, ada)
    assert (account.id, due_at) == (ada.account_id, None)
    with pytest.raises(NotFound):
        await come_back(server, Viewer(account_id=1, user_id=1), ada.account_id)
    await come_back(server, ada, ada.account_id)
    assert [each.id for each in await list_own_accounts(server, ada.user_id)] == [ada.account_id]


async def test_the_end_leaves_nothing_but_the_name(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, clock: FixedClock
) -> None:
    of_bob = await post(server, bob, "By bob, for @ada")
    said = await post(server, ada, "canary")
    await pin_status(server, ada, said.id)
    await post(server, ada, "canary in answer", to=of_bob)
    await reblog_status(server, bob, said.id)
    await reblog_status(server, ada, of_bob.id)
    await favourite_status(server, ada, of_bob.id)
    await bookmark_status(server, ada, of_bob.id)
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await follow_account(server, bob, ada.account_id, FollowOptions())
    await block_account(server, ada, eve.account_id)
    await mute_account(server, bob, ada.account_id)
    await leave(server, ada, forever=True)
    clock.move(31 * DAY)
    await erase_departed(server)

    stats = (await load_status_stats(server, [of_bob.id]))[of_bob.id]
    assert (stats.favourites, stats.reblogs, stats.replies) == (0, 0, 0)
    counted = (await load_account_stats(server, [bob.account_id]))[bob.account_id]
    assert (counted.followers, counted.following, counted.statuses) == (0, 0, 1)
    left = await rows_about(server, ada.account_id)
    assert left == {"accounts": 1}, left
    account = await find_account(server, ada.account_id)
    assert account is not None and account.is_hidden and (account.note, account.user_id) == ("", None)
    assert await find_user(server.db, ada.user_id) is None
    assert await list_account_statuses(server, bob, ada.account_id, Page(), AccountFilter()) == []
    assert await count_unread(server.db, bob.account_id) == 0


async def rows_about(server: Server, account_id: int) -> dict[str, int]:
    """How many rows of which table still name the account, by any column that could."""
    found: dict[str, int] = {}
    for table, columns in (await tables_of(server)).items():
        named = [each for each in columns if each in ("account_id", "target_id", "from_account_id")]
        named += ["id"] if table == "accounts" else []
        for column in named:
            many = await server.db.value(f"SELECT count(*) FROM {table} WHERE {column} = ?", account_id)
            if many:
                found[table] = found.get(table, 0) + many
    return found


async def tables_of(server: Server) -> dict[str, list[str]]:
    if server.db.engine == "sqlite":
        sql = (
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
            "WHERE m.type = 'table' AND m.sql NOT LIKE '%VIRTUAL%' AND m.name NOT LIKE 'search_statuses%'"
        )
    else:
        sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    found: dict[str, list[str]] = {}
    for table, column in await server.db.rows(sql):
        found.setdefault(table, []).append(column)
    return found


async def test_f14_the_name_of_an_erased_account_is_never_given_again(server: Server, ada: Viewer) -> None:
    account = await find_account(server, ada.account_id)
    assert account is not None
    await dismiss_account(server, account, at_once=True)
    await erase_departed(server)
    with pytest.raises(NameTaken):
        async with server.db.transaction() as tx:
            await create_account(server, tx, "Ada", user_id=7)


async def test_one_account_of_a_login_can_go_and_the_others_stay(
    server: Server, ada: Viewer, clock: FixedClock
) -> None:
    async with server.db.transaction() as tx:
        other = await create_account(server, tx, "second", user_id=ada.user_id)
    await leave(server, Viewer(account_id=other.id, user_id=ada.user_id), forever=True)
    clock.move(31 * DAY)
    await erase_departed(server)
    assert await find_user(server.db, ada.user_id) is not None
    assert [each.id for each in await list_own_accounts(server, ada.user_id)] == [ada.account_id]


async def test_accounts_of_organizations_and_the_owner_do_not_leave_alone(server: Server, ada: Viewer) -> None:
    account = await organization_account(server, "brand", 5)
    with pytest.raises(MayNotLeave):
        await leave(server, Viewer(account_id=account.id, user_id=ada.user_id), forever=True)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE id = ?", UserRole.OWNER.value, ada.user_id)
    with pytest.raises(MayNotLeave):
        await leave(server, ada, forever=True)


async def test_others_are_told_once_it_is_over(server: Server, ada: Viewer) -> None:
    heard: list[AccountDeleted] = []

    async def hear(_server: Server, event: AccountDeleted) -> None:
        heard.append(event)

    server.eventlog.listen(server, {AccountDeleted: [hear]})
    account = await find_account(server, ada.account_id)
    assert account is not None
    await dismiss_account(server, account, at_once=True)
    await erase_departed(server)
    assert heard == [AccountDeleted(account_id=ada.account_id)]


async def test_g17_twenty_deletions_at_once_do_not_wait_for_each_other(server: Server, bob: Viewer) -> None:
    leaving = [await new_viewer(server, f"leaver{number}") for number in range(20)]
    said = await post(server, bob, "Liked by all")
    for each in leaving:
        await post(server, each, "bye", to=said)
        await favourite_status(server, each, said.id)
        for other in leaving[:6]:
            if other != each:
                await follow_account(server, each, other.account_id, FollowOptions())
        await follow_account(server, each, bob.account_id, FollowOptions())
        await follow_account(server, bob, each.account_id, FollowOptions())
    posting = [post(server, bob, f"Meanwhile {number}") for number in range(10)]
    await asyncio.wait_for(asyncio.gather(*(erase_account(server, each.account_id) for each in leaving), *posting), 60)
    stats = (await load_status_stats(server, [said.id]))[said.id]
    counted = (await load_account_stats(server, [bob.account_id]))[bob.account_id]
    assert (stats.favourites, stats.replies, counted.followers, counted.following) == (0, 0, 0, 0)
    assert counted.statuses == 11
