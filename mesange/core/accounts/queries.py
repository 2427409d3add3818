"""Reads of accounts, logins and access."""

from collections.abc import Iterable

from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import (
    AccessToken,
    Account,
    AccountStats,
    AuthorizationCode,
    OAuthClient,
    Purpose,
    Session,
    User,
    UserRole,
    Viewer,
)
from mesange.core.accounts.tables import (
    access_tokens,
    accounts,
    authorization_codes,
    oauth_clients,
    sessions,
    users,
)
from mesange.core.teams.queries import find_role
from mesange.kit.db import Reader
from mesange.kit.errors import Gone, NotFound
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server


async def load_accounts(server: Server, ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id, from memory or in one query; hidden ones too."""
    memory = server.of(AccountMemory)
    found = {id: account for id in ids if (account := memory.accounts.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.accounts.forgotten
        for row in await server.db.rows(f"SELECT {accounts.columns} FROM accounts WHERE id = ANY(?)", missing):
            account = accounts.load(row)
            memory.accounts.keep(account.id, account, since)
            found[account.id] = account
    return found


async def find_account(server: Server, account_id: int) -> Account | None:
    kept = server.of(AccountMemory).accounts.get(account_id)
    return kept or (await load_accounts(server, [account_id])).get(account_id)


async def get_account(server: Server, account_id: int) -> Account:
    """An account that may be shown. Raises NotFound, Gone."""
    account = await find_account(server, account_id)
    return _shown(account)


async def get_account_by_acct(server: Server, acct: str) -> Account:
    """By `name` or `name@host`, ours included. Raises NotFound, Gone."""
    return _shown(await find_account_by_acct(server, acct))


async def find_account_by_acct(server: Server, acct: str) -> Account | None:
    name, _, host = acct.strip().removeprefix("@").removeprefix("acct:").partition("@")
    domain = "" if host.lower() == server.settings.domain.lower() else host.lower()
    row = await server.db.row(
        f"SELECT {accounts.columns} FROM accounts WHERE lower(username) = ? AND domain = ?", name.lower(), domain
    )
    return accounts.load(row) if row else None


async def find_ids_by_name(db: Reader, names: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Ids of (lower-case name, domain or "") pairs, in one query."""
    if not names:
        return {}
    rows = await db.rows(
        "SELECT lower(username), domain, id FROM accounts WHERE lower(username) = ANY(?) "
        "AND suspended_at IS NULL AND deleted_at IS NULL",
        sorted({name for name, _ in names}),
    )
    found = {(name, domain): id for name, domain, id in rows}
    return {pair: found[pair] for pair in names if pair in found}


async def load_account_stats(server: Server, ids: Iterable[int]) -> dict[int, AccountStats]:
    memory = server.of(AccountMemory)
    found = {id: stats for id in ids if (stats := memory.stats.get(id))}
    missing = [id for id in ids if id not in found]
    if missing:
        since = memory.stats.forgotten
        rows = await server.db.rows(
            "SELECT account_id, statuses, followers, following, last_status_at FROM account_stats "
            "WHERE account_id = ANY(?)",
            missing,
        )
        counted = {id: AccountStats(*counts) for id, *counts in rows}
        for id in missing:
            found[id] = counted.get(id, AccountStats())
            memory.stats.keep(id, found[id], since)
    return found


async def list_own_accounts(server: Server, user_id: int) -> list[Account]:
    """Every account that the user may act as, oldest first: their own and those of their organizations."""
    rows = await server.db.rows(
        f"SELECT {accounts.columns} FROM accounts WHERE deleted_at IS NULL AND (user_id = ? OR organization_id IN "
        "(SELECT organization_id FROM memberships WHERE user_id = ?)) ORDER BY id",
        user_id,
        user_id,
    )
    held = [accounts.load(row) for row in rows]
    return [account for account in held if await may_act_as(server.db, user_id, account)]


async def may_act_as(db: Reader, user_id: int, account: Account) -> bool:
    if account.user_id == user_id:
        return True
    if account.organization_id is None:
        return False
    role = await find_role(db, user_id, account.organization_id, account.id, account.brand_id)
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


async def viewer_by_token(server: Server, token: str) -> Viewer | None:
    """Who acts with this access token; None when it is unknown, revoked or its login disabled."""
    memory = server.of(AccountMemory)
    viewer = memory.viewers.get(token)
    if viewer is None:
        since = memory.viewers.forgotten
        viewer = await _read_viewer_by_token(server, token)
        if viewer:
            memory.viewers.keep(token, viewer, since)
    return viewer


async def _read_viewer_by_token(server: Server, token: str) -> Viewer | None:
    row = await server.db.row(
        f"SELECT {access_tokens.columns} FROM access_tokens WHERE token_hash = ?", secret_hash(token)
    )
    if row is None:
        return None
    access = access_tokens.load(row)
    role = UserRole.USER
    if access.user_id is not None:
        user = await find_user(server.db, access.user_id)
        account = await find_account(server, access.account_id or 0)
        if not user or user.disabled_at or not account or not await may_act_as(server.db, user.id, account):
            return None
        role = user.role
    return Viewer(
        account_id=access.account_id or 0,
        user_id=access.user_id or 0,
        role=role,
        token_id=access.id,
        client_id=access.client_id,
        scopes=frozenset(access.scopes.split()),
        is_unlimited=access.is_unlimited,
    )


async def viewer_by_session(server: Server, token: str) -> Viewer | None:
    """Who is signed in with this session cookie."""
    memory = server.of(AccountMemory)
    viewer = memory.viewers.get(token)
    if viewer is None:
        since = memory.viewers.forgotten
        viewer = await _read_viewer_by_session(server, token)
        if viewer:
            memory.viewers.keep(token, viewer, since)
    return viewer


async def _read_viewer_by_session(server: Server, token: str) -> Viewer | None:
    row = await server.db.row(f"SELECT {sessions.columns} FROM sessions WHERE token_hash = ?", secret_hash(token))
    if row is None:
        return None
    session = sessions.load(row)
    user = await find_user(server.db, session.user_id)
    account = await find_account(server, session.account_id)
    if not user or user.disabled_at or not account or not await may_act_as(server.db, user.id, account):
        return None
    return Viewer(account_id=account.id, user_id=user.id, role=user.role, session_id=session.id)


async def list_sessions(db: Reader, user_id: int) -> list[Session]:
    rows = await db.rows(
        f"SELECT {sessions.columns} FROM sessions WHERE user_id = ? ORDER BY seen_at DESC LIMIT 100", user_id
    )
    return [sessions.load(row) for row in rows]


async def list_granted_clients(db: Reader, user_id: int) -> list[tuple[AccessToken, OAuthClient]]:
    """Clients to which this user gave access, newest first."""
    rows = await db.rows(
        f"SELECT {access_tokens.columns_of('t')}, {oauth_clients.columns_of('c')} FROM access_tokens t "
        "JOIN oauth_clients c ON c.id = t.client_id WHERE t.user_id = ? ORDER BY t.id DESC LIMIT 100",
        user_id,
    )
    width = len(access_tokens.fields)
    return [(access_tokens.load(row[:width]), oauth_clients.load(row[width:])) for row in rows]


async def find_client(db: Reader, client_id: str) -> OAuthClient | None:
    row = await db.row(f"SELECT {oauth_clients.columns} FROM oauth_clients WHERE client_id = ?", client_id)
    return oauth_clients.load(row) if row else None


async def find_client_by_row(db: Reader, row_id: int) -> OAuthClient | None:
    row = await db.row(f"SELECT {oauth_clients.columns} FROM oauth_clients WHERE id = ?", row_id)
    return oauth_clients.load(row) if row else None


async def find_client_by_name(db: Reader, name: str) -> OAuthClient | None:
    """The oldest client of that name."""
    row = await db.row(f"SELECT {oauth_clients.columns} FROM oauth_clients WHERE name = ? ORDER BY id LIMIT 1", name)
    return oauth_clients.load(row) if row else None


async def find_code(db: Reader, code: str) -> AuthorizationCode | None:
    row = await db.row(
        f"SELECT {authorization_codes.columns} FROM authorization_codes WHERE code_hash = ?", secret_hash(code)
    )
    return authorization_codes.load(row) if row else None


async def read_markers(db: Reader, account_id: int, timelines: list[str]) -> list[tuple[str, int, int, int]]:
    """(timeline, last read id, version, time of change) of the asked timelines."""
    return await db.rows(  # type: ignore[return-value]
        "SELECT timeline, last_read_id, version, updated_at FROM markers WHERE account_id = ? AND timeline = ANY(?)",
        account_id,
        timelines,
    )


async def count_people(db: Reader, active_since: int) -> tuple[int, int]:
    """Local accounts, and how many of them wrote since then."""
    total = await db.value("SELECT count(*) FROM accounts WHERE domain = '' AND deleted_at IS NULL")
    active = await db.value("SELECT count(*) FROM account_stats WHERE last_status_at > ?", active_since)
    return total or 0, active or 0


def _shown(account: Account | None) -> Account:
    if account is None:
        raise NotFound()
    if account.is_hidden:
        raise Gone()
    return account
