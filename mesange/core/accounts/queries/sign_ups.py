"""Newcomers who wait, invitations, and the people who decide."""

from collections.abc import Sequence

from mesange.core.accounts.model import Account, User, UserRole
from mesange.core.accounts.model.sign_ups import Invitation
from mesange.core.accounts.tables import accounts, invitations, users
from mesange.kit.db import Reader, Row
from mesange.kit.paging import Page


async def find_invitation(db: Reader, code: str) -> Invitation | None:
    """By its code, also when it is not good any more; those of a disabled login are gone."""
    row = await db.row(
        f"SELECT {invitations.columns_of('i')} FROM invitations i LEFT JOIN users u ON u.id = i.user_id "
        "WHERE i.code = ? AND u.disabled_at IS NULL",
        code.strip().lower()[:100],
    )
    return invitations.load(row) if row else None


async def list_invitations(db: Reader, user_id: int, now: int) -> list[Invitation]:
    """Those of a login that are still good, newest first."""
    rows = await db.rows(
        f"SELECT {invitations.columns} FROM invitations WHERE user_id = ? AND uses < most_uses "
        "AND expires_at > ? ORDER BY id DESC LIMIT 100",
        user_id,
        now,
    )
    return [invitations.load(row) for row in rows]


async def count_good_invitations(db: Reader, user_id: int, now: int) -> int:
    return len(await list_invitations(db, user_id, now))


async def find_waiting_user(db: Reader, user_id: int) -> User | None:
    row = await db.row(
        f"SELECT {users.columns} FROM users WHERE id = ? AND awaits_since IS NOT NULL FOR UPDATE", user_id
    )
    return users.load(row) if row else None


async def find_waiting_user_by_name(db: Reader, username: str) -> User | None:
    row = await db.row(
        f"SELECT {users.columns_of('u')} FROM users u JOIN accounts a ON a.user_id = u.id "
        "WHERE lower(a.username) = ? AND a.domain = '' AND u.awaits_since IS NOT NULL",
        username.lower(),
    )
    return users.load(row) if row else None


async def count_waiting(db: Reader) -> int:
    """Newcomers about whom staff has to decide."""
    return await db.value("SELECT count(*) FROM users WHERE awaits_since IS NOT NULL AND confirmed_at IS NOT NULL")


async def list_waiting(db: Reader, page: Page) -> list[tuple[User, Account]]:
    """Newcomers whose mail address is confirmed and about whom staff has to decide, with their account."""
    rows = await db.rows(
        f"SELECT {users.columns_of('u')}, {accounts.columns_of('a')} FROM users u JOIN accounts a ON a.user_id = u.id "
        "WHERE u.awaits_since IS NOT NULL AND u.confirmed_at IS NOT NULL AND u.id < ? AND u.id > ? "
        f"ORDER BY u.id {page.order} LIMIT ?",
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([_with_account(row) for row in rows])


async def load_waiting(db: Reader, user_ids: Sequence[int]) -> list[tuple[User, Account]]:
    """Those of these newcomers who still wait."""
    if not user_ids:
        return []
    rows = await db.rows(
        f"SELECT {users.columns_of('u')}, {accounts.columns_of('a')} FROM users u JOIN accounts a ON a.user_id = u.id "
        "WHERE u.id = ANY(?) AND u.awaits_since IS NOT NULL ORDER BY u.id DESC",
        list(user_ids),
    )
    return [_with_account(row) for row in rows]


def _with_account(row: Row) -> tuple[User, Account]:
    width = len(users.fields)
    return users.load(row[:width]), accounts.load(row[width:])


async def list_staff(db: Reader) -> list[User]:
    """Who may decide about newcomers."""
    roles = [role.value for role in UserRole if role is not UserRole.USER]
    rows = await db.rows(
        f"SELECT {users.columns} FROM users WHERE role = ANY(?) AND disabled_at IS NULL ORDER BY id LIMIT 100", roles
    )
    return [users.load(row) for row in rows]


async def list_staff_accounts(db: Reader, *, who_hear_sign_ups: bool = False) -> list[int]:
    """The account of each member of the staff: their first one, never a pseudonym."""
    rows = await db.rows(
        "SELECT min(a.id) FROM accounts a JOIN users u ON u.id = a.user_id WHERE u.role = ANY(?) "
        "AND u.disabled_at IS NULL AND u.hears_sign_ups >= ? AND a.is_pseudonym = 0 AND a.deleted_at IS NULL "
        "GROUP BY u.id ORDER BY u.id LIMIT 100",
        [role.value for role in UserRole if role is not UserRole.USER],
        int(who_hear_sign_ups),
    )
    return [id for (id,) in rows]


async def name_is_taken(db: Reader, username: str) -> bool:
    """Also by an account that was deleted: its name is given to nobody again."""
    return bool(
        await db.value("SELECT 1 FROM accounts WHERE lower(username) = ? AND domain = ''", username.strip().lower())
    )
