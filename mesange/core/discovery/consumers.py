"""Counts who speaks of what. A durable consumer: each event counts once."""

from collections.abc import Sequence

from mesange.core.discovery.actions import count_uses
from mesange.core.discovery.model import KEPT_DAYS, YOUNG, TrendKind, Use, link_key
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.queries import hashtags_of
from mesange.core.statuses.tables import statuses
from mesange.events.statuses import StatusFavourited, StatusPublished, StatusReblogged
from mesange.kit.clock import DAY
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.event import Event
from mesange.kit.ids import time_of
from mesange.kit.server import Server
from mesange.kit.text import entities

MOST_LINKS = 4


async def count_events(server: Server, tx: Transaction, events: Sequence[Event]) -> None:
    now = server.clock.now()
    liked = [each for each in events if isinstance(each, StatusFavourited | StatusReblogged)]
    published = [each.status_id for each in events if isinstance(each, StatusPublished)]
    found = await _public(tx, {*published, *map(_liked_id, liked)})
    uses = [
        use
        for id in published
        if id in found and found[id].created_at > now - (KEPT_DAYS - 1) * DAY
        for use in _uses_in(found[id])
    ]
    for event in liked:
        status = found.get(_liked_id(event))
        if status and event.account_id != status.account_id and status.created_at > now - YOUNG:
            at = time_of(event.status_id) if isinstance(event, StatusReblogged) else now
            uses.append(Use(TrendKind.STATUS, str(status.id), event.account_id, at))
    unheard = await _unheard(tx, {use.account_id for use in uses})
    await count_uses(server, tx, [use for use in uses if use.account_id not in unheard])


def _liked_id(event: StatusFavourited | StatusReblogged) -> int:
    return event.reblog_of_id if isinstance(event, StatusReblogged) else event.status_id


async def _unheard(tx: Transaction, account_ids: set[int]) -> set[int]:
    """Limited and suspended accounts make no trend."""
    rows = await tx.rows(
        "SELECT id FROM accounts WHERE id = ANY(?) AND (limited_at IS NOT NULL OR suspended_at IS NOT NULL)",
        sorted(account_ids),
    )
    return {id for (id,) in rows}


async def _public(tx: Transaction, ids: set[int]) -> dict[int, Status]:
    rows = await tx.rows(f"SELECT {statuses.columns} FROM statuses WHERE id = ANY(?)", sorted(ids))
    found = map(statuses.load, rows)
    return {status.id: status for status in found if status.visibility is Visibility.PUBLIC}


def _uses_in(status: Status) -> list[Use]:
    keys = [(TrendKind.HASHTAG, name) for name in hashtags_of(status)]
    links = entities(status.text).links if "://" in status.text else ()
    keys += [(TrendKind.LINK, key) for key in dict.fromkeys(link_key(link.url) for link in links[:MOST_LINKS]) if key]
    return [Use(kind, key, status.account_id, status.created_at) for kind, key in keys]


def _may_count(event: Event) -> bool:
    return getattr(event, "visibility", "public") == "public"


GATHER_SECONDS = 0.25  # Trends are ranked once a minute.
KINDS = (StatusPublished, StatusReblogged, StatusFavourited)
CONSUMER = Consumer(
    "trends", dict.fromkeys(KINDS, ()), together=count_events, concerns=_may_count, gather_seconds=GATHER_SECONDS
)
