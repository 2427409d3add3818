"""Reads of link cards, with the rights built in."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from mesange.core.accounts.model import Viewer
from mesange.core.cards.model import PreviewCard
from mesange.core.cards.tables import preview_cards
from mesange.core.follows.queries import relations_of
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import only_visible
from mesange.kit.db import Reader
from mesange.kit.server import Server

ShownCard: TypeAlias = PreviewCard | Status
"""What stands under a post: a page elsewhere, or another post of this server."""


async def load_status_cards(server: Server, viewer: Viewer, statuses: Iterable[Status]) -> dict[int, ShownCard]:
    """Cards by status: of pages the same for everyone, of quoted posts as this viewer may see them."""
    carrying = [status for status in statuses if status.holds & Holds.CARD]
    if not carrying:
        return {}
    rows = await server.db.rows(
        f"SELECT l.status_id, {preview_cards.columns_of('c')} FROM status_cards l JOIN preview_cards c "
        "ON c.id = l.card_id WHERE l.status_id = ANY(?)",
        [status.id for status in carrying],
    )
    shown: dict[int, ShownCard] = {row[0]: preview_cards.load(row[1:]) for row in rows}
    quoting = [status for status in carrying if status.holds & Holds.QUOTE]
    return shown | await _quoted(server, viewer, quoting)


async def _quoted(server: Server, viewer: Viewer, quoting: list[Status]) -> dict[int, ShownCard]:
    """Open posts only, and not against the will of who wrote them: a block hides them, here too."""
    if not quoting:
        return {}
    links = await _quoted_ids(server.db, [status.id for status in quoting])
    visible = {status.id: status for status in await only_visible(server, viewer, list(links.values()))}
    hidden = (await relations_of(server, viewer.account_id)).hidden
    shown: dict[int, ShownCard] = {}
    for status in quoting:
        quoted = visible.get(links.get(status.id, 0))
        if quoted is None or not quoted.visibility.is_open or quoted.account_id in hidden:
            continue
        if quoted.account_id not in (await relations_of(server, status.account_id)).blocked_by:
            shown[status.id] = quoted
    return shown


async def _quoted_ids(db: Reader, ids: list[int]) -> dict[int, int]:
    rows = await db.rows(
        "SELECT status_id, quoted_id FROM status_cards WHERE status_id = ANY(?) AND quoted_id IS NOT NULL", ids
    )
    return dict(rows)  # type: ignore[arg-type]  # two columns a row


async def load_cards_by_url(db: Reader, urls: Sequence[str]) -> dict[str, PreviewCard]:
    """A card for each address: what the page said about itself, or the address alone while it said nothing."""
    rows = await db.rows(f"SELECT {preview_cards.columns} FROM preview_cards WHERE url = ANY(?)", list(urls))
    known = {card.url: card for card in map(preview_cards.load, rows) if card.title}
    return {url: known.get(url) or PreviewCard(0, url, title=url) for url in urls}
