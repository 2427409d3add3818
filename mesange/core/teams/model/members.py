"""Organization → Brand → Account ← Membership(role): many hands, no shared password."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Conflict, Forbidden

MOST_BRANDS, MOST_MEMBERS = 500, 2_000


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

    def is_at_least(self, least: "Role") -> bool:
        return ROLE_ORDER.index(self) <= ROLE_ORDER.index(least)


ROLE_ORDER = tuple(Role)


class SecondFactorNeeded(Forbidden):
    public_text = (
        "Your role in this organization needs a second factor. Until you have set one up you may read, and nothing "
        "else. Set it up on the website: Settings, Security."
    )
    code = "second_factor_needed"


class LastOwner(Conflict):
    public_text = "An organization keeps at least one owner. Make somebody else an owner first."
    code = "last_owner"


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

    def covers(self, account_id: int | None, brand_id: int | None) -> bool:
        """Whether the role holds for this account of this brand; without an account for the brand, without both for
        the whole organization."""
        if self.account_id is not None:
            return self.account_id == account_id
        return self.brand_id is None or self.brand_id == brand_id


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a role holds; without ids in the whole organization. An account's scope names its brand as well."""

    brand_id: int | None = None
    account_id: int | None = None


WHOLE = Scope()


def strongest(memberships: list[Membership], account_id: int | None, brand_id: int | None) -> Role | None:
    """The role that counts for an account when several memberships cover it."""
    roles = [membership.role for membership in memberships if membership.covers(account_id, brand_id)]
    return min(roles, key=ROLE_ORDER.index, default=None)


def check_may_give(own: Role | None, given: Role) -> None:
    """Raises Forbidden: admins let people in and out, owners alone make owners."""
    if own is None or not own.is_at_least(Role.ADMIN):
        raise Forbidden("Only owners and admins decide who is a member.")
    if given is Role.OWNER and own is not Role.OWNER:
        raise Forbidden("Only owners make somebody an owner, or change what an owner is.")
