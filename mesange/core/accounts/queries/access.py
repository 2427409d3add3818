"""Who acts with a token or a session; clients and their codes."""

from dataclasses import replace

from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import (
    AccessToken,
    Account,
    AuthorizationCode,
    Hindrance,
    OAuthClient,
    User,
    UserRole,
    Viewer,
)
from mesange.core.accounts.queries.accounts import find_account
from mesange.core.accounts.queries.logins import find_user, list_own_accounts, may_act_as
from mesange.core.accounts.queries.second_factors import has_second_factor
from mesange.core.accounts.tables import (
    access_tokens,
    authorization_codes,
    oauth_clients,
    sessions,
)
from mesange.core.teams.model import Role
from mesange.core.teams.queries import find_role, list_memberships, load_organizations
from mesange.kit.db import Reader
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server


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
    role, hindrance, account = UserRole.USER, None, None
    if access.user_id is not None:
        user = await find_user(server.db, access.user_id)
        account = await find_account(server, access.account_id or 0)
        if not user or user.disabled_at or not account or account.suspended_at or account.deleted_at:
            return None
        if not await may_act_as(server.db, user.id, account):
            return None
        role, hindrance = _role_of(user, account), await _hindrance(server, user)
    return Viewer(
        account_id=access.account_id or 0,
        user_id=access.user_id or 0,
        role=role,
        token_id=access.id,
        client_id=access.client_id,
        scopes=frozenset(access.scopes.split()),
        is_unlimited=access.is_unlimited or (account is not None and account.limits_lifted_at is not None),
        hindrance=hindrance,
        is_frozen=account is not None and account.frozen_at is not None,
        lacks_factor=account is not None and await lacks_factor(server.db, access.user_id or 0, account),
    )


async def lacks_factor(db: Reader, user_id: int, account: Account) -> bool:
    """Whether the account's organization asks the user's role there for a second factor, and they have none."""
    if account.organization_id is None:
        return False
    role = await find_role(db, user_id, account.organization_id, account.id, account.brand_id)
    return role is not None and await role_lacks_factor(db, user_id, account.organization_id, role)


async def role_lacks_factor(db: Reader, user_id: int, organization_id: int, role: Role) -> bool:
    """The same of a role that is known."""
    organization = (await load_organizations(db, [organization_id])).get(organization_id)
    needs = organization is not None and organization.needs_factor(role)
    return needs and not await has_second_factor(db, user_id)


def _role_of(user: User, account: Account) -> UserRole:
    """Behind a pseudonym nobody is staff: an act of staff would say whose pseudonym it is."""
    return UserRole.USER if account.is_pseudonym else user.role


async def _hindrance(server: Server, user: User) -> Hindrance | None:
    if user.confirmed_at is None:
        return Hindrance.UNCONFIRMED
    if user.awaits_since is not None:
        return Hindrance.AWAITING
    if user.role.value in server.settings.second_factor_for and not await has_second_factor(server.db, user.id):
        return Hindrance.UNSECURED
    return None


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
    return Viewer(
        account_id=account.id,
        user_id=user.id,
        role=_role_of(user, account),
        session_id=session.id,
        is_unlimited=account.limits_lifted_at is not None,
        hindrance=await _hindrance(server, user),
        is_frozen=account.frozen_at is not None,
        is_suspended=account.suspended_at is not None,
        has_keys=user.has_keys,
        is_member=not account.is_pseudonym and bool(await list_memberships(server.db, user.id)),
        lacks_factor=await lacks_factor(server.db, user.id, account),
    )


async def list_own_viewers(server: Server, viewer: Viewer) -> dict[int, Viewer]:
    """The same login as each of the accounts that it may act as now, by account id; none that is suspended."""
    user = await find_user(server.db, viewer.user_id)
    held = await list_own_accounts(server, viewer.user_id) if user else []
    return {
        account.id: viewer
        if account.id == viewer.account_id
        else replace(
            viewer,
            account_id=account.id,
            role=_role_of(user, account),
            is_unlimited=account.limits_lifted_at is not None,
            is_frozen=account.frozen_at is not None,
            lacks_factor=await lacks_factor(server.db, user.id, account),
        )
        for account in held
        if user and account.suspended_at is None
    }


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
