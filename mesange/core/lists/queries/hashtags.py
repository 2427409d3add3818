"""Who follows which hashtags."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.lists.memory import ListMemory
from mesange.core.lists.model import FollowedHashtag, HomeChoices
from mesange.core.lists.tables import hashtag_follows
from mesange.kit.db import Reader
from mesange.kit.paging import Page
from mesange.kit.server import Server

NO_CHOICES = HomeChoices()


async def choices_of(server: Server, viewer_id: int) -> HomeChoices:
    """What the viewer's exclusive lists and followed hashtags do to their home; from memory, or in three queries."""
    if viewer_id == 0:
        return NO_CHOICES
    kept = server.of(ListMemory).choices
    choices = kept.get(viewer_id)
    if choices is None:
        since = kept.forgotten
        choices = await _read_choices(server.db, viewer_id)
        kept.keep(viewer_id, choices, since)
    return choices


async def _read_choices(db: Reader, viewer_id: int) -> HomeChoices:
    exclusive = "(SELECT id FROM account_lists WHERE account_id = ? AND is_exclusive = 1)"
    apart = await db.rows(f"SELECT target_id FROM list_members WHERE list_id IN {exclusive}", viewer_id)
    elsewhere = await db.rows(f"SELECT name FROM list_hashtags WHERE list_id IN {exclusive}", viewer_id)
    followed = await db.rows("SELECT name FROM hashtag_follows WHERE account_id = ?", viewer_id)
    return HomeChoices(
        apart=frozenset(id for (id,) in apart) - {viewer_id},
        hashtags=frozenset(name for (name,) in followed) - {name for (name,) in elsewhere},
    )


async def followers_of_hashtags(server: Server, names: Sequence[str]) -> list[int]:
    """Who follows at least one of the hashtags, for the fan-out; from memory, or in one query."""
    kept = server.of(ListMemory).followers
    found = {name: followers for name in names if (followers := kept.get(name)) is not None}
    missing = [name for name in names if name not in found]
    if missing:
        since = kept.forgotten
        read = {name: list[int]() for name in missing}
        for name, account_id in await server.db.rows(
            "SELECT name, account_id FROM hashtag_follows WHERE name = ANY(?)", missing
        ):
            read[name].append(account_id)
        for name, followers in read.items():
            kept.keep(name, followers, since)
        found |= read
    return list(dict.fromkeys(follower for followers in found.values() for follower in followers))


async def list_followed_hashtags(db: Reader, viewer: Viewer, page: Page) -> list[FollowedHashtag]:
    """The viewer's, followed last first; page by the row id."""
    rows = await db.rows(
        f"SELECT {hashtag_follows.columns} FROM hashtag_follows WHERE account_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        acting_account(viewer),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([hashtag_follows.load(row) for row in rows])


async def find_followed_names(db: Reader, viewer_id: int, names: Sequence[str]) -> set[str]:
    """Those of the hashtags that the viewer follows."""
    if not viewer_id or not names:
        return set()
    rows = await db.rows(
        "SELECT name FROM hashtag_follows WHERE account_id = ? AND name = ANY(?)", viewer_id, list(names)
    )
    return {name for (name,) in rows}
