"""Writes of logins: sign-up, confirmation, reset, the owner's first link."""

from dataclasses import replace
from typing import NamedTuple

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.actions.sessions import end_all_access
from mesange.core.accounts.model import (
    CONFIRMATION_LIFE,
    RESET_LIFE,
    Account,
    Purpose,
    User,
    UserRole,
    checked_password,
    checked_username,
)
from mesange.core.accounts.queries import find_mail_link, find_user, find_user_by_email, has_owner
from mesange.core.accounts.tables import users
from mesange.events.accounts import UserConfirmed
from mesange.kit.db import Duplicate, Transaction
from mesange.kit.errors import Forbidden, Gone, Invalid, NotFound
from mesange.kit.mail import email_address
from mesange.kit.secrets import Passwords, new_secret, secret_hash
from mesange.kit.server import Server

OWNER_LINK = "owner_link"


class SignUp(NamedTuple):
    username: str
    email: str
    password: str
    locale: str = "en"


class EmailTaken(Duplicate):
    http_status = 422
    code = "ERR_TAKEN"
    public_text = "This mail address has an account already."
    field = "email"


class WornLink(NotFound):
    public_text = "This link is not good any more. Ask for a new one."


class ClosedHere(Forbidden):
    public_text = "Sign-up is closed on this server."


async def sign_up(server: Server, given: SignUp) -> tuple[User, Account]:
    """A login and its first account, which may post once the mail address is confirmed.

    Raises ClosedHere, Invalid, NameTaken, EmailTaken.
    """
    if server.settings.registrations == "closed":
        raise ClosedHere()
    user = await _new_user(server, given, UserRole.USER)
    async with server.db.transaction() as tx:
        account = await _insert(server, tx, user, given.username)
        await _send_link(server, tx, user, Purpose.CONFIRM)
    return user, account


async def create_user(
    server: Server, given: SignUp, role: UserRole = UserRole.USER, *, is_confirmed: bool = True
) -> tuple[User, Account]:
    """A login made by staff: any name, sign-up open or closed."""
    user = await _new_user(server, given, role)
    if is_confirmed:
        user = replace(user, confirmed_at=user.created_at)
    async with server.db.transaction() as tx:
        account = await _insert(server, tx, user, given.username, by_staff=True)
        if not is_confirmed:
            await _send_link(server, tx, user, Purpose.CONFIRM)
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
    user = await _new_user(server, given, UserRole.OWNER)
    user = replace(user, confirmed_at=user.created_at)
    async with server.db.transaction() as tx:
        used = await tx.execute("DELETE FROM facts WHERE name = ? AND value = ?", OWNER_LINK, secret_hash(secret).hex())
        if not used:
            raise Gone("This link was used already.")
        account = await _insert(server, tx, user, given.username, by_staff=True)
    return user, account


async def confirm_email(server: Server, token: str) -> User:
    """Raises NotFound when the link is unknown, used or too old."""
    async with server.db.transaction() as tx:
        user_id = await _use_link(tx, token, Purpose.CONFIRM, server.clock.now())
        if user_id is None:
            raise NotFound("This link is not good any more. Sign in to get a new one.")
        await tx.execute(
            "UPDATE users SET confirmed_at = ? WHERE id = ? AND confirmed_at IS NULL", server.clock.now(), user_id
        )
        tx.emit(UserConfirmed(user_id=user_id))
    user = await find_user(server.db, user_id)
    if user is None:
        raise NotFound()
    return user


async def send_confirmation(server: Server, user: User) -> None:
    """Send the confirmation link once more; nothing for who is confirmed."""
    if user.confirmed_at is None:
        async with server.db.transaction() as tx:
            await tx.execute("DELETE FROM mail_links WHERE user_id = ? AND purpose = ?", user.id, Purpose.CONFIRM.value)
            await _send_link(server, tx, user, Purpose.CONFIRM)


async def ask_for_reset(server: Server, email: str) -> None:
    """Send a reset link if the address is known; the caller cannot tell."""
    user = await find_user_by_email(server.db, email)
    if user and not user.disabled_at:
        async with server.db.transaction() as tx:
            await tx.execute("DELETE FROM mail_links WHERE user_id = ? AND purpose = ?", user.id, Purpose.RESET.value)
            await _send_link(server, tx, user, Purpose.RESET)


async def reset_password(server: Server, token: str, password: str) -> None:
    """Set a new password by a link; every session and token of the login ends. Raises NotFound, Invalid."""
    if await find_mail_link(server.db, token, Purpose.RESET, server.clock.now()) is None:
        raise WornLink()
    password_hash = await server.of(Passwords).hash(checked_password(password))
    async with server.db.transaction() as tx:
        user_id = await _use_link(tx, token, Purpose.RESET, server.clock.now())
        if user_id is None:
            raise WornLink()
        await _write_password(tx, user_id, password_hash)


async def set_password(server: Server, user_id: int, password: str) -> None:
    password_hash = await server.of(Passwords).hash(checked_password(password))
    async with server.db.transaction() as tx:
        await _write_password(tx, user_id, password_hash)


async def _write_password(tx: Transaction, user_id: int, password_hash: str) -> None:
    await tx.execute("UPDATE users SET password_hash = ? WHERE id = ?", password_hash, user_id)
    await tx.execute("DELETE FROM mail_links WHERE user_id = ? AND purpose = ?", user_id, Purpose.RESET.value)
    await end_all_access(tx, user_id)


async def _use_link(tx: Transaction, token: str, purpose: Purpose, now: int) -> int | None:
    """The user of a link that was still good and is used up now."""
    return await tx.value(
        "DELETE FROM mail_links WHERE token_hash = ? AND purpose = ? AND expires_at > ? RETURNING user_id",
        secret_hash(token),
        purpose.value,
        now,
    )


async def set_locale(server: Server, user_id: int, locale: str) -> None:
    """Remember the language of the pages for this login."""
    if locale not in ("fr", "en"):
        raise Invalid("This language is not spoken here.", field="locale")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET locale = ? WHERE id = ?", locale, user_id)


async def _new_user(server: Server, given: SignUp, role: UserRole) -> User:
    """Everything is checked before the slow hash is made."""
    checked_username(given.username, by_staff=role is not UserRole.USER)
    return User(
        id=server.ids.next(),
        email=email_address(given.email).lower(),
        password_hash=await server.of(Passwords).hash(checked_password(given.password)),
        role=role,
        locale=given.locale if given.locale in ("fr", "en") else "en",
        created_at=server.clock.now(),
    )


async def _insert(server: Server, tx: Transaction, user: User, username: str, *, by_staff: bool = False) -> Account:
    try:
        await tx.insert(users, user)
    except Duplicate:
        raise EmailTaken() from None
    return await create_account(server, tx, username, user_id=user.id, by_staff=by_staff)


async def _send_link(server: Server, tx: Transaction, user: User, purpose: Purpose) -> None:
    secret = new_secret()
    life = CONFIRMATION_LIFE if purpose is Purpose.CONFIRM else RESET_LIFE
    await tx.execute(
        "INSERT INTO mail_links (token_hash, user_id, purpose, expires_at) VALUES (?, ?, ?, ?)",
        secret_hash(secret),
        user.id,
        purpose.value,
        server.clock.now() + life,
    )
    subject, body = LETTERS[user.locale, purpose]
    link = f"{server.settings.public_origin}/{purpose.value}/{secret}"
    await server.mail.queue(tx, user.email, subject.format(title=server.settings.title), body.format(link=link))


LETTERS = {
    ("en", Purpose.CONFIRM): (
        "Confirm your address for {title}",
        "Welcome!\n\nOpen this link to confirm your address:\n{link}\n\nIt is good for seven days. "
        "If you did not sign up, do nothing.\n",
    ),
    ("fr", Purpose.CONFIRM): (
        "Confirmez votre adresse pour {title}",
        "Bienvenue !\n\nOuvrez ce lien pour confirmer votre adresse :\n{link}\n\nIl est valable sept jours. "
        "Si vous ne vous êtes pas inscrit, ne faites rien.\n",
    ),
    ("en", Purpose.RESET): (
        "A new password for {title}",
        "Open this link to choose a new password:\n{link}\n\nIt is good for one hour. "
        "If you did not ask for it, do nothing.\n",
    ),
    ("fr", Purpose.RESET): (
        "Un nouveau mot de passe pour {title}",
        "Ouvrez ce lien pour choisir un nouveau mot de passe :\n{link}\n\nIl est valable une heure. "
        "Si vous ne l’avez pas demandé, ne faites rien.\n",
    ),
}
