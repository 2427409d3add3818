"""Invitations of members: by a link or by mail, for one person, for a while, with a role that does not change."""

from dataclasses import dataclass

from mesange.core.teams.model.members import Role
from mesange.kit.clock import DAY
from mesange.kit.errors import NotFound
from mesange.kit.ids import time_of

MEMBER_INVITATION_LIFE = 7 * DAY
MOST_MEMBER_INVITATIONS = 100


class InvitationWorn(NotFound):
    public_text = "This invitation was used already, was withdrawn, or is too old. Ask for a new one."


@dataclass(frozen=True, slots=True)
class MemberInvitation:
    """`email` is where it was sent, "" for a link that was handed over. It is deleted when it is accepted."""

    id: int
    organization_id: int
    token_hash: bytes
    role: Role
    invited_by: int
    expires_at: int
    brand_id: int | None = None
    account_id: int | None = None
    email: str = ""

    @property
    def created_at(self) -> int:
        return time_of(self.id)
