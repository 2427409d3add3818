"""Facts about statuses. `account_id` is who acted; `author_id` whose status it is."""

from mesange.kit.event import Event
from mesange.kit.ids import HIGHEST_ID, LOWEST_ID


class StatusPublished(Event, frozen=True):
    status_id: int
    account_id: int
    visibility: str
    in_reply_to_id: int | None = None
    in_reply_to_account_id: int | None = None
    mentioned_ids: tuple[int, ...] = ()
    has_link: bool = False
    """Whether its text holds a link: for most posts nobody must look."""
    hashtags: tuple[str, ...] = ()
    """Names of the hashtags in whose timelines it stands: none when it is not public."""


class StatusReblogged(Event, frozen=True):
    """`status_id` is the wrapper: a status of its own, without text."""

    status_id: int
    account_id: int
    visibility: str
    reblog_of_id: int
    author_id: int


class StatusEdited(Event, frozen=True):
    status_id: int
    account_id: int
    newly_mentioned_ids: tuple[int, ...] = ()
    changed_hashtags: tuple[str, ...] = ()
    """Names of those that came or went."""
    is_in_another_language: bool = False


class StatusMarkedSensitive(Event, frozen=True):
    """By moderation: no new version, nobody is told."""

    status_id: int
    account_id: int


class StatusDeleted(Event, frozen=True):
    status_id: int
    account_id: int
    visibility: str
    reblog_of_id: int | None = None
    in_reply_to_id: int | None = None
    mentioned_ids: tuple[int, ...] = ()
    hashtags: tuple[str, ...] = ()
    """Names of the hashtags that it had, so that those who follow them can be told; the text is gone."""


class StatusFavourited(Event, frozen=True):
    status_id: int
    account_id: int
    author_id: int


class StatusUnfavourited(Event, frozen=True):
    status_id: int
    account_id: int
    author_id: int


class StatusBookmarked(Event, frozen=True):
    status_id: int
    account_id: int


class StatusUnbookmarked(Event, frozen=True):
    status_id: int
    account_id: int


class StatusPinned(Event, frozen=True):
    status_id: int
    account_id: int


class StatusUnpinned(Event, frozen=True):
    status_id: int
    account_id: int


class ThreadMuted(Event, frozen=True):
    thread_id: int
    account_id: int


class ThreadUnmuted(Event, frozen=True):
    thread_id: int
    account_id: int


class VoteCast(Event, frozen=True):
    """Somebody voted in the poll of a status; for what, stands in their vote alone."""

    status_id: int
    account_id: int
    author_id: int


class PollEnded(Event, frozen=True):
    """The time of a poll is over; told once."""

    status_id: int
    account_id: int


class PostScheduled(Event, frozen=True):
    """A post or a thread was planned, or given another time."""

    scheduled_id: int
    account_id: int
    scheduled_at: int


class PostUnscheduled(Event, frozen=True):
    scheduled_id: int
    account_id: int


class PostNotPublished(Event, frozen=True):
    """The hour of a planned post came and it was refused; its row says why."""

    scheduled_id: int
    account_id: int


class StatusSubmitted(Event, frozen=True):
    """A member's client sent what somebody else must approve before it is published."""

    submission_id: int
    account_id: int
    user_id: int


class StatusesImported(Event, frozen=True):
    """A batch of old posts came in with their own times; nobody is told of each.

    Their ids lie from `first_id` to `last_id`.
    """

    account_id: int
    count: int
    first_id: int = LOWEST_ID
    last_id: int = HIGHEST_ID
