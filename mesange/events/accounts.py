"""Facts about accounts, logins and the access they gave."""

from mesange.kit.event import Event


class AccountCreated(Event, frozen=True):
    account_id: int


class AccountUpdated(Event, frozen=True):
    account_id: int


class StandingChanged(Event, frozen=True):
    """An account was limited, frozen or suspended, or is no longer; or its rate limits were lifted or set again."""

    account_id: int


class AccountDeleted(Event, frozen=True):
    """Everything of it is erased; only its name stays, so that nobody takes it again."""

    account_id: int


class UserConfirmed(Event, frozen=True):
    user_id: int


class SignUpAwaited(Event, frozen=True):
    """A newcomer waits until staff accepts or refuses them."""

    user_id: int
    account_id: int


class SignUpAccepted(Event, frozen=True):
    user_id: int


class SignUpTurnedDown(Event, frozen=True):
    """The login and its account are gone."""

    user_id: int


class PseudonymRevealed(Event, frozen=True):
    """The owner of the server looked at whose pseudonym it is; `by_user_id` is None for a command on the machine."""

    account_id: int
    by_user_id: int | None


class SecondFactorChanged(Event, frozen=True):
    """A login got or lost codes or passkeys: what it may do must be read again."""

    user_id: int


class AccessRevoked(Event, frozen=True):
    """Tokens or sessions ended: whatever is open under them must close. Empty ids mean "all of this user's"."""

    user_id: int
    token_ids: tuple[int, ...] = ()
    session_ids: tuple[int, ...] = ()


class MembershipChanged(Event, frozen=True):
    """A member joined, left or changed role: what this user may act as must be read again."""

    organization_id: int
    user_id: int


class ApprovalRuleChanged(Event, frozen=True):
    """By this user, a rule of the organization was set or removed."""

    organization_id: int
    user_id: int


class MarkerMoved(Event, frozen=True):
    """An account was read up to another place of a timeline, by whichever client."""

    account_id: int
    timeline: str
