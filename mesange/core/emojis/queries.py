"""Reads of custom emoji."""

from mesange.core.emojis.memory import EmojiMemory
from mesange.core.emojis.model import MOST_EMOJIS, Emojis
from mesange.core.emojis.tables import custom_emojis
from mesange.kit.server import Server


async def known_emojis(server: Server) -> Emojis:
    """From memory; one query after a change."""
    kept = server.of(EmojiMemory).known
    known = kept.get(0)
    if known is None:
        since = kept.forgotten
        sql = f"SELECT {custom_emojis.columns} FROM custom_emojis ORDER BY shortcode LIMIT ?"
        found = [custom_emojis.load(row) for row in await server.db.rows(sql, MOST_EMOJIS)]
        known = {each.shortcode: each for each in found}
        kept.keep(0, known, since)
    return known
