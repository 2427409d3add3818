"""Publishing: a draft becomes a status, through the gate, in one transaction."""

from dataclasses import dataclass, replace

from mesange.core.accounts.model import Account, Viewer, acting_account
from mesange.core.accounts.queries import find_ids_by_name, get_account
from mesange.core.statuses.actions.gate import pass_gate
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import (
    Composition,
    Draft,
    Status,
    checked_visibility,
    composed,
)
from mesange.core.statuses.queries import hold_status, visible_status
from mesange.core.statuses.tables import statuses
from mesange.events.statuses import StatusPublished
from mesange.kit.clock import HOUR
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server

KEY_LIFE = HOUR
MOST_KEY = 200


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that one publishing transaction writes."""

    status: Status
    hashtags: list[str]
    mentioned_ids: list[int]
    key: str


async def publish_status(server: Server, viewer: Viewer, draft: Draft, key: str = "") -> Status:
    """Publish, once: the same `key` (Idempotency-Key) within an hour gives the same status, also in a race.

    Raises Invalid, NotFound (what it answers), Forbidden, Frozen, NeedsApproval, Unavailable.
    """
    account = await get_account(server, acting_account(viewer))
    composition = composed(draft.text, draft.spoiler_text)
    status = await _prepared(server, viewer, account, draft, composition)
    mentioned = list(dict.fromkeys((await find_mentioned(server, composition.mentions)).values()))
    publication = Publication(status, composition.hashtags, mentioned, key[:MOST_KEY])
    memory = server.of(StatusMemory)
    try:
        async with server.db.transaction() as tx:
            if key and (earlier := await _claim_key(server, tx, publication)):
                return await _published_before(tx, earlier)
            await pass_gate(server, tx, viewer, account.id, composition.signs)
            await _write(server, tx, publication)
            tx.emit(_published(publication))
            memory.keep_new(status)  # Before anyone hears of it: what they do then is not overwritten.
    except BaseException:
        memory.forget_new(status.id)
        raise
    return status


def _published(publication: Publication) -> StatusPublished:
    status = publication.status
    return StatusPublished(
        status_id=status.id,
        account_id=status.account_id,
        visibility=status.visibility.value,
        in_reply_to_id=status.in_reply_to_id,
        in_reply_to_account_id=status.in_reply_to_account_id,
        mentioned_ids=tuple(publication.mentioned_ids),
    )


async def _prepared(server: Server, viewer: Viewer, account: Account, draft: Draft, composition: Composition) -> Status:
    status = Status(
        id=server.ids.next(),
        account_id=account.id,
        text=composition.text,
        spoiler_text=composition.spoiler_text,
        is_sensitive=_sensitive(account, draft),
        language=(draft.language or account.default_language)[:10],
        visibility=checked_visibility(draft.visibility, account.default_visibility),
        client_id=viewer.client_id or None,
    )
    if draft.in_reply_to_id is None:
        return status
    answered = await visible_status(server, viewer, draft.in_reply_to_id)
    if answered.reblog_of_id:
        answered = await visible_status(server, viewer, answered.reblog_of_id)
    return replace(
        status,
        in_reply_to_id=answered.id,
        in_reply_to_account_id=answered.account_id,
        thread_id=answered.root_id,
    )


def _sensitive(account: Account, draft: Draft) -> bool:
    if draft.is_sensitive is None:
        return account.default_sensitive or bool(draft.spoiler_text)
    return draft.is_sensitive or bool(draft.spoiler_text)


async def find_mentioned(server: Server, mentions: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Account ids of those who exist, by the pairs of `mentions`; `@name@here` is `@name`."""
    if not mentions:
        return {}
    ours = server.settings.domain.lower()
    local = {(name, domain): (name, "" if domain == ours else domain) for name, domain in mentions}
    found = await find_ids_by_name(server.db, list(dict.fromkeys(local.values())))
    return {pair: found[local[pair]] for pair in mentions if local[pair] in found}


async def _claim_key(server: Server, tx: Transaction, publication: Publication) -> int | None:
    """The id of the status that this key made before, or None when the key is ours now."""
    status = publication.status
    is_ours = await tx.execute(
        "INSERT INTO idempotency_keys (account_id, key, status_id, created_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        status.account_id,
        publication.key,
        status.id,
        server.clock.now(),
    )
    if is_ours:
        return None
    return await tx.value(
        "SELECT status_id FROM idempotency_keys WHERE account_id = ? AND key = ?", status.account_id, publication.key
    )


async def _published_before(tx: Transaction, status_id: int) -> Status:
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ?", status_id)
    if row is None:
        raise NotFound("The post that this key made was deleted.")
    return statuses.load(row)


async def _write(server: Server, tx: Transaction, publication: Publication) -> None:
    status = publication.status
    if status.in_reply_to_id:
        await hold_status(tx, status.in_reply_to_id)
        await count(tx, status.in_reply_to_id, "replies", 1)
    await tx.insert(statuses, status)
    for account_id in publication.mentioned_ids:
        await tx.execute("INSERT INTO mentions (status_id, account_id) VALUES (?, ?)", status.id, account_id)
    if status.visibility == "public":
        await write_hashtags(server, tx, status.id, publication.hashtags)
    await tx.execute(
        "INSERT INTO account_stats (account_id, statuses, last_status_at) VALUES (?, 1, ?) ON CONFLICT (account_id) "
        "DO UPDATE SET statuses = account_stats.statuses + 1, last_status_at = excluded.last_status_at",
        status.account_id,
        status.created_at,
    )


async def write_hashtags(server: Server, tx: Transaction, status_id: int, names: list[str]) -> None:
    """Only public statuses stand in hashtag timelines, so only they are written here."""
    for name in sorted(names):  # In one order, so that two writers of new hashtags never wait for each other.
        hashtag_id = await tx.value("SELECT id FROM hashtags WHERE name = ?", name)
        if hashtag_id is None:
            hashtag_id = await tx.value(
                "INSERT INTO hashtags (id, name) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
                server.ids.next(),
                name,
            )
        await tx.execute(
            "INSERT INTO status_hashtags (hashtag_id, status_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            hashtag_id,
            status_id,
        )


async def count(tx: Transaction, status_id: int, column: str, change: int) -> None:
    """Move a counter of a status: replies, reblogs or favourites. Nothing counts down what is gone."""
    if change < 0:
        await tx.execute(f"UPDATE status_stats SET {column} = {column} + ? WHERE status_id = ?", change, status_id)
        return
    await tx.execute(
        f"INSERT INTO status_stats (status_id, {column}) VALUES (?, ?) ON CONFLICT (status_id) "
        f"DO UPDATE SET {column} = status_stats.{column} + excluded.{column}",
        status_id,
        change,
    )


async def forget_old_keys(server: Server) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM idempotency_keys WHERE created_at < ?", server.clock.now() - KEY_LIFE)
