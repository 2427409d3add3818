"""Hashtags by how they begin."""

from mesange.core.search.model import beginning
from mesange.kit.db import Reader
from mesange.kit.text import hashtag_name


async def search_hashtags(db: Reader, text: str, *, limit: int, offset: int = 0) -> list[str]:
    """Names of hashtags that were used here: the very one first, then the shortest.

    What is written with its # is named, so it is found even if nobody has used it yet.
    """
    written = text.strip()
    name = hashtag_name(written.removeprefix("#"))
    if not name:
        return []
    rows = await db.rows(
        "SELECT name FROM hashtags WHERE name COLLATE BYTES >= ? AND name COLLATE BYTES < ? "
        "ORDER BY length(name), name LIMIT ? OFFSET ?",
        *beginning(name),
        limit,
        offset,
    )
    found = [found for (found,) in rows]
    is_new = written.startswith("#") and not offset and name not in found
    return [name, *found][:limit] if is_new else found
