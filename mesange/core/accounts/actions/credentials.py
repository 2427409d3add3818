"""Writes of what one signs in with, by the person themselves: password, mail address, recent proof."""

from mesange.core.accounts.actions.letters import send_letter, send_link
from mesange.core.accounts.actions.second_factors import check_code
from mesange.core.accounts.actions.sessions import WrongPassword
from mesange.core.accounts.actions.users import EmailTaken, WornLink, use_link
from mesange.core.accounts.model import Purpose, User, Viewer
from mesange.core.accounts.model.second_factors import PROOF_LIFE
from mesange.core.accounts.queries import find_second_factor, find_user, find_user_by_email
from mesange.kit.db import Duplicate
from mesange.kit.errors import NotFound
from mesange.kit.mail import email_address
from mesange.kit.secrets import Passwords
from mesange.kit.server import Server


async def is_proven(server: Server, viewer: Viewer) -> bool:
    """Whether the person showed within the last quarter of an hour, in this browser, that it is them."""
    proven_at = await server.db.value("SELECT proven_at FROM sessions WHERE id = ?", viewer.session_id)
    return proven_at is not None and proven_at > server.clock.now() - PROOF_LIFE


async def prove_by_password(server: Server, viewer: Viewer, password: str, code: str) -> None:
    """The password, and a code where codes are asked. Raises WrongPassword, WrongCode."""
    user = await find_user(server.db, viewer.user_id)
    if user is None:
        raise NotFound()
    if not await server.of(Passwords).matches(user.password_hash, password[:1000]):
        raise WrongPassword("The password is not right.")
    if await find_second_factor(server.db, user.id):
        await check_code(server, user, code)
    await note_proof(server, viewer)


async def note_proof(server: Server, viewer: Viewer) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET proven_at = ? WHERE id = ?", server.clock.now(), viewer.session_id)


async def ask_for_new_email(server: Server, user: User, email: str) -> None:
    """Send a link to the new address; until it is opened nothing changes. Raises Invalid, EmailTaken."""
    address = email_address(email).lower()
    if await find_user_by_email(server.db, address):
        raise EmailTaken()
    async with server.db.transaction() as tx:
        await send_link(server, tx, user, Purpose.CHANGE, address)


async def confirm_new_email(server: Server, token: str) -> None:
    """The new address is theirs; the old one hears of it. Raises WornLink, EmailTaken."""
    try:
        async with server.db.transaction() as tx:
            used = await use_link(tx, token, Purpose.CHANGE, server.clock.now())
            if used is None:
                raise WornLink()
            user = await find_user(tx, used.user_id)
            if user is None:
                raise WornLink()
            await send_letter(server, tx, user, "new-email")
            await tx.execute("UPDATE users SET email = ? WHERE id = ?", used.email, user.id)
    except Duplicate:
        raise EmailTaken() from None
