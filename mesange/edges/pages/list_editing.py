"""Changing a list: its rules, who and what stands on it."""

from collections.abc import Mapping

from mesange.core.accounts.queries import get_account_by_acct, load_accounts
from mesange.core.lists.actions import (
    ListChoice,
    add_hashtags,
    add_members,
    change_list,
    delete_list,
    remove_hashtags,
    remove_members,
)
from mesange.core.lists.model import AccountList
from mesange.core.lists.queries import get_own_list, list_list_hashtags, list_members
from mesange.edges.pages.account_lists import views_of
from mesange.front.asking import Question, ask
from mesange.front.faces import account_view
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

NOBODY = _("Nobody here has this handle. Check how it is written.")
NOTHING_TYPED: Mapping[str, str] = {}


async def show(visit: Visit) -> Response:
    return await _show(visit)


async def _show(
    visit: Visit, typed: Mapping[str, str] = NOTHING_TYPED, error: MesangeError | None = None, field: str = ""
) -> Response:
    """The list as it is, over it what was `typed` and refused; `field` is at fault when the error names none."""
    found = await get_own_list(visit.server.db, visit.viewer, visit.request.id("id"))
    rows = await list_members(visit.server.db, found.id, Page(limit=visit.server.settings.max_list_members))
    accounts = await load_accounts(visit.server, [id for _id, id in rows])
    (view,) = await views_of(visit, [found])
    problems = {field: visit.gettext(error.public_text)} if error else {}
    return await visit.page(
        "list_edit.html",
        status=error.http_status if error else 200,
        place="list",
        list=view,
        form=Form.of(_rules_of(found) | dict(typed), **problems),
        members=[account_view(visit.server, accounts[id]) for _id, id in rows if id in accounts],
        words=await list_list_hashtags(visit.server.db, found.id),
    )


def _rules_of(account_list: AccountList) -> dict[str, str]:
    return {
        "title": account_list.title,
        "replies": account_list.replies_policy.value,
        "exclusive": "1" if account_list.is_exclusive else "",
        "is_public": "1" if account_list.is_public else "",
    }


async def save(visit: Visit) -> Response:
    typed = {name: visit.text(name) for name in ("title", "replies", "exclusive", "is_public")}
    choice = ListChoice(typed["title"], typed["replies"] or None, bool(typed["exclusive"]), bool(typed["is_public"]))
    try:
        await change_list(visit.server, visit.viewer, visit.request.id("id"), choice)
    except Invalid as error:
        return await _show(visit, typed, error, "replies" if error.field == "replies_policy" else "title")
    return _back(visit)


async def ask_delete(visit: Visit) -> Response:
    found = await get_own_list(visit.server.db, visit.viewer, visit.request.id("id"))
    question = Question(
        title=_("Delete the list “%(title)s”?"),
        named={"title": found.title},
        back=f"/lists/{found.id}/edit",
        action=f"/lists/{found.id}/delete",
        text=_("What stands on it is forgotten, and nobody follows it any more. Posts and people stay."),
        verb=_("Delete the list"),
    )
    return await ask(visit, question)


async def delete(visit: Visit) -> Response:
    await delete_list(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/lists", told="saved")


async def change_members(visit: Visit) -> Response:
    list_id = visit.request.id("id")
    if visit.text("remove"):
        await remove_members(visit.server, visit.viewer, list_id, [visit.id("remove")])
        return _back(visit)
    await get_own_list(visit.server.db, visit.viewer, list_id)
    handle = visit.text("person").strip()
    try:
        account = await get_account_by_acct(visit.server, handle.removeprefix("@"))
        await add_members(visit.server, visit.viewer, list_id, [account.id])
    except NotFound:
        return await _show(visit, {"person": handle}, NotFound(NOBODY), "person")
    except (Forbidden, Invalid) as error:
        return await _show(visit, {"person": handle}, error, "person")
    return _back(visit)


async def change_hashtags(visit: Visit) -> Response:
    list_id, word = visit.request.id("id"), visit.text("hashtag").strip()
    try:
        if visit.text("remove"):
            await remove_hashtags(visit.server, visit.viewer, list_id, [visit.text("remove")])
        else:
            await add_hashtags(visit.server, visit.viewer, list_id, [word])
    except Invalid as error:
        return await _show(visit, {"hashtag": word}, error, "hashtag")
    return _back(visit)


def _back(visit: Visit) -> Response:
    return visit.back(f"/lists/{visit.request.id('id')}/edit", told="saved")
