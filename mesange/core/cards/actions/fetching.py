"""Asking the pages that people link to: each once, a few at a time, and never in anybody's way."""

import asyncio
from dataclasses import replace

from mesange.core.cards.actions.linking import show_card
from mesange.core.cards.actions.pictures import keep_picture
from mesange.core.cards.model import PATIENCE, CardKind, PreviewCard
from mesange.core.cards.tables import preview_cards
from mesange.core.media.actions.fetched import forget_fetched
from mesange.core.statuses.model import Holds
from mesange.kit.http import OutgoingFailed
from mesange.kit.previews import Preview, fetch_preview
from mesange.kit.server import Server

AT_ONCE = 8
MOST_WAITING = 100_000
MOST_TOLD = 500
"""Of a page that was asked again, so many of the newest posts are made anew at once; older ones when they are."""


async def fetch_due_cards(server: Server) -> None:
    """Ask the pages that are due, oldest first."""
    rows = await server.db.rows(
        f"SELECT {preview_cards.columns} FROM preview_cards WHERE next_attempt_at <= ? "
        "ORDER BY next_attempt_at, id LIMIT ?",
        server.clock.now(),
        AT_ONCE,
    )
    work = [_fetch(server, preview_cards.load(row)) for row in rows]
    for failure in await asyncio.gather(*work, return_exceptions=True):
        if failure:
            raise failure


async def _fetch(server: Server, card: PreviewCard) -> None:
    claimed = await _claimed(server, card)
    if claimed is None:
        return
    preview = None
    if card.attempts <= len(PATIENCE):  # Else what it said broke us off twice: no third time.
        try:
            preview = await fetch_preview(server.http, claimed.url)
        except OutgoingFailed:
            if claimed.attempts <= len(PATIENCE):
                return  # The claim said when to try again.
    await _settle(server, claimed, preview)


async def _claimed(server: Server, card: PreviewCard) -> PreviewCard | None:
    """The card, already counted as tried, so that two servers never ask at once; None when another one does."""
    claimed = replace(
        card,
        attempts=card.attempts + 1,
        next_attempt_at=server.clock.now() + PATIENCE[min(card.attempts, len(PATIENCE) - 1)],
    )
    async with server.db.transaction() as tx:
        is_ours = await tx.execute(
            "UPDATE preview_cards SET attempts = ?, next_attempt_at = ? WHERE id = ? AND next_attempt_at = ?",
            claimed.attempts,
            claimed.next_attempt_at,
            card.id,
            card.next_attempt_at,
        )
    return claimed if is_ours else None


async def _settle(server: Server, card: PreviewCard, preview: Preview | None) -> None:
    """Keep what the page said; what it said before stays when it says nothing now."""
    settled = replace(card, fetched_at=server.clock.now(), next_attempt_at=None)
    if preview:
        settled = await keep_picture(server, _told(settled, preview), preview.picture)
    async with server.db.transaction() as tx:
        await tx.update(preview_cards, settled)
        if preview:
            rows = await tx.rows(
                "SELECT status_id FROM status_cards WHERE card_id = ? ORDER BY status_id DESC LIMIT ?",
                card.id,
                MOST_TOLD if card.title else MOST_WAITING,
            )
            for (status_id,) in rows:
                await show_card(tx, status_id, Holds.CARD)
    if settled.image != card.image:
        await forget_fetched(server, card.image)


def _told(card: PreviewCard, preview: Preview) -> PreviewCard:
    said = preview.said
    return replace(
        card,
        kind=CardKind.PHOTO if said.is_photo else CardKind.LINK,
        title=said.title,
        description=said.description,
        provider_name=said.provider_name,
        author_name=said.author_name,
        author_url=said.author_url,
        language=said.language,
        image_description=said.image_description,
        published_at=said.published_at,
    )
