"""Leaving: an account is hidden at once, comes back while its owner may still regret, and then is erased."""

from mesange.core.accounts.actions.standing import bring_back_accounts, withdraw_account
from mesange.core.accounts.model import Account, User, UserRole, Viewer, acting_account
from mesange.core.accounts.queries import find_account, find_user, list_own_accounts
from mesange.kit.clock import DAY, iso_date
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.server import Server


class MayNotLeave(Forbidden):
    public_text = "The people who run this server take this account away; you alone cannot."


async def leave(server: Server, viewer: Viewer, *, forever: bool) -> None:
    """Hide one's account until one comes back, or have it erased when the days of regret are over.

    Raises MayNotLeave for an account of an organization, and for the only account of the owner of the server.
    """
    account = await find_account(server, acting_account(viewer))
    user = await find_user(server.db, viewer.user_id)
    if account is None or user is None or account.user_id != user.id:
        raise MayNotLeave()
    if user.role is UserRole.OWNER and len(await list_own_accounts(server, user.id)) == 1:
        raise MayNotLeave()
    days = server.settings.deletion_days
    async with server.db.transaction() as tx:
        now = await withdraw_account(server, tx, account.id)
        await _note(tx, account, now, now + days * DAY if forever else None)
        if forever:
            await _write_to(server, tx, user, account, now + days * DAY)


async def dismiss_account(server: Server, account: Account, *, at_once: bool) -> None:
    """The people who run the server delete an account: in the days of regret its owner can still come back."""
    async with server.db.transaction() as tx:
        now = account.withdrawn_at or await withdraw_account(server, tx, account.id)
        await _note(tx, account, now, now if at_once else now + server.settings.deletion_days * DAY)


async def remove_account(server: Server, tx: Transaction, account: Account) -> None:
    """What was suspended for good is erased by the next job; from this commit on nobody comes back to it."""
    begun = await tx.value("SELECT 1 FROM departures WHERE account_id = ? AND claimed_at IS NOT NULL", account.id)
    if not begun:
        asked_at = account.withdrawn_at or await withdraw_account(server, tx, account.id)
        await _note(tx, account, asked_at, server.clock.now())
        await tx.execute("UPDATE accounts SET user_id = NULL WHERE id = ?", account.id)


async def come_back(server: Server, viewer: Viewer, account_id: int) -> None:
    """Raises NotFound for what is not one's own, not hidden, or erased already."""
    if not await bring_back_accounts(server, viewer.user_id, account_id):
        raise NotFound()


async def _note(tx: Transaction, account: Account, asked_at: int, due_at: int | None) -> None:
    await tx.execute(
        "INSERT INTO departures (account_id, user_id, asked_at, due_at) VALUES (?, ?, ?, ?) ON CONFLICT (account_id) "
        "DO UPDATE SET asked_at = excluded.asked_at, due_at = excluded.due_at, claimed_at = NULL",
        account.id,
        account.user_id or 0,
        asked_at,
        due_at,
    )


async def _write_to(server: Server, tx: Transaction, user: User, account: Account, due_at: int) -> None:
    subject, body = LETTERS[user.locale]
    link = f"{server.settings.public_origin}/sign-in"
    text = body.format(name=account.username, link=link, day=iso_date(due_at))
    await server.mail.queue(tx, user.email, subject.format(name=account.username), text)


LETTERS = {
    "en": (
        "@{name} will be deleted",
        "@{name} is hidden now and will be deleted on {day}. If you change your mind, sign in before that "
        "day:\n{link}\n",
    ),
    "fr": (
        "@{name} sera supprimé",
        "@{name} est masqué dès maintenant et sera supprimé le {day}. Si vous changez d’avis, connectez-vous avant ce "
        "jour :\n{link}\n",
    ),
}
