"""Accounts by their names."""

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_account_by_acct, load_accounts
from mesange.core.follows.queries import relations_of
from mesange.core.search.model import beginning
from mesange.kit.db import Value
from mesange.kit.server import Server
from mesange.kit.text.words import words_of

MOST_WORDS = 5
LOOKED_AT = 200


async def search_accounts(
    server: Server, viewer: Viewer, text: str, *, limit: int, offset: int = 0, only_followed: bool = False
) -> list[int]:
    """Ids of accounts: the one of exactly this handle, then those followed, then those followed by most."""
    relations = await relations_of(server, viewer.account_id)
    exact = await find_account_by_acct(server, handle_in(server, text))
    rows = await _named(server, words_of(handle_in(server, text))[:MOST_WORDS], sorted(relations.following))
    hidden = relations.blocking | relations.blocked_by
    ids = [exact.id] if exact else []
    ids += [id for id in rows if id not in ids and id not in hidden]
    if only_followed:
        ids = [id for id in ids if id in relations.following]
    accounts = await load_accounts(server, ids)
    return [id for id in ids if id in accounts and not accounts[id].is_hidden][offset : offset + limit]


def handle_in(server: Server, text: str) -> str:
    """The handle in the address of a profile here, or what was asked for as it is."""
    wanted = text.strip()
    return wanted.removeprefix(f"{server.settings.public_origin}/@").removeprefix("@")


async def _named(server: Server, words: list[str], followed: list[int]) -> list[int]:
    """Every word is the beginning of one of the names. Those followed are looked for first, so that none is missed."""
    if not words:
        return []
    conditions: list[str] = []
    values: list[Value] = []
    for word in words:
        conditions.append("SELECT account_id FROM search_names WHERE word >= ? AND word < ?")
        values += beginning(word)
    named = " INTERSECT ".join(conditions)
    sql = (
        f"SELECT n.account_id FROM ({named}) n LEFT JOIN account_stats s ON s.account_id = n.account_id{{which}} "
        "ORDER BY coalesce(s.followers, 0) DESC, n.account_id LIMIT ?"
    )
    first = await server.db.slow_rows(
        sql.format(which=" WHERE n.account_id = ANY(?)"), *values, followed, LOOKED_AT
    ) if followed else []  # fmt: skip
    rest = await server.db.slow_rows(sql.format(which=""), *values, LOOKED_AT)
    return list(dict.fromkeys(id for (id,) in (*first, *rest)))
