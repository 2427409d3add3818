"""Items become posts, and edited items edit theirs: through the one gate, in the name of the member who relays."""

from dataclasses import dataclass

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_user, get_account
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.publish import prepared, publishing, write_prepared
from mesange.core.statuses.model import Draft
from mesange.core.statuses.queries import find_status
from mesange.kit.db import Transaction
from mesange.kit.errors import MesangeError, Unavailable
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.links import led_over_ours
from mesange.workspace.publishing.actions.relay_reading import warn
from mesange.workspace.publishing.actions.relays import signs_of
from mesange.workspace.publishing.model.relay_texts import post_text
from mesange.workspace.publishing.model.relays import (
    FeedRelay,
    ItemState,
    RelayedItem,
    RelayState,
    RelayTrouble,
    WarningKind,
)
from mesange.workspace.publishing.queries.relays import hold_relay
from mesange.workspace.publishing.tables import feed_relays, relayed_items

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Due:
    relay: FeedRelay
    item: RelayedItem

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.relay.account_id, self.relay.user_id)


async def relay_items(server: Server) -> None:
    """Whatever waits, oldest first. A relay that may no longer publish says so, and its items go on waiting."""
    rows = await server.db.rows(
        f"SELECT {feed_relays.columns_of('r')}, {relayed_items.columns_of('i')} FROM relayed_items AS i "
        "JOIN feed_relays AS r ON r.id = i.relay_id WHERE i.state IN ('waiting', 'edited') AND r.state = 'active' "
        "ORDER BY i.id LIMIT ?",
        AT_ONCE,
    )
    width, stopped = len(feed_relays.fields), set[int]()
    for row in rows:
        due = _Due(feed_relays.load(row[:width]), relayed_items.load(row[width:]))
        if due.relay.id in stopped:
            continue
        try:
            await (_publish(server, due) if due.item.state is ItemState.WAITING else _edit(server, due))
        except Unavailable:
            raise  # Nothing was decided: the next round tries again.
        except MesangeError as error:
            stopped.add(due.relay.id)
            await _stop(server, due.relay.id, error)


async def _text(server: Server, due: _Due) -> str:
    account = await get_account(server, due.relay.account_id)
    link = await led_over_ours(server, due.viewer, account, due.item.link, due.relay.title)
    return post_text(due.relay.template, due.item, signs_of(server, account), link)


async def _check_login(server: Server, relay: FeedRelay) -> None:
    user = await find_user(server.db, relay.user_id)
    if user is None or user.disabled_at is not None:
        raise MesangeError("The login of who made this relay is closed.")


async def _publish(server: Server, due: _Due) -> None:
    await _check_login(server, due.relay)
    made = [await prepared(server, due.viewer, Draft(await _text(server, due)))]
    status = made[0].status
    async with publishing(server, made) as tx:
        is_ours = await tx.execute(
            "UPDATE relayed_items SET state = ?, status_id = ?, text = ? WHERE id = ? AND state = ?",
            ItemState.RELAYED,
            status.id,
            status.text,
            due.item.id,
            ItemState.WAITING,
        )
        if is_ours:
            await write_prepared(server, tx, due.viewer, made)


async def _edit(server: Server, due: _Due) -> None:
    """The post takes the item's new words, unless a person gave it others or took it away: that is left, and noted."""
    text = await _text(server, due)
    status = await find_status(server, due.item.status_id or 0)
    wanted = (await prepared(server, due.viewer, Draft(text))).status.text
    warning = None
    if status is None:
        warning = WarningKind.POST_GONE
    elif status.text not in (due.item.text, wanted):
        warning = WarningKind.EDITED_BY_HAND
    elif status.text != wanted:
        await _check_login(server, due.relay)
        await edit_status(server, due.viewer, status.id, Correction(text=text))
    async with server.db.transaction() as tx:
        await _note_edited(server, tx, due.item, warning, wanted)


async def _note_edited(
    server: Server, tx: Transaction, item: RelayedItem, warning: WarningKind | None, text: str
) -> None:
    """An item that changed again meanwhile stays to be edited."""
    is_settled = await tx.execute(
        "UPDATE relayed_items SET state = ?, text = ? WHERE id = ? AND state = ? AND title = ? AND summary = ? "
        "AND link = ? AND tags = ?",
        ItemState.RELAYED,
        item.text if warning else text,
        *(item.id, ItemState.EDITED, item.title, item.summary, item.link, item.tags),
    )
    if warning and is_settled:
        await warn(server, tx, item, warning, item.title)


async def _stop(server: Server, relay_id: int, error: MesangeError) -> None:
    async with server.db.transaction() as tx:
        relay = await hold_relay(tx, relay_id)
        if relay is not None and relay.state is RelayState.ACTIVE:
            await tx.execute(
                "UPDATE feed_relays SET state = ?, trouble = ?, detail = ?, next_at = NULL WHERE id = ?",
                RelayState.IN_ERROR,
                RelayTrouble.MAY_NOT_PUBLISH,
                error.public_text[:300],
                relay_id,
            )
