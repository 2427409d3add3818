"""Writes of invitations."""

import secrets

from mesange.core.accounts.model import UserRole, Viewer, acting_account
from mesange.core.accounts.model.sign_ups import Invitation
from mesange.core.accounts.queries import count_good_invitations
from mesange.core.accounts.tables import invitations
from mesange.kit.clock import DAY
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.server import Server

MOST_INVITATIONS = 50
MOST_USES, MOST_DAYS = 1_000, 365
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def may_invite(server: Server, viewer: Viewer) -> bool:
    by = server.settings.invitations_by
    return server.settings.registrations != "closed" and (
        by == "everyone" or (by == "staff" and viewer.role is not UserRole.USER)
    )


async def invite(server: Server, viewer: Viewer, most_uses: int, days: int) -> Invitation:
    """A new code. Raises Forbidden for whom the setting gives no right, Invalid beyond the limits."""
    acting_account(viewer)
    if not may_invite(server, viewer):
        raise Forbidden("Invitations are made by others here.")
    if await count_good_invitations(server.db, viewer.user_id, server.clock.now()) >= MOST_INVITATIONS:
        raise Forbidden(f"You have {MOST_INVITATIONS} open invitations: end one first.")
    return await create_invitation(server, most_uses, days, user_id=viewer.user_id)


async def create_invitation(server: Server, most_uses: int, days: int, *, user_id: int | None = None) -> Invitation:
    """A code that lets in so many people for so many days. Raises Invalid."""
    if not 1 <= most_uses <= MOST_USES:
        raise Invalid(f"An invitation is for 1 to {MOST_USES} people.", field="uses")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"An invitation is good for 1 to {MOST_DAYS} days.", field="days")
    invitation = Invitation(
        id=server.ids.next(),
        code="".join(secrets.choice(ALPHABET) for _ in range(16)),
        user_id=user_id,
        created_at=server.clock.now(),
        expires_at=server.clock.now() + days * DAY,
        most_uses=most_uses,
    )
    async with server.db.transaction() as tx:
        await tx.insert(invitations, invitation)
    return invitation


async def end_invitation(server: Server, viewer: Viewer, invitation_id: int) -> None:
    """Nobody comes in by it any more. Raises NotFound for another's."""
    async with server.db.transaction() as tx:
        ended = await tx.execute(
            "UPDATE invitations SET expires_at = ? WHERE id = ? AND user_id = ?",
            server.clock.now(),
            invitation_id,
            viewer.user_id,
        )
        if not ended:
            raise NotFound()
