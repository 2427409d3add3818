"""Choosing, from somebody's profile, on which of one's lists they stand."""

from mesange.core.accounts.queries import get_account
from mesange.core.lists.actions import add_members, remove_members
from mesange.core.lists.queries import list_lists, list_lists_with
from mesange.edges.pages.account_lists import views_of
from mesange.front.faces import account_view
from mesange.front.visit import Visit, id_in
from mesange.kit.web.response import Response


async def choose(visit: Visit) -> Response:
    account = await get_account(visit.server, visit.request.id("id"))
    chosen = await list_lists_with(visit.server.db, visit.viewer, account.id)
    return await visit.page(
        "list_choose.html",
        place="list",
        person=account_view(visit.server, account),
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
    return visit.back(account_view(visit.server, account).url, told="saved")
