"""Nouns and decisions of push."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import HOUR, MINUTE
from mesange.kit.errors import Invalid

ALERTS = (
    *("mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"),
    *("quote", "quoted_update", "admin.sign_up", "admin.report"),
)
PATIENCE = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR)
"""How long a message waits after each try; after the last one it is dropped."""


class PushPolicy(StrEnum):
    """Of whose deeds one wants to be told."""

    ALL = "all"
    FOLLOWED = "followed"
    FOLLOWER = "follower"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """What one client wants to be told, and where: one for each access token, one for each account in a browser.

    `alerts` are kinds with spaces between; `sealed_token` is the client's own token, which it wants to hear again,
    sealed with the server's key.
    """

    id: int
    token_id: int | None
    account_id: int
    user_id: int
    endpoint: str
    p256dh: str
    auth: str
    is_standard: bool
    alerts: str
    policy: PushPolicy
    sealed_token: bytes
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class PushDelivery:
    """A notification on its way to one client."""

    id: int
    subscription_id: int
    notification_id: int
    attempts: int
    next_attempt_at: int


def checked_policy(policy: str) -> PushPolicy:
    try:
        return PushPolicy(policy)
    except ValueError:
        raise Invalid("Validation failed: Policy is not included in the list", field="policy") from None
