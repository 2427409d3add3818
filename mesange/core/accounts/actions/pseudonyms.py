"""The one way from a pseudonym to its person: for the owner of the server, for a written reason, kept for ever."""

from mesange.core.accounts.model import Account, User
from mesange.core.accounts.queries import find_user
from mesange.events.accounts import PseudonymRevealed
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server

FEWEST_REASON, MOST_REASON = 10, 1_000


async def reveal_person(server: Server, account: Account, reason: str, *, by_user_id: int | None = None) -> User:
    """The login behind a pseudonym. `by_user_id` is None for a command on the machine itself.

    Raises Invalid without a reason, NotFound where there is no one login.
    """
    reason = reason.strip()
    if not FEWEST_REASON <= len(reason) <= MOST_REASON:
        raise Invalid("Write down the reason, in a sentence: it is kept.", field="reason")
    user = await find_user(server.db, account.user_id or 0)
    if user is None:
        raise NotFound()
    async with server.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO revelations (id, account_id, user_id, reason, created_at) VALUES (?, ?, ?, ?, ?)",
            server.ids.next(),
            account.id,
            by_user_id,
            reason,
            server.clock.now(),
        )
        tx.emit(PseudonymRevealed(account_id=account.id, by_user_id=by_user_id))
    return user
