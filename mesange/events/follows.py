"""Facts between two accounts: `account_id` did it, `target_id` is whom it concerns."""

from mesange.kit.event import Event


class FollowRequested(Event, frozen=True):
    account_id: int
    target_id: int


class FollowRequestRejected(Event, frozen=True):
    """Also when the asker withdrew."""

    account_id: int
    target_id: int


class AccountFollowed(Event, frozen=True):
    account_id: int
    target_id: int


class FollowChanged(Event, frozen=True):
    """Another choice of boosts, notices or languages on an existing follow."""

    account_id: int
    target_id: int


class AccountUnfollowed(Event, frozen=True):
    account_id: int
    target_id: int


class AccountBlocked(Event, frozen=True):
    account_id: int
    target_id: int


class AccountUnblocked(Event, frozen=True):
    account_id: int
    target_id: int


class AccountMuted(Event, frozen=True):
    account_id: int
    target_id: int


class AccountUnmuted(Event, frozen=True):
    """Also when a mute ran out."""

    account_id: int
    target_id: int


class DomainHidden(Event, frozen=True):
    """`account_id` wants to see nothing from this server."""

    account_id: int
    domain: str


class DomainShown(Event, frozen=True):
    account_id: int
    domain: str
