"""Changing a list: its rules, who and what stands on it; and choosing lists for somebody from their profile."""

from mesange.core.accounts.queries import get_account, get_account_by_acct, load_accounts
from mesange.core.lists.actions import (
    ListChoice,
    add_hashtags,
    add_members,
    change_list,
    delete_list,
    remove_hashtags,
    remove_members,
)
from mesange.core.lists.queries import get_own_list, list_list_hashtags, list_lists, list_lists_with, list_members
from mesange.edges.pages.account_lists import views_of
from mesange.edges.pages.faces import account_view
from mesange.edges.pages.visit import Visit, id_in
from mesange.kit.paging import Page
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    found = await get_own_list(visit.server.db, visit.viewer, visit.request.id("id"))
    rows = await list_members(visit.server.db, found.id, Page(limit=visit.server.settings.max_list_members))
    accounts = await load_accounts(visit.server, [id for _, id in rows])
    (view,) = await views_of(visit, [found])
    return await visit.page(
        "list_edit.html",
        place="list",
        list=view,
        members=[account_view(accounts[id]) for _, id in rows if id in accounts],
        words=await list_list_hashtags(visit.server.db, found.id),
    )


async def save(visit: Visit) -> Response:
    choice = ListChoice(
        visit.text("title"), visit.text("replies") or None, bool(visit.text("exclusive")), bool(visit.text("is_public"))
    )
    await change_list(visit.server, visit.viewer, visit.request.id("id"), choice)
    return _back(visit)


async def delete(visit: Visit) -> Response:
    await delete_list(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/lists", told="saved")


async def change_members(visit: Visit) -> Response:
    list_id = visit.request.id("id")
    if handle := visit.text("add").strip():
        account = await get_account_by_acct(visit.server, handle.removeprefix("@"))
        await add_members(visit.server, visit.viewer, list_id, [account.id])
    else:
        await remove_members(visit.server, visit.viewer, list_id, [visit.id("remove")])
    return _back(visit)


async def change_hashtags(visit: Visit) -> Response:
    list_id = visit.request.id("id")
    if word := visit.text("add").strip():
        await add_hashtags(visit.server, visit.viewer, list_id, [word])
    else:
        await remove_hashtags(visit.server, visit.viewer, list_id, [visit.text("remove")])
    return _back(visit)


def _back(visit: Visit) -> Response:
    return visit.back(f"/lists/{visit.request.id('id')}/edit", told="saved")


async def choose(visit: Visit) -> Response:
    """On which of one's lists somebody stands."""
    account = await get_account(visit.server, visit.request.id("id"))
    chosen = await list_lists_with(visit.server.db, visit.viewer, account.id)
    return await visit.page(
        "list_choose.html",
        place="list",
        person=account_view(account),
        own=await views_of(visit, await list_lists(visit.server.db, visit.viewer)),
        chosen={str(each.id) for each in chosen},
    )


async def save_choice(visit: Visit) -> Response:
    account = await get_account(visit.server, visit.request.id("id"))
    wanted = {id_in(text) for text in visit.texts("list")}
    standing = {each.id for each in await list_lists_with(visit.server.db, visit.viewer, account.id)}
    for list_id in wanted - standing - {0}:
        await add_members(visit.server, visit.viewer, list_id, [account.id])
    for list_id in standing - wanted:
        await remove_members(visit.server, visit.viewer, list_id, [account.id])
    return visit.back(account_view(account).url, told="saved")
