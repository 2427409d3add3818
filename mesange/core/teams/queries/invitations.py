"""Invitations of members that are still open."""

from mesange.core.teams.model import MemberInvitation, Role
from mesange.core.teams.queries.members import check_role
from mesange.core.teams.tables import member_invitations
from mesange.kit.db import Reader
from mesange.kit.secrets import secret_hash


async def list_member_invitations(db: Reader, user_id: int, organization_id: int, now: int) -> list[MemberInvitation]:
    """Newest first; there are few. Raises NotFound, Forbidden for who is not owner or admin of the whole."""
    await check_role(db, user_id, organization_id, Role.ADMIN)
    rows = await db.rows(
        f"SELECT {member_invitations.columns} FROM member_invitations WHERE organization_id = ? AND expires_at > ? "
        "ORDER BY id DESC",
        organization_id,
        now,
    )
    return [member_invitations.load(row) for row in rows]


async def find_member_invitation(db: Reader, token: str, now: int) -> MemberInvitation | None:
    """By the secret of its link, while it is good."""
    row = await db.row(
        f"SELECT {member_invitations.columns} FROM member_invitations WHERE token_hash = ? AND expires_at > ?",
        secret_hash(token),
        now,
    )
    return member_invitations.load(row) if row else None
