"""Writes of logins: those that staff makes, confirmation, reset, the owner's first link."""

from dataclasses import replace
from typing import NamedTuple

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.actions.letters import send_letter, send_link
from mesange.core.accounts.actions.sessions import end_all_access
from mesange.core.accounts.model import (
    AWAY_HOURS,
    UNDO_SECONDS,
    Account,
    Purpose,
    User,
    UserRole,
    Viewer,
    checked_password,
    checked_username,
)
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import find_mail_link, find_user, find_user_by_email, has_owner
from mesange.core.accounts.tables import users
from mesange.events.accounts import AccessRevoked, AccountUpdated, UserConfirmed
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Gone, Invalid, NotFound
from mesange.kit.mail import email_address
from mesange.kit.secrets import Passwords, new_secret, secret_hash
from mesange.kit.server import Server
from mesange.kit.zones import zone_of

OWNER_LINK = "owner_link"


class EmailTaken(Duplicate):
    http_status = 422
    code = "ERR_TAKEN"
    public_text = "This mail address has an account already."
    field = "email"


class WornLink(NotFound):
    public_text = "This link is not good any more. Ask for a new one."


async def create_user(
    server: Server, given: SignUp, role: UserRole = UserRole.USER, *, is_confirmed: bool = True
) -> tuple[User, Account]:
    """A login made by staff: any name, sign-up open or closed."""
    user = await new_user(server, given, role)
    if is_confirmed:
        user = replace(user, confirmed_at=user.created_at)
    async with server.db.transaction() as tx:
        account = await insert_login(server, tx, user, given.username, by_staff=True)
        if not is_confirmed:
            await send_link(server, tx, user, Purpose.CONFIRM)
    return user, account


async def offer_owner_link(server: Server) -> str | None:
    """The secret of a new one-time link that makes the owner; None once there is one. Earlier links end."""
    if await has_owner(server.db):
        return None
    secret = new_secret()
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            OWNER_LINK,
            secret_hash(secret).hex(),
        )
    return secret


async def check_owner_link(server: Server, secret: str) -> None:
    """Raises NotFound when this link is not, or no longer, good."""
    kept = await server.db.value("SELECT value FROM facts WHERE name = ?", OWNER_LINK)
    if kept != secret_hash(secret).hex():
        raise NotFound("This link is not good any more. Start the server again to get a new one.")


async def create_owner(server: Server, secret: str, given: SignUp) -> tuple[User, Account]:
    """The first person of the server, who may do everything. Raises NotFound for a wrong or used link."""
    await check_owner_link(server, secret)
    user = await new_user(server, given, UserRole.OWNER)
    user = replace(user, confirmed_at=user.created_at)
    async with server.db.transaction() as tx:
        used = await tx.execute("DELETE FROM facts WHERE name = ? AND value = ?", OWNER_LINK, secret_hash(secret).hex())
        if not used:
            raise Gone("This link was used already.")
        account = await insert_login(server, tx, user, given.username, by_staff=True)
    return user, account


async def confirm_email(server: Server, token: str) -> User:
    """The person holds the address: their account is shown, unless staff has yet to decide.

    Raises NotFound when the link is unknown, used or too old.
    """
    async with server.db.transaction() as tx:
        used = await use_link(tx, token, Purpose.CONFIRM, server.clock.now())
        if used is None:
            raise NotFound("This link is not good any more. Sign in to get a new one.")
        user_id = used.user_id
        await tx.execute(
            "UPDATE users SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL", server.clock.now(), user_id
        )
        if not await tx.value("SELECT 1 FROM users WHERE id = ? AND awaits_since IS NOT NULL", user_id):
            await show_accounts(tx, user_id)
        tx.emit(UserConfirmed(user_id=user_id))
    user = await find_user(server.db, user_id)
    if user is None:
        raise NotFound()
    return user


async def show_accounts(tx: Transaction, user_id: int) -> None:
    """Nothing keeps the accounts of this login from being seen any more."""
    for (account_id,) in await tx.rows("SELECT id FROM accounts WHERE user_id = ? AND is_pending = 1", user_id):
        await tx.execute("UPDATE accounts SET is_pending = 0 WHERE id = ?", account_id)
        tx.emit(AccountUpdated(account_id=account_id))


async def send_confirmation(server: Server, user: User) -> None:
    """Send the confirmation link once more; nothing for who is confirmed."""
    if user.confirmed_at is None:
        async with server.db.transaction() as tx:
            await send_link(server, tx, user, Purpose.CONFIRM)


async def new_address(server: Server, user: User, email: str) -> User:
    """Another address for whoever has not confirmed the first one. Raises Invalid, EmailTaken."""
    changed = replace(user, email=email_address(email).lower())
    try:
        async with server.db.transaction() as tx:
            await tx.execute(
                "UPDATE users SET email = ? WHERE id = ? AND confirmed_at IS NULL", changed.email, changed.id
            )
    except Duplicate:
        raise EmailTaken() from None
    return changed


async def ask_for_reset(server: Server, email: str) -> None:
    """Send a reset link if the address is known; the caller cannot tell."""
    user = await find_user_by_email(server.db, email)
    if user and not user.disabled_at:
        async with server.db.transaction() as tx:
            await send_link(server, tx, user, Purpose.RESET)


async def reset_password(server: Server, token: str, password: str) -> None:
    """Set a new password by a link; every session and token of the login ends. Raises NotFound, Invalid."""
    if await find_mail_link(server.db, token, Purpose.RESET, server.clock.now()) is None:
        raise WornLink()
    password_hash = await server.of(Passwords).hash(checked_password(password))
    async with server.db.transaction() as tx:
        used = await use_link(tx, token, Purpose.RESET, server.clock.now())
        if used is None:
            raise WornLink()
        await _write_password(server, tx, used.user_id, password_hash)


async def set_password(server: Server, user_id: int, password: str) -> None:
    password_hash = await server.of(Passwords).hash(checked_password(password))
    async with server.db.transaction() as tx:
        await _write_password(server, tx, user_id, password_hash)


async def _write_password(server: Server, tx: Transaction, user_id: int, password_hash: str) -> None:
    await tx.execute("UPDATE users SET password_hash = ? WHERE id = ?", password_hash, user_id)
    await tx.execute("DELETE FROM mail_links WHERE user_id = ? AND purpose = ?", user_id, Purpose.RESET.value)
    await end_all_access(tx, user_id)
    if user := await find_user(tx, user_id):
        await send_letter(server, tx, user, "new-password")


class UsedLink(NamedTuple):
    """Whose link it was, and the new address that it confirms, if it is for one."""

    user_id: int
    email: str


async def use_link(tx: Transaction, token: str, purpose: Purpose, now: int) -> UsedLink | None:
    """A link that was still good and is used up now."""
    row = await tx.row(
        "DELETE FROM mail_links WHERE token_hash = ? AND purpose = ? AND expires_at > ? RETURNING user_id, email",
        secret_hash(token),
        purpose.value,
        now,
    )
    return UsedLink(*row) if row else None


async def set_locale(server: Server, user_id: int, locale: str) -> None:
    """Remember the language of the pages for this login."""
    if locale not in ("fr", "en"):
        raise Invalid("This language is not spoken here.", field="locale")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET locale = ? WHERE id = ?", locale, user_id)


async def set_time_zone(server: Server, user_id: int, name: str) -> None:
    """The zone in which this login reads and plans hours: an IANA name, or "" for the server's. Raises Invalid."""
    if name and zone_of(name) is None:
        raise Invalid("There is no time zone of this name.", field="time_zone")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET time_zone = ? WHERE id = ?", name, user_id)


async def hear_sign_ups(server: Server, user_id: int, *, wants: bool) -> None:
    """Whether a member of the staff gets a notification of each newcomer."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET hears_sign_ups = ? WHERE id = ?", int(wants), user_id)


async def set_undo_seconds(server: Server, user_id: int, seconds: int) -> None:
    """How long this login's posts wait before they leave, one of `UNDO_SECONDS`. Raises Invalid."""
    if seconds not in UNDO_SECONDS:
        raise Invalid("Choose one of the times offered.", field="undo_seconds")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET undo_seconds = ? WHERE id = ?", seconds, user_id)


async def set_away_hours(server: Server, user_id: int, hours: int) -> None:
    """After how long an absence a mail tells of what was written, one of `AWAY_HOURS`; 0 never. Raises Invalid."""
    if hours not in AWAY_HOURS:
        raise Invalid("Choose one of the times offered.", field="away_hours")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET away_hours = ? WHERE id = ?", hours, user_id)


async def use_keys(server: Server, viewer: Viewer, *, has_keys: bool) -> None:
    """Whether single letters do something on the pages of the viewer's login."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET has_keys = ? WHERE id = ?", int(has_keys), viewer.user_id)
        tx.emit(AccessRevoked(user_id=viewer.user_id, session_ids=(viewer.session_id,)))


async def new_user(server: Server, given: SignUp, role: UserRole) -> User:
    """Everything is checked before the slow hash is made."""
    checked_username(given.username)
    return User(
        id=server.ids.next(),
        email=email_address(given.email).lower(),
        password_hash=await server.of(Passwords).hash(checked_password(given.password)),
        role=role,
        locale=given.locale if given.locale in ("fr", "en") else "en",
        created_at=server.clock.now(),
        undo_seconds=server.settings.undo_seconds,
    )


async def insert_login(
    server: Server, tx: Transaction, user: User, username: str, *, by_staff: bool = False, is_pending: bool = False
) -> Account:
    """Write a login with its first account. Raises EmailTaken, NameTaken."""
    try:
        await tx.insert(users, user)
    except Duplicate:
        raise EmailTaken() from None
    return await create_account(server, tx, username, user_id=user.id, by_staff=by_staff, is_pending=is_pending)
