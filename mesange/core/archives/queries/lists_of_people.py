"""The CSV files, as bytes, a page of rows at a time."""

from collections.abc import AsyncGenerator, Callable, Mapping
from typing import TypeAlias

from mesange.core.accounts.queries import load_accounts
from mesange.core.archives.model import FORMS, Kind, line_of
from mesange.core.archives.queries.pages import pages_of
from mesange.core.filters.model import FilterContext
from mesange.core.statuses.queries import load_statuses
from mesange.kit.clock import iso
from mesange.kit.server import Server

Pieces: TypeAlias = AsyncGenerator[bytes]
Csv: TypeAlias = Callable[[Server, int], Pieces]
"""The file of an account, by its id."""


async def following_csv(server: Server, account_id: int) -> Pieces:
    yield line_of(FORMS[Kind.FOLLOWING].columns)
    sql = "SELECT id, target_id, shows_reblogs, notifies, languages FROM follows WHERE account_id = ?"
    async for rows in pages_of(server.db, sql, account_id):
        named = await _addresses(server, [target for _, target, *_ in rows])
        yield b"".join(
            line_of([named[target], _yes(boosts), _yes(notifies), ", ".join(languages.split())])
            for _, target, boosts, notifies, languages in rows
            if target in named
        )


async def followers_csv(server: Server, account_id: int) -> Pieces:
    yield line_of(["Account address"])
    async for rows in pages_of(server.db, "SELECT id, account_id FROM follows WHERE target_id = ?", account_id):
        named = await _addresses(server, [follower for _, follower in rows])
        yield b"".join(line_of([address]) for address in named.values())


async def blocking_csv(server: Server, account_id: int) -> Pieces:
    yield line_of(FORMS[Kind.BLOCKING].columns)
    async for rows in pages_of(server.db, "SELECT id, target_id FROM blocks WHERE account_id = ?", account_id):
        named = await _addresses(server, [target for _, target in rows])
        yield b"".join(line_of([address]) for address in named.values())


async def muting_csv(server: Server, account_id: int) -> Pieces:
    yield line_of(FORMS[Kind.MUTING].columns)
    sql = "SELECT id, target_id, hides_notifications FROM mutes WHERE account_id = ?"
    async for rows in pages_of(server.db, sql, account_id):
        named = await _addresses(server, [target for _, target, _ in rows])
        yield b"".join(line_of([named[target], _yes(hides)]) for _, target, hides in rows if target in named)


async def lists_csv(server: Server, account_id: int) -> Pieces:
    """Who stands on which list; Mastodon writes no head here."""
    sql = (
        "SELECT m.id, l.title, m.target_id FROM list_members m JOIN account_lists l ON l.id = m.list_id "
        "WHERE l.account_id = ?"
    )
    async for rows in pages_of(server.db, sql, account_id):
        named = await _addresses(server, [target for _, _, target in rows])
        yield b"".join(line_of([title, named[target]]) for _, title, target in rows if target in named)


async def bookmarks_csv(server: Server, account_id: int) -> Pieces:
    async for uris in marked_uris(server, "bookmarks", account_id):
        yield b"".join(line_of([uri]) for uri in uris)


async def domains_csv(server: Server, account_id: int) -> Pieces:
    """Mastodon writes no head here."""
    sql = "SELECT id, domain FROM account_domain_blocks WHERE account_id = ?"
    async for rows in pages_of(server.db, sql, account_id):
        yield b"".join(line_of([domain]) for _, domain in rows)


async def filters_csv(server: Server, account_id: int) -> Pieces:
    yield line_of(FORMS[Kind.FILTERS].columns)
    sql = (
        "SELECT k.id, f.title, k.keyword, k.is_whole_word, f.action, f.contexts, f.expires_at "
        "FROM filter_keywords k JOIN filters f ON f.id = k.filter_id WHERE f.account_id = ?"
    )
    async for rows in pages_of(server.db, sql, account_id):
        yield b"".join(
            line_of(
                [title, word, _yes(whole), action, ", ".join(FilterContext(contexts).names), iso(ends) if ends else ""]
            )
            for _, title, word, whole, action, contexts, ends in rows
        )


async def marked_uris(server: Server, table: str, account_id: int) -> AsyncGenerator[list[str]]:
    """Addresses of the posts in one's `bookmarks` or `favourites`, a page at a time."""
    async for rows in pages_of(server.db, f"SELECT id, status_id FROM {table} WHERE account_id = ?", account_id):
        yield list((await uris_of(server, [status_id for _, status_id in rows])).values())


async def uris_of(server: Server, ids: list[int]) -> dict[int, str]:
    """The identity of each post that is still there."""
    found = await load_statuses(server, ids)
    authors = await load_accounts(server, {each.account_id for each in found.values()})
    origin = server.settings.public_origin
    return {
        id: found[id].uri or f"{origin}/users/{authors[found[id].account_id].username}/statuses/{id}"
        for id in ids
        if id in found and found[id].account_id in authors
    }


async def _addresses(server: Server, ids: list[int]) -> dict[int, str]:
    """`name@host` by id, ours included."""
    accounts = await load_accounts(server, ids)
    return {
        id: f"{accounts[id].username}@{accounts[id].domain or server.settings.domain}" for id in ids if id in accounts
    }


def _yes(value: object) -> str:
    return "true" if value else "false"


CSV_FILES: Mapping[str, Csv] = {
    "following_accounts.csv": following_csv,
    "followers.csv": followers_csv,
    "blocked_accounts.csv": blocking_csv,
    "muted_accounts.csv": muting_csv,
    "lists.csv": lists_csv,
    "bookmarks.csv": bookmarks_csv,
    "blocked_domains.csv": domains_csv,
    "filters.csv": filters_csv,
}
