"""What people read as it comes: how its posts are picked, and which channel tells of new ones.

One table for pages, for their live side and for the columns of decks.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from mesange.core.accounts.queries import get_account
from mesange.core.filters.queries import Pick
from mesange.core.lists.queries import readable_list
from mesange.core.statuses.queries import AccountFilter, list_account_statuses
from mesange.core.timelines.queries import (
    HashtagFilter,
    Origin,
    list_account_list,
    list_hashtag,
    list_home,
    list_public,
)
from mesange.edges.pages.channels import author_channel, home_channel, tag_channel
from mesange.edges.pages.open_lists import PageLists
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import NotFound

Opening: TypeAlias = Callable[[Visit, str], Awaitable[tuple[Pick, str]]]
"""What picks the ids of a page, and the channel. Raises NotFound for what the viewer may not read."""


@dataclass(frozen=True, slots=True)
class Source:
    """`context` says which of the reader's filters count."""

    open: Opening
    context: str


async def _home(visit: Visit, of: str) -> tuple[Pick, str]:
    if visit.viewer.is_visitor:
        raise NotFound()
    return partial(list_home, visit.server, visit.viewer), home_channel(visit.viewer.account_id)


async def _local(visit: Visit, of: str) -> tuple[Pick, str]:
    return partial(list_public, visit.server, visit.viewer, origin=Origin(local=True)), "page:local"


async def _hashtag(visit: Visit, of: str) -> tuple[Pick, str]:
    pick = partial(list_hashtag, visit.server, visit.viewer, tags=HashtagFilter(of), origin=Origin())
    return pick, tag_channel(of)


async def _list(visit: Visit, of: str) -> tuple[Pick, str]:
    account_list = await readable_list(visit.server, visit.viewer, id_in(of))
    pick = partial(list_account_list, visit.server, visit.viewer, account_list)
    is_own = account_list.account_id == visit.viewer.account_id
    return pick, visit.server.of(PageLists).open(account_list.id, for_owner=is_own)


async def _profile(visit: Visit, of: str) -> tuple[Pick, str]:
    account = await get_account(visit.server, id_in(of))
    only = AccountFilter(excludes_replies=True)
    return partial(list_account_statuses, visit.server, visit.viewer, account.id, only=only), author_channel(account.id)


SOURCES: Mapping[str, Source] = {
    "home": Source(_home, "home"),
    "local": Source(_local, "public"),
    "hashtag": Source(_hashtag, "public"),
    "list": Source(_list, "home"),
    "profile": Source(_profile, "account"),
}
