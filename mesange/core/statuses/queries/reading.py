"""Statuses by id. What the viewer may not see does not exist for them."""

import json
from collections.abc import Iterable, Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.media.queries import load_media
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import (
    Holds,
    Status,
    StatusVersion,
    hashtags_in,
    may_see,
    titles_in,
)
from mesange.core.statuses.tables import statuses
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import NotFound
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server
from mesange.kit.text import entities


async def load_statuses(server: Server, ids: Sequence[int]) -> dict[int, Status]:
    """Statuses by id, from memory or in one query, whoever may see them: the caller has asked for that."""
    memory = server.of(StatusMemory)
    found = {id: status for id in ids if (status := memory.statuses.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.statuses.forgotten
        for row in await server.db.rows(f"SELECT {statuses.columns} FROM statuses WHERE id = ANY(?)", missing):
            status = statuses.load(row)
            memory.statuses.keep(status.id, status, since)
            found[status.id] = status
    return found


async def hold_status(tx: Transaction, status_id: int) -> Status:
    """The status as it is now; nobody changes it before this transaction ends. Raises NotFound."""
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ? FOR UPDATE", status_id)
    if row is None:
        raise NotFound()
    return statuses.load(row)


async def find_status(server: Server, status_id: int) -> Status | None:
    return (await load_statuses(server, [status_id])).get(status_id)


async def visible_status(server: Server, viewer: Viewer, status_id: int) -> Status:
    """The status, or NotFound: the same answer for what is missing and for what is hidden from the viewer."""
    visible = await only_visible(server, viewer, [status_id])
    if not visible:
        raise NotFound()
    return visible[0]


async def only_visible(server: Server, viewer: Viewer, ids: Sequence[int]) -> list[Status]:
    """Those of the ids that the viewer may see, in the order asked; a boost only if what it boosts is visible."""
    found = await load_statuses(server, ids)
    boosted = [status.reblog_of_id for status in found.values() if status.reblog_of_id]
    if boosted:
        found |= await load_statuses(server, boosted)
    relations = await relations_of(server, viewer.account_id)
    hidden = (await standings_of(server)).hidden
    closed = [status.id for status in found.values() if not status.visibility.is_open]
    mentioned = await _mentioning(server.db, viewer.account_id, closed)

    def is_visible(id: int | None) -> bool:
        status = found.get(id or 0)
        if status is None or status.account_id in hidden:
            return False
        return may_see(viewer.account_id, status, relations, is_mentioned=status.id in mentioned)

    return [
        found[id]
        for id in ids
        if is_visible(id) and (found[id].reblog_of_id is None or is_visible(found[id].reblog_of_id))
    ]


async def _mentioning(db: Reader, account_id: int, ids: list[int]) -> set[int]:
    if not ids or not account_id:
        return set()
    rows = await db.rows("SELECT status_id FROM mentions WHERE account_id = ? AND status_id = ANY(?)", account_id, ids)
    return {id for (id,) in rows}


async def load_mentioned(db: Reader, ids: Sequence[int]) -> dict[int, list[int]]:
    """Ids of the mentioned accounts by status."""
    mentioned: dict[int, list[int]] = {}
    if ids:
        rows = await db.rows("SELECT status_id, account_id FROM mentions WHERE status_id = ANY(?)", list(ids))
        for status_id, account_id in rows:
            mentioned.setdefault(status_id, []).append(account_id)
    return mentioned


async def load_client_names(server: Server, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(name, website) of the clients with which statuses were written."""
    kept = server.of(StatusMemory).client_names
    missing = sorted({id for id in ids if id not in kept})
    if missing:
        rows = await server.db.rows("SELECT id, name, website FROM oauth_clients WHERE id = ANY(?)", missing)
        for id, name, website in rows:
            kept.keep(id, (name, website))
    return kept


async def list_versions(db: Reader, status: Status) -> list[StatusVersion]:
    """Every version of a status, the first one first."""
    rows = await db.rows(
        "SELECT text, spoiler_text, is_sensitive, created_at, poll_options, media FROM status_edits "
        "WHERE status_id = ? ORDER BY revision",
        status.id,
    )
    earlier = [
        StatusVersion(text, spoiler, bool(sensitive), at, titles_in(titles), described_in(media))
        for text, spoiler, sensitive, at, titles, media in rows
    ]
    since = status.edited_at or status.created_at
    titles = await _poll_titles(db, status)
    media = await _described(db, status)
    return [*earlier, StatusVersion(status.text, status.spoiler_text, status.is_sensitive, since, titles, media)]


async def _poll_titles(db: Reader, status: Status) -> tuple[str, ...]:
    if not status.holds & Holds.POLL:
        return ()
    rows = await db.rows("SELECT title FROM poll_options WHERE status_id = ? ORDER BY position", status.id)
    return tuple(title for (title,) in rows)


async def _described(db: Reader, status: Status) -> tuple[tuple[int, str], ...]:
    """The files it carries now, each with its description."""
    shown = (await load_media(db, [status.id])).get(status.id, []) if status.holds & Holds.MEDIA else []
    return tuple((each.id, each.description) for each in shown)


def described_in(stored: str) -> tuple[tuple[int, str], ...]:
    """The same of an earlier version."""
    return tuple((id, words) for id, words in json.loads(stored))


async def count_posts_between(db: Reader, since: int, until: int) -> int:
    """Posts that people wrote here from one moment to another, boosts aside: ids hold the time."""
    return await db.value(
        "SELECT count(*) FROM statuses WHERE id >= ? AND id < ? AND reblog_of_id IS NULL AND uri IS NULL",
        first_id_at(since),
        first_id_at(until),
    )


async def count_statuses(db: Reader) -> int:
    """Posts written here, as the counters of the accounts say."""
    # The sum of whole numbers may come as a decimal one.
    return int(await db.value("SELECT coalesce(sum(statuses), 0) FROM account_stats") or 0)


def hashtags_of(status: Status) -> list[str]:
    """Identities of the hashtags in a status's text."""
    return hashtags_in(entities(status.text)) if "#" in status.text or "＃" in status.text else []
