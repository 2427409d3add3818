"""Every list page costs a fixed number of queries, fewer when warm, and each finds its rows by an index."""

import re
from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_account_stats, load_accounts
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.follows.queries import list_followers, list_relationships
from mesange.core.lists.actions import ListChoice, add_hashtags, add_members, create_list, follow_hashtag
from mesange.core.lists.queries import (
    list_followed_hashtags,
    list_list_hashtags,
    list_lists,
    list_members,
    readable_list,
)
from mesange.core.notifications.queries import (
    NotificationFilter,
    count_unread,
    list_groups,
    list_in_group,
    list_notifications,
)
from mesange.core.statuses.actions.marks import bookmark_status, favourite_status, reblog_status
from mesange.core.statuses.queries import (
    AccountFilter,
    get_thread,
    list_account_statuses,
    list_favouriting,
    list_marked,
    list_reblogging,
    load_client_names,
    load_hashtag_uses,
    load_marks,
    load_status_stats,
    only_visible,
)
from mesange.core.timelines.queries import (
    HashtagFilter,
    Origin,
    list_account_list,
    list_hashtag,
    list_home,
    list_public,
)
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post
from tests.core.watched import Watched, forget_everything, watch

Reading = Callable[[Server, Viewer, Page], Awaitable[object]]


async def statuses_of(server: Server, viewer: Viewer, ids: list[int]) -> None:
    """What is joined to each status; its rendered head is kept elsewhere."""
    seen = await only_visible(server, viewer, ids)
    originals = [status.reblog_of_id or status.id for status in seen]
    await load_accounts(server, {status.account_id for status in seen})
    await load_account_stats(server, {status.account_id for status in seen})
    await load_status_stats(server, originals)
    await load_marks(server, viewer.account_id, originals)
    await load_client_names(server, [status.client_id for status in seen if status.client_id])


async def home(server: Server, viewer: Viewer, page: Page) -> None:
    await statuses_of(server, viewer, await list_home(server, viewer, page))


async def public(server: Server, viewer: Viewer, page: Page) -> None:
    await statuses_of(server, viewer, await list_public(server, viewer, page, Origin(local=True)))


async def hashtag(server: Server, viewer: Viewer, page: Page) -> None:
    await statuses_of(server, viewer, await list_hashtag(server, viewer, page, HashtagFilter("tag"), Origin()))


async def hashtags(server: Server, viewer: Viewer, page: Page) -> None:
    tags = HashtagFilter("tag", any=["more"], all=["tag"], none=["less"])
    await statuses_of(server, viewer, await list_hashtag(server, viewer, page, tags, Origin()))


async def account_list(server: Server, viewer: Viewer, page: Page) -> None:
    (found,) = await list_lists(server.db, viewer)
    await statuses_of(
        server, viewer, await list_account_list(server, viewer, await readable_list(server, viewer, found.id), page)
    )
    await list_members(server.db, found.id, page)
    await list_list_hashtags(server.db, found.id)
    await list_followed_hashtags(server.db, viewer, page)
    await load_hashtag_uses(server.db, ["tag", "more"], server.clock.now())


async def profile(server: Server, viewer: Viewer, page: Page) -> None:
    author = await server.db.value("SELECT id FROM accounts WHERE lower(username) = 'bob' AND domain = ''")
    await statuses_of(server, viewer, await list_account_statuses(server, viewer, author, page, AccountFilter()))


async def thread(server: Server, viewer: Viewer, page: Page) -> None:
    root = (await only_visible(server, viewer, [await server.db.value("SELECT min(id) FROM statuses")]))[0]
    around = await get_thread(server, viewer, root)
    await statuses_of(server, viewer, around.descendants[: page.limit])


async def notifications(server: Server, viewer: Viewer, page: Page) -> None:
    found = await list_notifications(server, viewer, page, NotificationFilter(excluded_kinds=["follow"]))
    await load_accounts(server, {each.from_account_id for each in found})
    await statuses_of(server, viewer, [each.status_id for each in found if each.status_id])
    await count_unread(server.db, viewer.account_id)


async def notification_groups(server: Server, viewer: Viewer, page: Page) -> None:
    found = await list_groups(server, viewer, page, NotificationFilter(kinds=["follow", "favourite", "reblog"]))
    await list_in_group(server, viewer, "follow-0", page)
    await load_accounts(server, {each.from_account_id for group in found for each in group.shown})


async def marked(server: Server, viewer: Viewer, page: Page) -> None:
    for table in ("favourites", "bookmarks", "pins"):
        rows = await list_marked(server.db, table, viewer.account_id, page)
        await statuses_of(server, viewer, [status_id for _, status_id in rows])


async def people(server: Server, viewer: Viewer, page: Page) -> None:
    root = await server.db.value("SELECT min(id) FROM statuses")
    rows = [
        *await list_followers(server.db, viewer.account_id, page),
        *await list_favouriting(server.db, root, page),
        *await list_reblogging(server.db, root, page),
    ]
    ids = [account_id for _, account_id in rows]
    await load_accounts(server, ids)
    await load_account_stats(server, ids)
    await list_relationships(server.db, viewer.account_id, ids, server.clock.now())


READINGS = {reading.__name__: reading for reading in (
    home, public, hashtag, hashtags, account_list, profile, thread, notifications, notification_groups, marked, people,
)}  # fmt: skip
# Queries of the second time: picking the ids, and whether one is mentioned in what is not open.
WARM = {
    "home": 1,
    "public": 1,
    "hashtag": 2,
    "account_list": 9,
    "profile": 3,
    "notifications": 4,
    "notification_groups": 3,
}


@pytest.fixture
async def busy(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, consume: Callable[[], Awaitable[None]]
) -> Watched:
    """Ada follows people who post, answer, boost and mention."""
    others = [bob, eve, *[await new_viewer(server, f"p{number}") for number in range(4)]]
    root = await post(server, bob, "#tag root @ada")
    for other in others:
        await follow_account(server, ada, other.account_id, FollowOptions())
        await follow_account(server, other, ada.account_id, FollowOptions())
        await favourite_status(server, other, root.id)
        await reblog_status(server, other, root.id)
        for number in range(4):
            status = await post(server, other, f"#tag #more @ada {number}", "private" if number == 3 else None)
            await post(server, other, "an answer", to=root)
            await favourite_status(server, ada, status.id)
            await bookmark_status(server, ada, status.id)
    await follow_hashtag(server, ada, "more")
    mine = await create_list(server, ada, ListChoice("mine", is_public=True))
    await add_members(server, ada, mine.id, [other.account_id for other in others[:-2]])
    await add_hashtags(server, ada, mine.id, ["tag"])
    await mute_account(server, ada, others[-1].account_id)
    await block_account(server, ada, others[-2].account_id)
    await consume()
    return watch(server)


async def count(server: Server, busy: Watched, viewer: Viewer, name: str, limit: int) -> int:
    busy.asked.clear()
    await READINGS[name](server, viewer, Page(limit))
    return len(busy.asked)


async def test_a_page_costs_the_same_number_of_queries_whatever_its_length(
    server: Server, busy: Watched, ada: Viewer
) -> None:
    for name in READINGS:
        counted: list[int] = []
        for limit in (2, 5, 40):
            forget_everything(server)
            counted.append(await count(server, busy, ada, name, limit))
        assert len(set(counted)) == 1, (name, counted)
        warm = await count(server, busy, ada, name, 40)
        assert warm < counted[-1], name
        assert warm <= WARM.get(name, warm), (name, [sql for sql, _ in busy.asked])


BIG = (
    "statuses|follows|blocks|mutes|notifications|favourites|bookmarks|pins|mentions|accounts|status_hashtags|hashtags|"
    "status_stats|account_stats|thread_mutes|follow_requests|account_notes|"
    "account_lists|list_members|list_hashtags|list_follows|hashtag_follows"
)

FEW = "accounts_unlike_others"
"""An index of the few accounts that moderation hid or limited: meant to be read whole."""


async def plan(server: Server, sql: str, values: tuple) -> list[str]:
    if server.db.engine == "sqlite":
        return [detail for *_, detail in await server.db.rows(f"EXPLAIN QUERY PLAN {sql}", *values)]
    async with server.db.transaction() as tx:
        await tx.execute("SET LOCAL enable_seqscan = off")
        return [line for (line,) in await tx.rows(f"EXPLAIN {sql}", *values)]


def scans(plan: list[str], sql: str) -> list[str]:
    """Lines of a plan that go through a whole table or a whole index."""
    aliases = {alias or table for table, alias in re.findall(rf"(?:FROM|JOIN) ({BIG})\b(?: (\w)\b)?", sql)}
    whole = re.compile(rf"^SCAN ({'|'.join(aliases)})\b|Seq Scan on ({BIG})\b" if aliases else "^$")
    return [line for line in plan if whole.search(line) and not line.endswith(FEW)]


async def test_no_page_reads_a_whole_table(server: Server, busy: Watched, ada: Viewer) -> None:
    for page in (Page(20), Page(20, above=5, forwards=True), Page(20, below=1 << 62)):
        for reading in READINGS.values():
            forget_everything(server)
            await reading(server, ada, page)
    for sql, values in {sql: values for sql, values in busy.asked if "min(id)" not in sql}.items():
        assert not scans(await plan(server, sql, values), sql), sql


async def test_the_watch_sees_a_whole_table_read(server: Server, busy: Watched) -> None:
    sql = "SELECT id FROM statuses WHERE text = ?"
    assert scans(await plan(server, sql, ("x",)), sql)
