"""Lists: one's own and those one follows, what stands on one, and the page of a public one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from mesange.core.accounts.queries import load_accounts
from mesange.core.lists.actions import ListChoice, create_list, follow_list, unfollow_list
from mesange.core.lists.model import AccountList
from mesange.core.lists.queries import list_followed_lists, list_lists, readable_list
from mesange.core.timelines.queries import list_account_list
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.handles import account_in_path
from mesange.edges.pages.lists import Feed, page_filled, window_of
from mesange.front.cards import cards_of
from mesange.front.errors import refused
from mesange.front.faces import url_of
from mesange.front.filtering import filled_page
from mesange.front.views import Ids
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of people and hashtags. `address` is the page that everyone may read, "" for a private one."""

    id: Ids
    title: str
    url: str
    address: str
    owner: str
    is_own: bool
    is_public: bool
    is_exclusive: bool
    replies: str


async def show_all(visit: Visit) -> Response:
    return await _show_all(visit, Form())


async def _show_all(visit: Visit, form: Form, status: int = 200) -> Response:
    own = await list_lists(visit.server.db, visit.viewer)
    followed = await list_followed_lists(visit.server.db, visit.viewer)
    return await visit.page(
        "lists.html",
        status=status,
        place="list",
        own=await views_of(visit, own),
        followed=await views_of(visit, followed),
        form=form,
    )


async def views_of(visit: Visit, lists: Sequence[AccountList]) -> list[ListView]:
    owners = await load_accounts(visit.server, {each.account_id for each in lists})
    return [
        ListView(
            id=str(each.id),
            title=each.title,
            url=f"/lists/{each.id}",
            address=f"{url_of(owners[each.account_id])}/lists/{each.id}" if each.is_public else "",
            owner=f"@{owners[each.account_id].acct}",
            is_own=each.account_id == visit.viewer.account_id,
            is_public=each.is_public,
            is_exclusive=each.is_exclusive,
            replies=each.replies_policy.value,
        )
        for each in lists
        if each.account_id in owners
    ]


async def create(visit: Visit) -> Response:
    typed = {name: visit.text(name) for name in ("title", "is_public")}
    choice = ListChoice(typed["title"], is_public=bool(typed["is_public"]))
    try:
        made = await create_list(visit.server, visit.viewer, choice)
    except Invalid as error:
        return await _show_all(visit, refused(visit, typed, error), error.http_status)
    return visit.back(f"/lists/{made.id}/edit", told="saved")


async def show(visit: Visit) -> Response:
    return await _show(visit, await readable_list(visit.server, visit.viewer, visit.request.id("id")))


async def show_public(visit: Visit) -> Response:
    """The page of a public list under its owner's name. Raises NotFound also under another name."""
    account = await account_in_path(visit)
    account_list = await readable_list(visit.server, visit.viewer, visit.request.id("id"))
    if account_list.account_id != account.id or not account_list.is_public:
        raise NotFound()
    return await _show(visit, account_list)


async def _show(visit: Visit, account_list: AccountList) -> Response:
    window = window_of(visit)
    filled = await filled_page(
        visit, window, partial(list_account_list, visit.server, visit.viewer, account_list), "home"
    )
    (view,) = await views_of(visit, [account_list])
    followed = await list_followed_lists(visit.server.db, visit.viewer) if visit.viewer.account_id else []
    return await visit.page(
        "list.html",
        place="list",
        list=view,
        is_followed=account_list in followed,
        cards=await cards_of(visit, filled.ids, "home"),
        page=page_filled(window, filled, Feed(visit.request.path, f"/live/list?of={account_list.id}")),
        hashtags=await busy_hashtags(visit.server),
    )


async def follow(visit: Visit) -> Response:
    await follow_list(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back(f"/lists/{visit.request.id('id')}", told="saved")


async def unfollow(visit: Visit) -> Response:
    await unfollow_list(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/lists", told="saved")
