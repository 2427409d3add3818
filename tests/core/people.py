"""People of a test, made without the slow hash of a password."""

from dataclasses import replace

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.model import Account, User, UserRole, Viewer
from mesange.core.accounts.tables import accounts, users
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.kit.server import Server


async def new_user(server: Server, email: str) -> User:
    """A confirmed login that nobody can sign in with."""
    now = server.clock.now()
    user = User(server.ids.next(), email, "", UserRole.USER, "en", now, confirmed_at=now)
    async with server.db.transaction() as tx:
        await tx.insert(users, user)
    return user


async def new_viewer(server: Server, name: str, *, is_locked: bool = False) -> Viewer:
    """Someone with a login and an account of that name."""
    user = await new_user(server, f"{name}@example.org")
    async with server.db.transaction() as tx:
        account = await create_account(server, tx, name, user_id=user.id)
        await tx.update(accounts, replace(account, is_locked=is_locked))
    return Viewer(account_id=account.id, user_id=user.id)


async def organization_account(server: Server, name: str, organization_id: int) -> Account:
    async with server.db.transaction() as tx:
        return await create_account(server, tx, name, organization_id=organization_id)


async def post(
    server: Server, viewer: Viewer, text: str, visibility: str | None = None, to: Status | int | None = None
) -> Status:
    """Publish; `to` is what it answers."""
    answered = to.id if isinstance(to, Status) else to
    return await publish_status(server, viewer, Draft(text, visibility=visibility, in_reply_to_id=answered))
