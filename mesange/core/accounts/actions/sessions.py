"""Writes of sessions: signing in, switching account, signing out, ending access."""

from dataclasses import dataclass

from mesange.core.accounts.actions.standing import bring_back_accounts
from mesange.core.accounts.memory import AccountMemory
from mesange.core.accounts.model import SESSION_LIFE, Session, User, Viewer
from mesange.core.accounts.queries import find_account, find_user_by_email, list_own_accounts, may_act_as
from mesange.core.accounts.tables import sessions
from mesange.events.accounts import AccessRevoked
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, NotFound, Unauthorized
from mesange.kit.secrets import Passwords, new_secret, secret_hash
from mesange.kit.server import Server


class WrongPassword(Unauthorized):
    http_status = 401
    public_text = "The address or the password is not right."


class NotConfirmed(Forbidden):
    public_text = "Confirm your mail address first: we sent you a link."


class NotAccepted(Forbidden):
    public_text = "Your sign-up waits for the people who run this server. They will write to you."


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from; the address is shortened before it is kept."""

    address: str
    name: str

    @property
    def short_address(self) -> str:
        parts = self.address.split(".")
        return ".".join([*parts[:3], "0"]) if len(parts) == 4 else ":".join(self.address.split(":")[:4])


async def check_password(server: Server, email: str, password: str) -> User:
    """The login. Raises WrongPassword in the same time for a wrong address or password, NotConfirmed, NotAccepted."""
    user = await find_user_by_email(server.db, email)
    matches = await server.of(Passwords).matches(user.password_hash if user else "", password[:1000])
    if not user or not matches or user.disabled_at:
        raise WrongPassword()
    return checked_standing(user)


def checked_standing(user: User) -> User:
    """Raises NotConfirmed, NotAccepted for whoever may not come in yet, however they show who they are."""
    if user.confirmed_at is None:
        raise NotConfirmed()
    if user.awaits_since is not None:
        raise NotAccepted()
    return user


async def start_session(server: Server, user: User, browser: Browser) -> str:
    """Sign the user in with their first account that is not suspended, if there is one; the cookie's secret.

    Whose only accounts are withdrawn is back by signing in.
    """
    held = await list_own_accounts(server, user.id)
    if not held and await bring_back_accounts(server, user.id):
        held = await list_own_accounts(server, user.id)
    if not held:
        raise Forbidden("This login has no account.")
    secret = new_secret()
    now = server.clock.now()
    session = Session(
        id=server.ids.next(),
        token_hash=secret_hash(secret),
        user_id=user.id,
        account_id=next((each for each in held if not each.is_hidden), held[0]).id,
        created_at=now,
        seen_at=now,
        address=browser.short_address,
        browser=browser.name[:200],
        proven_at=now,
    )
    async with server.db.transaction() as tx:
        await tx.insert(sessions, session)
    return secret


async def switch_account(server: Server, viewer: Viewer, account_id: int) -> None:
    """Post as another of one's accounts in this browser. Raises NotFound for an account that is not one's own."""
    account = await find_account(server, account_id)
    if account is None or not await may_act_as(server.db, viewer.user_id, account):
        raise NotFound()
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET account_id = ? WHERE id = ?", account_id, viewer.session_id)
        tx.emit(AccessRevoked(user_id=viewer.user_id, session_ids=(viewer.session_id,)))


async def note_seen(server: Server, viewer: Viewer) -> None:
    """This browser is in use: it stays signed in, and the list of sessions says when it was last seen."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET seen_at = ? WHERE id = ?", server.clock.now(), viewer.session_id)


async def end_session(server: Server, viewer: Viewer, session_id: int) -> None:
    """Sign a browser of the viewer out. Raises NotFound for someone else's session."""
    async with server.db.transaction() as tx:
        ended = await tx.execute("DELETE FROM sessions WHERE id = ? AND user_id = ?", session_id, viewer.user_id)
        if not ended:
            raise NotFound()
        tx.emit(AccessRevoked(user_id=viewer.user_id, session_ids=(session_id,)))


async def end_all_access(tx: Transaction, user_id: int) -> None:
    """Every session and every token of a login ends, and with them every open stream."""
    await tx.execute("DELETE FROM sessions WHERE user_id = ?", user_id)
    await tx.execute("DELETE FROM access_tokens WHERE user_id = ?", user_id)
    tx.emit(AccessRevoked(user_id=user_id))


async def forget_old_sessions(server: Server) -> None:
    """Browsers not seen for sixty days are signed out."""
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM sessions WHERE seen_at < ?", server.clock.now() - SESSION_LIFE)
    server.of(AccountMemory).viewers.forget_all()
