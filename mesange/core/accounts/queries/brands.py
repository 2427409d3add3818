"""The accounts of an organization, and how its members are named: never by a pseudonym."""

from collections.abc import Iterable
from dataclasses import dataclass

from mesange.core.accounts.model import Account
from mesange.core.accounts.tables import accounts
from mesange.kit.db import Reader


async def list_organization_accounts(db: Reader, organization_id: int) -> list[Account]:
    """All of them, oldest first, the closed ones too: the caller has asked for the right to see them."""
    rows = await db.rows(
        f"SELECT {accounts.columns} FROM accounts WHERE organization_id = ? AND domain = '' ORDER BY id",
        organization_id,
    )
    return [accounts.load(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A login as its colleagues see it: by its first account under its own name; the mail address is for admins."""

    user_id: int
    username: str
    email: str


async def load_colleagues(db: Reader, user_ids: Iterable[int]) -> dict[int, Colleague]:
    ids = sorted(set(user_ids))
    if not ids:
        return {}
    rows = await db.rows(
        "SELECT user_id, min(id) FROM accounts WHERE user_id = ANY(?) AND is_pseudonym = 0 AND deleted_at IS NULL "
        "GROUP BY user_id",
        ids,
    )
    first = dict(rows)
    names = dict(await db.rows("SELECT id, username FROM accounts WHERE id = ANY(?)", sorted(first.values())))
    found = await db.rows("SELECT id, email FROM users WHERE id = ANY(?)", ids)
    return {id: Colleague(id, names.get(first.get(id, 0), ""), email) for id, email in found}
