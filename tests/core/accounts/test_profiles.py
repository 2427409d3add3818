"""Profiles: what may be said, and that everyone sees it at once."""

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.actions.markers import move_marker
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import (
    count_people,
    find_ids_by_name,
    get_account,
    get_account_by_acct,
    load_accounts,
    read_markers,
)
from mesange.kit.errors import Forbidden, Gone, Invalid, NotFound
from mesange.kit.server import Server
from tests.core.people import post


async def test_a_change_is_seen_at_once_and_leaves_the_rest(server: Server, ada: Viewer) -> None:
    before = await get_account(server, ada.account_id)
    await change_profile(server, ada, ProfileChange(display_name=" Ada\u202e L. ", is_bot=True))
    after = await get_account(server, ada.account_id)
    assert "Ada" in after.display_name and "\u202e" not in after.display_name
    assert (after.is_bot, after.note, after.username) == (True, before.note, "ada")


async def test_fields_are_kept_without_empty_lines(server: Server, ada: Viewer) -> None:
    fields = [("Site", "https://ada.example"), ("", ""), ("Ville", "Brest")]
    account = await change_profile(server, ada, ProfileChange(fields=fields))
    assert account.fields == '[["Site", "https://ada.example"], ["Ville", "Brest"]]'


@pytest.mark.parametrize(
    "change",
    [
        ProfileChange(display_name="x" * 61),
        ProfileChange(note="x" * 501),
        ProfileChange(fields=[("a", "b")] * 5),
        ProfileChange(fields=[("a", "x" * 256)]),
        ProfileChange(default_visibility="secret"),
        ProfileChange(default_language="x" * 11),
    ],
)
async def test_too_much_is_refused_and_nothing_is_half_changed(
    server: Server, ada: Viewer, change: ProfileChange
) -> None:
    before = await get_account(server, ada.account_id)
    with pytest.raises(Invalid) as refused:
        await change_profile(server, ada, change)
    assert refused.value.field
    assert await get_account(server, ada.account_id) == before


async def test_a_visitor_has_no_profile(server: Server) -> None:
    with pytest.raises(Forbidden):
        await change_profile(server, Viewer(), ProfileChange(note="x"))


@pytest.mark.parametrize("acct", ["ada", "ADA", "@ada", "ada@here.example", "acct:Ada@HERE.example"])
async def test_an_account_is_found_by_its_name_in_any_form(server: Server, ada: Viewer, acct: str) -> None:
    assert (await get_account_by_acct(server, acct)).id == ada.account_id


@pytest.mark.parametrize("acct", ["", "@", "bob", "ada@elsewhere.example", "ada\ud800", "ada' OR 1=1 --", "%"])
async def test_nobody_is_found_by_another_name(server: Server, ada: Viewer, acct: str) -> None:
    with pytest.raises(Exception, match=r"not found|cannot be stored"):
        await get_account_by_acct(server, acct)


@pytest.mark.parametrize("column", ["suspended_at", "deleted_at"])
async def test_a_hidden_account_is_gone(server: Server, ada: Viewer, column: str) -> None:
    async with server.db.transaction() as tx:
        await tx.execute(f"UPDATE accounts SET {column} = 1 WHERE id = ?", ada.account_id)
    with pytest.raises(Gone):
        await get_account(server, ada.account_id)
    with pytest.raises(NotFound):
        await get_account(server, 4711)
    assert await find_ids_by_name(server.db, [("ada", "")]) == {}
    assert list(await load_accounts(server, [ada.account_id, 4711])) == [ada.account_id]


async def test_a_read_marker_moves_and_counts_its_versions(server: Server, ada: Viewer) -> None:
    for last in (5, 9):
        await move_marker(server, ada, "home", last)
    markers = await read_markers(server.db, ada.account_id, ["home", "notifications"])
    assert [tuple(marker) for marker in markers] == [("home", 9, 2, server.clock.now())]


async def test_people_are_counted_with_those_who_wrote_lately(server: Server, ada: Viewer, bob: Viewer) -> None:
    await post(server, ada, "hello")
    assert await count_people(server.db, server.clock.now() - 1) == (2, 1)
