"""Relays of feeds: a feed of somewhere else becomes posts of an account, each item one post for as long as it lives."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

from mesange.kit.clock import DAY, HOUR, MINUTE
from mesange.kit.feeds import Trouble

SHORTEST_WAIT, LONGEST_WAIT = 10 * MINUTE, 6 * HOUR
FIRST_PATIENCE, LONGEST_PATIENCE = 10 * MINUTE, DAY
TRIES_BEFORE_ERROR = 3
MOST_NEW = 20
"""So many new items at once are no news: somebody looks at them first."""
MOST_FIRST = 5
MOST_RELAYS = 200


class RelayState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    IN_ERROR = "in_error"


class RelayTrouble(StrEnum):
    """Why a relay does not go on, or not smoothly. The first ones are those of `kit.feeds`."""

    NONE = ""
    PAGE = Trouble.PAGE.value
    NO_FEED = Trouble.NO_FEED.value
    HOSTILE = Trouble.HOSTILE.value
    TOO_LARGE = Trouble.TOO_LARGE.value
    TOO_SLOW = Trouble.TOO_SLOW.value
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    ANSWER = "answer"
    GONE = "gone"
    FLOOD = "flood"
    MAY_NOT_PUBLISH = "may_not_publish"

    @property
    def ends_trying(self) -> bool:
        """Another try will not help: a person must do something."""
        return self in (self.HOSTILE, self.REFUSED, self.GONE, self.FLOOD, self.MAY_NOT_PUBLISH)


class ItemState(StrEnum):
    """`known`: was there before, and is not relayed; `waiting` and `edited`: about to become a post, or other words
    of it."""

    KNOWN = "known"
    WAITING = "waiting"
    RELAYED = "relayed"
    EDITED = "edited"


class WarningKind(StrEnum):
    GUID_CHANGED = "guid_changed"
    ITEM_GONE = "item_gone"
    POST_GONE = "post_gone"
    EDITED_BY_HAND = "edited_by_hand"


@dataclass(frozen=True, slots=True)
class FeedRelay:
    """`user_id` is the member in whose name it publishes; only items newer than `since` become posts. Read at
    `next_at`, never by itself when that is None; `wait` is the present interval. `digest` is of the bytes read last.
    """

    id: int
    organization_id: int
    account_id: int
    user_id: int
    url: str
    host: str
    template: str
    state: RelayState
    title: str
    since: int
    wait: int = SHORTEST_WAIT
    next_at: int | None = None
    asked_at: int = 0
    read_at: int | None = None
    attempts: int = 0
    trouble: RelayTrouble = RelayTrouble.NONE
    detail: str = ""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RelayedItem:
    """An item of a feed and the post that it became; `text` is what the relay wrote there last. `tags` have a line
    each."""

    id: int
    relay_id: int
    guid: str
    link: str
    link_key: str
    title: str
    summary: str
    tags: str
    published_at: int | None
    state: ItemState
    status_id: int | None = None
    text: str = ""
    gone_at: int | None = None


@dataclass(frozen=True, slots=True)
class RelayWarning:
    """Something that a person may want to know, and that stops nothing; its id holds the time."""

    id: int
    relay_id: int
    item_id: int
    kind: WarningKind
    detail: str


@dataclass(frozen=True, slots=True)
class HubLease:
    """What a WebSub hub promised to the relay of the same id: to call `token` until `expires_at`, None before it said
    yes."""

    id: int
    hub: str
    topic: str
    token: str
    secret: str
    expires_at: int | None
    next_at: int
    attempts: int = 0


def wait_after(relay: FeedRelay, *, has_news: bool, asked: int, is_called: bool) -> int:
    """The next interval: shorter when there was news, longer when not; never below what the feed asked for, within our
    bounds. A feed whose hub calls us is looked at rarely."""
    if is_called:
        return LONGEST_WAIT
    wait = relay.wait // 2 if has_news else relay.wait * 5 // 4
    return min(max(wait, asked, SHORTEST_WAIT), LONGEST_WAIT)


def patience_after(attempts: int, asked: int) -> int:
    """How long to leave a feed alone that failed so many times in a row, or that asked for it (Retry-After)."""
    wait = FIRST_PATIENCE << min(attempts - 1, 10)
    return min(max(wait, asked), LONGEST_PATIENCE)


def spread(wait: int, relay_id: int, now: int) -> int:
    """A tenth more or less, so that relays made together do not ask together for ever."""
    share = crc32(f"{relay_id} {now}".encode()) / 2**32
    return int(wait * (0.9 + 0.2 * share))


def link_key(link: str) -> str:
    """What two addresses of one page have in common: scheme, `www.`, campaign tags and a last slash do not count."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith("utm_")]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"
