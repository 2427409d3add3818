"""What the audit of an organization notes: each public act of its accounts, and each act on the organization itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec


class Act(StrEnum):
    """Public acts of an account. Rooms that act on an organization name their own acts, in the past tense."""

    PUBLISHED = "published"
    EDITED = "edited"
    DELETED = "deleted"
    BOOSTED = "boosted"
    UNBOOSTED = "boost taken back"
    FAVOURITED = "favourited"
    UNFAVOURITED = "favourite taken back"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    PROFILE_CHANGED = "profile changed"


class TeamAct(StrEnum):
    """What was done to the organization itself."""

    ORGANIZATION_BEGUN = "organization begun"
    BRAND_BEGUN = "brand begun"
    BRAND_RENAMED = "brand renamed"
    BRAND_ENDED = "brand ended"
    ACCOUNT_OPENED = "account opened"
    ACCOUNT_TAKEN_IN = "account taken in"
    ACCOUNT_PLACED = "account placed"
    MEMBER_INVITED = "member invited"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    MEMBER_JOINED = "member joined"
    ROLE_CHANGED = "role changed"
    MEMBER_LEFT = "membership ended"
    FACTOR_ASKED = "second factor asked for"
    DOMAIN_CHOSEN = "domain chosen"
    DOMAIN_PROVEN = "domain proven"
    DOMAIN_LOST = "domain no longer proven"
    DOMAIN_GIVEN_UP = "domain given up"
    CHANGE_REFUSED = "guarded change refused"
    CHANGE_ASKED = "guarded change asked for"
    CHANGE_APPROVED = "guarded change approved"
    CHANGE_CALLED_BACK = "guarded change called back"
    CHANGE_DONE = "guarded change done"
    AUDIT_EXPORTED = "audit exported"


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and by which client (0: the pages here); without ids it is the program or a command on the machine."""

    user_id: int = 0
    client_id: int = 0

    def did(self, act: str, account_id: int = 0, /, **told: object) -> "Deed":
        return Deed(act, self.user_id, account_id, self.client_id, told=told)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who (`user_id`, 0 for the program) did what with which account, by which client (0: the pages here), and who had
    approved it. `told` are further facts, never texts: what is deleted stays deleted."""

    act: str
    user_id: int
    account_id: int = 0
    client_id: int = 0
    status_id: int = 0
    approved_by: tuple[int, ...] = ()
    told: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def subject(self) -> str:
        return f"account:{self.account_id}" if self.account_id else "organization"

    @property
    def body(self) -> str:
        facts = {"status": self.status_id, "client": self.client_id, "approved_by": self.approved_by}
        given = {name: value for name, value in facts.items() if value}
        return msgspec.json.encode({**given, **self.told}).decode()


def audit_scope(organization_id: int) -> str:
    return f"organization:{organization_id}"
