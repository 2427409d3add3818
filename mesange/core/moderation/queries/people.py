"""Accounts as the staff looks for them, and the people behind an account."""

from mesange.core.accounts.model import Account, User
from mesange.core.accounts.tables import accounts, users
from mesange.kit.db import Reader, Value
from mesange.kit.paging import Page
from mesange.kit.text import fold

CONDITIONS = {
    "": "1 = 1",
    "local": "domain = ''",
    "remote": "domain <> ''",
    "limited": "limited_at IS NOT NULL",
    "frozen": "frozen_at IS NOT NULL",
    "suspended": "suspended_at IS NOT NULL",
    "waiting": "is_pseudonym = 0 AND user_id IN (SELECT id FROM users WHERE awaits_since IS NOT NULL)",
    "staff": "is_pseudonym = 0 AND user_id IN (SELECT id FROM users WHERE role <> 'user')",
}


async def list_people_behind(db: Reader, account_id: int) -> list[User]:
    """Logins to which moderation writes about an account: its own, or the owners of its organization."""
    rows = await db.rows(
        f"SELECT {users.columns_of('u')} FROM users u WHERE u.id = (SELECT user_id FROM accounts WHERE id = ?) "
        "OR u.id IN (SELECT m.user_id FROM memberships m JOIN accounts a ON a.organization_id = m.organization_id "
        "WHERE a.id = ? AND m.role = 'owner') ORDER BY u.id LIMIT 20",
        account_id,
        account_id,
    )
    return [users.load(row) for row in rows]


async def search_accounts(db: Reader, wanted: str, state: str, page: Page) -> list[Account]:
    """Newest first: by the beginning of a name, by `name@host`, or by the whole mail address of a login.

    A pseudonym is found by its name alone: not even staff learns whose it is.
    """
    where, values = [CONDITIONS.get(state, "1 = 1"), "id < ?", "id > ?"], list[Value]([page.below, page.above])
    wanted = wanted.strip().removeprefix("@")
    name, _, host = wanted.partition("@")
    if name:
        found = "(lower(username) >= ? AND lower(username) < ?" + (" AND domain = ?)" if host else ")")
        where.append(f"({found} OR (user_id IN (SELECT id FROM users WHERE email = ?) AND is_pseudonym = 0))")
        first = fold(name)
        values += [first, f"{first}\U0010ffff", *([host.lower()] if host else []), wanted.lower()]
    rows = await db.rows(
        f"SELECT {accounts.columns} FROM accounts WHERE {' AND '.join(where)} ORDER BY id {page.order} LIMIT ?",
        *values,
        page.limit,
    )
    return page.newest_first([accounts.load(row) for row in rows])
