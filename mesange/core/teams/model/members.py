"""Organization → Brand → Account ← Membership(role): many hands, no shared password."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member may do, from all to least."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    CONTRIBUTOR = "contributor"
    ANALYST = "analyst"

    @property
    def may_publish(self) -> bool:
        return self in (Role.OWNER, Role.ADMIN, Role.EDITOR)

    @property
    def may_act(self) -> bool:
        """Act as the account in a client; what a contributor writes still waits for approval at the gate."""
        return self is not Role.ANALYST


ROLE_ORDER = tuple(Role)


@dataclass(frozen=True, slots=True)
class Organization:
    """`frozen_at`: since when no account of it may publish (a crisis); milliseconds, None when free."""

    id: int
    name: str
    created_at: int
    frozen_at: int | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    id: int
    organization_id: int
    name: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Membership:
    """A role for the whole organization, or for one brand, or for one account of it."""

    id: int
    organization_id: int
    user_id: int
    role: Role
    created_at: int
    brand_id: int | None = None
    account_id: int | None = None

    def covers(self, account_id: int, brand_id: int | None) -> bool:
        if self.account_id is not None:
            return self.account_id == account_id
        return self.brand_id is None or self.brand_id == brand_id


@dataclass(frozen=True, slots=True)
class ProtectedName:
    """A name that nobody else may resemble; only accounts of its organization, if it has one, may bear it."""

    id: int
    skeleton: str
    name: str
    organization_id: int | None = None


def strongest(memberships: list[Membership], account_id: int, brand_id: int | None) -> Role | None:
    """The role that counts for an account when several memberships cover it."""
    roles = [membership.role for membership in memberships if membership.covers(account_id, brand_id)]
    return min(roles, key=ROLE_ORDER.index, default=None)
