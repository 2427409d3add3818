"""Reads of follows, blocks and mutes."""

from mesange.core.follows.memory import FollowMemory
from mesange.core.follows.model import Relations, Relationship
from mesange.core.follows.tables import follow_requests, follows, mutes
from mesange.kit.db import Reader, Row
from mesange.kit.paging import Page
from mesange.kit.server import Server

NO_RELATIONS = Relations()


async def relations_of(server: Server, account_id: int) -> Relations:
    """What decides the sight of an account; of a visitor, nothing does."""
    if account_id == 0:
        return NO_RELATIONS
    memory = server.of(FollowMemory)
    relations = memory.relations.get(account_id)
    if relations is None:
        since = memory.relations.forgotten
        relations = await _read_relations(server.db, account_id, server.clock.now())
        memory.relations.keep(account_id, relations, since)
    return relations


async def _read_relations(db: Reader, account_id: int, now: int) -> Relations:
    following = await db.rows(
        "SELECT target_id, shows_reblogs, languages FROM follows WHERE account_id = ?", account_id
    )
    blocking = await db.rows("SELECT target_id FROM blocks WHERE account_id = ?", account_id)
    blocked_by = await db.rows("SELECT account_id FROM blocks WHERE target_id = ?", account_id)
    muted = await db.rows(
        "SELECT target_id, expires_at, hides_notifications FROM mutes WHERE account_id = ? "
        "AND (expires_at IS NULL OR expires_at > ?)",
        account_id,
        now,
    )
    elsewhere = await db.rows(
        "SELECT a.id FROM account_domain_blocks d JOIN accounts a ON a.domain = d.domain AND a.domain <> '' "
        "WHERE d.account_id = ?",
        account_id,
    )
    return Relations(
        following={target: bool(shows) for target, shows, _ in following},
        blocking=frozenset(target for (target,) in blocking),
        blocked_by=frozenset(account for (account,) in blocked_by),
        muted={target: ends for target, ends, _ in muted},
        unheard=frozenset(target for target, _, hides_notifications in muted if hides_notifications),
        languages={target: frozenset(languages.split()) for target, _, languages in following if languages},
        elsewhere=frozenset(id for (id,) in elsewhere),
    )


async def followers_of(server: Server, account_id: int) -> list[tuple[int, int]]:
    """(follower, shows boosts) of an author, for the fan-out."""
    memory = server.of(FollowMemory)
    followers = memory.followers.get(account_id)
    if followers is None:
        since = memory.followers.forgotten
        rows = await server.db.rows("SELECT account_id, shows_reblogs FROM follows WHERE target_id = ?", account_id)
        followers = [(follower, shows) for follower, shows in rows]
        memory.followers.keep(account_id, followers, since)
    return followers


async def list_notified_followers(server: Server, account_id: int) -> list[int]:
    """Followers who asked to be told of each post."""
    memory = server.of(FollowMemory)
    notified = memory.notified.get(account_id)
    if notified is None:
        since = memory.notified.forgotten
        rows = await server.db.rows("SELECT account_id FROM follows WHERE target_id = ? AND notifies = 1", account_id)
        notified = [follower for (follower,) in rows]
        memory.notified.keep(account_id, notified, since)
    return notified


async def list_relationships(db: Reader, viewer_id: int, target_ids: list[int], now: int) -> list[Relationship]:
    """The viewer's relationship to each account, in the order asked, in a fixed number of queries."""
    mine = (viewer_id, target_ids)
    followed = {
        follow.target_id: follow for follow in map(follows.load, await _pairs(db, follows.columns, "follows", *mine))
    }
    requested = {
        request.target_id: request
        for request in map(follow_requests.load, await _pairs(db, follow_requests.columns, "follow_requests", *mine))
    }
    muted = {mute.target_id: mute for mute in map(mutes.load, await _pairs(db, mutes.columns, "mutes", *mine))}
    blocking = {row[0] for row in await _pairs(db, "target_id", "blocks", *mine)}
    notes = dict[int, str](await _pairs(db, "target_id, comment", "account_notes", *mine))  # type: ignore[arg-type]
    away = {
        id
        for (id,) in await db.rows(
            "SELECT a.id FROM accounts a JOIN account_domain_blocks d ON d.domain = a.domain "
            "WHERE a.id = ANY(?) AND d.account_id = ?",
            target_ids,
            viewer_id,
        )
    }
    followed_by = await _reverse(db, "follows", *mine)
    requested_by = await _reverse(db, "follow_requests", *mine)
    blocked_by = await _reverse(db, "blocks", *mine)
    return [
        Relationship(
            target_id=target,
            following=followed.get(target),
            requested=requested.get(target),
            followed_by=target in followed_by,
            requested_by=target in requested_by,
            blocking=target in blocking,
            blocked_by=target in blocked_by,
            mute=mute if (mute := muted.get(target)) and (mute.expires_at is None or mute.expires_at > now) else None,
            note=notes.get(target, ""),
            is_domain_hidden=target in away,
        )
        for target in target_ids
    ]


async def _pairs(db: Reader, columns: str, table: str, viewer_id: int, target_ids: list[int]) -> list[Row]:
    return await db.rows(
        f"SELECT {columns} FROM {table} WHERE account_id = ? AND target_id = ANY(?)", viewer_id, target_ids
    )


async def _reverse(db: Reader, table: str, viewer_id: int, target_ids: list[int]) -> set[int]:
    rows = await db.rows(
        f"SELECT account_id FROM {table} WHERE target_id = ? AND account_id = ANY(?)", viewer_id, target_ids
    )
    return {account for (account,) in rows}


async def list_followers(db: Reader, account_id: int, page: Page) -> list[tuple[int, int]]:
    """(row id, follower) pairs, newest first; page by the row id."""
    return await _listed(db, "follows", "account_id", "target_id", account_id, page)


async def list_following(db: Reader, account_id: int, page: Page) -> list[tuple[int, int]]:
    return await _listed(db, "follows", "target_id", "account_id", account_id, page)


async def list_follow_requests(db: Reader, account_id: int, page: Page) -> list[tuple[int, int]]:
    return await _listed(db, "follow_requests", "account_id", "target_id", account_id, page)


async def list_blocked(db: Reader, account_id: int, page: Page) -> list[tuple[int, int]]:
    return await _listed(db, "blocks", "target_id", "account_id", account_id, page)


async def list_muted(db: Reader, account_id: int, page: Page) -> list[tuple[int, int]]:
    return await _listed(db, "mutes", "target_id", "account_id", account_id, page)


async def list_hidden_domains(db: Reader, account_id: int, page: Page) -> list[tuple[int, str]]:
    """(row id, server) of those that one hides, newest first; page by the row id."""
    rows = await db.rows(
        "SELECT id, domain FROM account_domain_blocks WHERE account_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        account_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, domain) for id, domain in rows])


async def _listed(db: Reader, table: str, shown: str, key: str, account_id: int, page: Page) -> list[tuple[int, int]]:
    rows = await db.rows(
        f"SELECT id, {shown} FROM {table} WHERE {key} = ? AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        account_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([(id, shown_id) for id, shown_id in rows])
