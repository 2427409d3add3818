"""Newcomers: signing up, being accepted or refused by staff."""

from dataclasses import replace

from mesange.core.accounts.actions.accounts import NameTaken
from mesange.core.accounts.actions.letters import send_letter, send_link
from mesange.core.accounts.actions.users import EmailTaken, insert_login, new_user, show_accounts
from mesange.core.accounts.model import Account, Purpose, User, UserRole, checked_password, checked_username
from mesange.core.accounts.model.sign_ups import (
    MOST_REASON,
    Invitation,
    SignUp,
    SignUpRefused,
    check_age,
    checked_reason,
)
from mesange.core.accounts.queries import (
    check_handle,
    find_invitation,
    find_user_by_email,
    find_waiting_user,
    list_staff,
    name_is_taken,
)
from mesange.events.accounts import AccessRevoked, SignUpAccepted, SignUpAwaited, SignUpTurnedDown
from mesange.kit.clock import DAY, moment
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.mail import email_address
from mesange.kit.secrets import secret_hash
from mesange.kit.server import Server

STAMP_LIFE = 2 * DAY


class ClosedHere(Forbidden):
    public_text = "Sign-up is closed on this server."


class InvitationNeeded(ClosedHere):
    public_text = "One comes in by invitation here: open the link that somebody sent you."


class WornStamp(Invalid):
    public_text = "This form was sent already. Look in your mail, or fill in this one."


async def sign_up(server: Server, given: SignUp, *, is_proven: bool = True, stamp: str = "") -> tuple[User, Account]:
    """A login and its first account, shown to nobody until the mail address is confirmed and, where that is asked,
    staff accepts. Without a proof that a person's browser sent it, staff looks at it first. `stamp` is the form's; each
    is good once.

    Raises ClosedHere, InvitationNeeded, WornStamp, Invalid, NameTaken, EmailTaken; SignUpRefused for several at once.
    """
    settings = server.settings
    if settings.registrations == "closed":
        raise ClosedHere()
    invitation = await _invitation(server, given.invitation)
    if settings.registrations == "invitation" and invitation is None:
        raise InvitationNeeded()
    awaits = invitation is None and (settings.registrations == "approval" or not is_proven)
    await _check(server, given, asks_reason=settings.registrations == "approval" and invitation is None)
    user = await new_user(server, given, UserRole.USER)
    user = replace(
        user,
        awaits_since=user.created_at if awaits else None,
        reason=given.reason.strip()[:MOST_REASON] if awaits else "",
        invitation_id=invitation.id if invitation else None,
    )
    async with server.db.transaction() as tx:
        if stamp:
            await _spend(tx, stamp, server.clock.now())
        if invitation:
            await _use(tx, invitation, server.clock.now())
        account = await insert_login(server, tx, user, given.username, is_pending=True)
        await send_link(server, tx, user, Purpose.CONFIRM)
        if awaits:
            tx.emit(SignUpAwaited(user_id=user.id, account_id=account.id))
    return user, account


async def _invitation(server: Server, code: str) -> Invitation | None:
    """Raises Invalid for a code that does not, or no longer, let in."""
    if not code:
        return None
    found = await find_invitation(server.db, code)
    if found is None or not found.is_good(server.clock.now()):
        raise Invalid("This invitation is not good any more. Ask for a new one.", field="invitation")
    return found


async def _use(tx: Transaction, invitation: Invitation, now: int) -> None:
    used = await tx.execute(
        "UPDATE invitations SET uses = uses + 1 WHERE id = ? AND (most_uses IS NULL OR uses < most_uses) "
        "AND (expires_at IS NULL OR expires_at > ?)",
        invitation.id,
        now,
    )
    if not used:
        raise Invalid("This invitation is not good any more. Ask for a new one.", field="invitation")


async def _spend(tx: Transaction, stamp: str, now: int) -> None:
    await tx.execute("DELETE FROM spent_stamps WHERE expires_at < ?", now)
    if not await tx.execute(
        "INSERT INTO spent_stamps (stamp_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        secret_hash(stamp),
        now + STAMP_LIFE,
    ):
        raise WornStamp()


async def _check(server: Server, given: SignUp, *, asks_reason: bool) -> None:
    """Everything is looked at, so that the person hears of all that is wrong at once."""
    problems: list[MesangeError] = []
    for check in (_check_username, _check_email, _check_password, _check_birth, *([_check_reason] * asks_reason)):
        try:
            await check(server, given)
        except (Invalid, Conflict) as problem:
            problems.append(problem)
    if problems:
        raise problems[0] if len(problems) == 1 else SignUpRefused(problems)


async def _check_username(server: Server, given: SignUp) -> None:
    username = checked_username(given.username)
    await check_handle(server.db, username)
    if await name_is_taken(server.db, username):
        raise NameTaken()


async def _check_email(server: Server, given: SignUp) -> None:
    address = email_address(given.email).lower()
    domain = address.rpartition("@")[2]
    if any(domain == refused or domain.endswith(f".{refused}") for refused in server.settings.refused_mail_domains):
        raise Invalid("Addresses of this mail service are not taken here.", field="email", code="ERR_BLOCKED")
    if await find_user_by_email(server.db, address):
        raise EmailTaken()


async def _check_password(server: Server, given: SignUp) -> None:
    checked_password(given.password)


async def _check_reason(server: Server, given: SignUp) -> None:
    checked_reason(given.reason)


async def _check_birth(server: Server, given: SignUp) -> None:
    if server.settings.min_age:
        check_age(given.birth_date, server.settings.min_age, moment(server.clock.now()).date())


async def call_staff(server: Server, user: User) -> None:
    """Tell staff that a confirmed newcomer waits, unless another one waits already: then they know."""
    waiting = await server.db.value(
        "SELECT count(*) FROM users WHERE awaits_since IS NOT NULL AND confirmed_at IS NOT NULL AND id <> ?", user.id
    )
    if user.awaits_since is None or waiting:
        return
    async with server.db.transaction() as tx:
        for each in await list_staff(tx):
            await send_letter(server, tx, each, "waiting")


async def accept_sign_up(server: Server, tx: Transaction, user_id: int) -> None:
    """Let a newcomer in, and write to them. Raises NotFound when nobody waits by this id."""
    user = await _waiting(tx, user_id)
    await tx.execute("UPDATE users SET awaits_since = NULL, reason = '' WHERE id = ?", user_id)
    if user.confirmed_at is not None:
        await show_accounts(tx, user_id)
    tx.emit(SignUpAccepted(user_id=user_id))
    await send_letter(server, tx, user, "accepted")


async def refuse_sign_up(server: Server, tx: Transaction, user_id: int, why: str = "") -> None:
    """Delete what a newcomer gave, and write to them once. Their name may be taken again: it was never shown."""
    user = await _waiting(tx, user_id)
    for table in ("access_tokens", "mail_links", "accounts"):
        await tx.execute(f"DELETE FROM {table} WHERE user_id = ?", user_id)
    await tx.execute("DELETE FROM users WHERE id = ?", user_id)
    tx.emit(SignUpTurnedDown(user_id=user_id))
    tx.emit(AccessRevoked(user_id=user_id))
    await send_letter(server, tx, user, "refused", why=f"\n{why}\n" if why else "")


async def _waiting(tx: Transaction, user_id: int) -> User:
    user = await find_waiting_user(tx, user_id)
    if user is None:
        raise NotFound("Nobody waits by this name: somebody else has decided already.")
    return user
