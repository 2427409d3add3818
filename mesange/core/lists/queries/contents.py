"""What stands on a list."""

from mesange.core.lists.memory import ListMemory
from mesange.core.lists.model import ListContents, ListHashtag
from mesange.core.lists.tables import list_hashtags
from mesange.kit.db import Reader
from mesange.kit.paging import Page
from mesange.kit.server import Server


async def contents_of(server: Server, list_id: int) -> ListContents:
    """From memory, or in two queries."""
    kept = server.of(ListMemory).contents
    contents = kept.get(list_id)
    if contents is None:
        since = kept.forgotten
        members = await server.db.rows("SELECT target_id FROM list_members WHERE list_id = ?", list_id)
        hashtags = await server.db.rows("SELECT name FROM list_hashtags WHERE list_id = ?", list_id)
        contents = ListContents(frozenset(id for (id,) in members), frozenset(name for (name,) in hashtags))
        kept.keep(list_id, contents, since)
    return contents


async def list_members(db: Reader, list_id: int, page: Page) -> list[tuple[int, int]]:
    """(row id, account id), who came last first; page by the row id. For a list that the caller may read."""
    rows = await db.rows(
        f"SELECT id, target_id FROM list_members WHERE list_id = ? AND id < ? AND id > ? ORDER BY id {page.order} "
        "LIMIT ?",
        list_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, target_id) for id, target_id in rows])


async def list_list_hashtags(db: Reader, list_id: int) -> list[ListHashtag]:
    """All of them, by name: a list holds not many."""
    rows = await db.rows(f"SELECT {list_hashtags.columns} FROM list_hashtags WHERE list_id = ? ORDER BY name", list_id)
    return [list_hashtags.load(row) for row in rows]
