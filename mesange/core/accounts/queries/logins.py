"""Logins and the accounts they may act as."""

from mesange.core.accounts.model import (
    Account,
    Purpose,
    Session,
    User,
)
from mesange.core.accounts.tables import (
    accounts,
    sessions,
    users,
)
from mesange.core.teams.model import Membership, strongest
from mesange.core.teams.queries import list_memberships
from mesange.kit.db import Reader
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server


async def list_own_accounts(server: Server, user_id: int) -> list[Account]:
    """Every account that the user may act as: their own and those of their organizations, oldest first, and after them
    pseudonyms, so that nobody writes under one unawares."""
    rows = await server.db.rows(
        f"SELECT {accounts.columns} FROM accounts WHERE deleted_at IS NULL AND (user_id = ? OR organization_id IN "
        "(SELECT organization_id FROM memberships WHERE user_id = ?)) ORDER BY is_pseudonym, id",
        user_id,
        user_id,
    )
    held = [accounts.load(row) for row in rows]
    is_alone = all(account.user_id == user_id for account in held)
    memberships = [] if is_alone else await list_memberships(server.db, user_id)
    return [account for account in held if _acts(user_id, account, memberships)]


async def may_act_as(db: Reader, user_id: int, account: Account) -> bool:
    is_own = account.user_id == user_id or account.organization_id is None
    return _acts(user_id, account, [] if is_own else await list_memberships(db, user_id))


def _acts(user_id: int, account: Account, memberships: list[Membership]) -> bool:
    if account.user_id == user_id:
        return True
    held = [each for each in memberships if each.organization_id == account.organization_id]
    role = strongest(held, account.id, account.brand_id)
    return role is not None and role.may_act


async def find_user(db: Reader, user_id: int) -> User | None:
    row = await db.row(f"SELECT {users.columns} FROM users WHERE id = ?", user_id)
    return users.load(row) if row else None


async def find_user_by_email(db: Reader, email: str) -> User | None:
    row = await db.row(f"SELECT {users.columns} FROM users WHERE email = ?", email.strip().lower())
    return users.load(row) if row else None


async def has_owner(db: Reader) -> bool:
    return await db.value("SELECT 1 FROM users WHERE role = 'owner' LIMIT 1") is not None


async def find_mail_link(db: Reader, token: str, purpose: Purpose, now: int) -> int | None:
    """The user for whom a link sent by mail is still good."""
    return await db.value(
        "SELECT user_id FROM mail_links WHERE token_hash = ? AND purpose = ? AND expires_at > ?",
        secret_hash(token),
        purpose.value,
        now,
    )


async def list_sessions(db: Reader, user_id: int) -> list[Session]:
    rows = await db.rows(
        f"SELECT {sessions.columns} FROM sessions WHERE user_id = ? ORDER BY seen_at DESC LIMIT 100", user_id
    )
    return [sessions.load(row) for row in rows]
