"""Noting where the first link of a post leads."""

from mesange.core.cards.model import LONGEST_URL, PreviewCard, StatusCard, quoted_in
from mesange.core.cards.tables import preview_cards, status_cards
from mesange.core.statuses.model import Holds, Status
from mesange.events.cards import StatusCardChanged
from mesange.kit.db import Transaction
from mesange.kit.http import OutgoingRefused, Target
from mesange.kit.server import Server
from mesange.kit.text import entities

MOST_TOLD = 500


async def link_status(server: Server, tx: Transaction, status: Status) -> None:
    """Give a post the card of its first link: at once when the page is known, else when it has answered."""
    url = first_link(status)
    quoted = quoted_in(url, server.settings.origin)
    if not url or quoted == 0:
        await unlink_status(tx, status.id)
    elif quoted:
        await _quote(tx, status, quoted)
    elif server.settings.link_previews == "on":
        await _link(server, tx, status, url)


def first_link(status: Status) -> str:
    """Address of the first link as we visit it, without its fragment; "" when there is none that we would."""
    links = entities(status.text).links
    try:
        url = Target.read(links[0].url).url if links else ""
    except OutgoingRefused:
        return ""
    return url if len(url) <= LONGEST_URL else ""


async def _quote(tx: Transaction, status: Status, quoted_id: int) -> None:
    """Who may see what is quoted is asked each time it is shown."""
    row = await tx.row("SELECT id, reblog_of_id FROM statuses WHERE id = ?", quoted_id)
    if row is None:
        await unlink_status(tx, status.id)
        return
    id, reblog_of_id = row
    await _set_link(tx, StatusCard(status.id, quoted_id=reblog_of_id or id))
    await show_card(tx, status.id, Holds.CARD | Holds.QUOTE)


async def _link(server: Server, tx: Transaction, status: Status, url: str) -> None:
    now = server.clock.now()
    new = PreviewCard(server.ids.next(), url, next_attempt_at=now)
    await tx.execute(preview_cards.insert_text + " ON CONFLICT (url) DO NOTHING", *preview_cards.values(new))
    # Held, so that an answer that comes meanwhile either sees this link or is seen by it.
    row = await tx.row(f"SELECT {preview_cards.columns} FROM preview_cards WHERE url = ? FOR UPDATE", url)
    card = preview_cards.load(row) if row else new
    if card.is_stale(now):
        await tx.execute("UPDATE preview_cards SET attempts = 0, next_attempt_at = ? WHERE id = ?", now, card.id)
    before = await tx.value("SELECT card_id FROM status_cards WHERE status_id = ?", status.id)
    if before != card.id:
        await unlink_status(tx, status.id)
        await _set_link(tx, StatusCard(status.id, card_id=card.id))
        if card.title:
            await show_card(tx, status.id, Holds.CARD)


async def _set_link(tx: Transaction, link: StatusCard) -> None:
    await tx.execute(
        status_cards.insert_text
        + " ON CONFLICT (status_id) DO UPDATE SET card_id = excluded.card_id, quoted_id = excluded.quoted_id",
        *status_cards.values(link),
    )


async def show_card(tx: Transaction, status_id: int, holds: int) -> None:
    """Say that a status carries a card now."""
    account_id = await tx.value(
        f"UPDATE statuses SET holds = holds | {holds} WHERE id = ? RETURNING account_id", status_id
    )
    if account_id:
        tx.emit(StatusCardChanged(status_id=status_id, account_id=account_id))


async def unlink_status(tx: Transaction, status_id: int) -> None:
    """Its first link leads nowhere we show, or it is gone."""
    if await tx.execute("DELETE FROM status_cards WHERE status_id = ?", status_id):
        mask = ~(Holds.CARD | Holds.QUOTE)
        account_id = await tx.value(
            f"UPDATE statuses SET holds = holds & {mask} WHERE id = ? RETURNING account_id", status_id
        )
        if account_id:
            tx.emit(StatusCardChanged(status_id=status_id, account_id=account_id))


async def drop_picture(tx: Transaction, image: str) -> None:
    """The card goes on without its picture, until its page is linked and asked again."""
    rows = await tx.rows(
        "SELECT l.status_id FROM preview_cards c JOIN status_cards l ON l.card_id = c.id WHERE c.image = ? "
        "ORDER BY l.status_id DESC LIMIT ?",
        image,
        MOST_TOLD,
    )
    await tx.execute(
        "UPDATE preview_cards SET image = '', width = 0, height = 0, fetched_at = 0 WHERE image = ?", image
    )
    for (status_id,) in rows:
        await show_card(tx, status_id, Holds.CARD)
