"""Nouns and decisions about statuses."""

from dataclasses import dataclass
from enum import StrEnum

from mesange.core.follows.model import Relations
from mesange.core.statuses.model.polls import PollDraft
from mesange.kit.errors import Invalid
from mesange.kit.ids import time_of
from mesange.kit.text import Entities, clean, clean_name, count_signs, entities, hashtag_name

MOST_TEXT = 20_000
MOST_PINS = 5
MOST_MENTIONS = 50
MOST_HASHTAGS = 30


class Visibility(StrEnum):
    PUBLIC = "public"
    UNLISTED = "unlisted"
    PRIVATE = "private"
    DIRECT = "direct"

    @property
    def is_open(self) -> bool:
        """Anyone with the address may read it."""
        return self in (Visibility.PUBLIC, Visibility.UNLISTED)


class Holds:
    """What a status carries beside its text: bits of a plain number, which is asked several times for every post."""

    NOTHING = 0
    MEDIA = 1
    POLL = 2
    CARD = 4
    QUOTE = 8
    EMOJI = 16


@dataclass(frozen=True, slots=True)
class Status:
    """A post, or the wrapper of a boost (`reblog_of_id`). Its id holds the time of publication.

    `thread_id` is the first status of the thread when this is a reply; `content` is HTML from another server.
    """

    id: int
    account_id: int
    text: str
    spoiler_text: str
    is_sensitive: bool
    language: str
    visibility: Visibility
    thread_id: int | None = None
    in_reply_to_id: int | None = None
    in_reply_to_account_id: int | None = None
    reblog_of_id: int | None = None
    client_id: int | None = None
    edited_at: int | None = None
    revision: int = 0
    uri: str | None = None
    content: str | None = None
    holds: int = Holds.NOTHING

    @property
    def created_at(self) -> int:
        """Milliseconds since the Unix epoch."""
        return time_of(self.id)

    @property
    def root_id(self) -> int:
        return self.thread_id or self.id


@dataclass(frozen=True, slots=True)
class StatusStats:
    reblogs: int = 0
    favourites: int = 0
    replies: int = 0


@dataclass(frozen=True, slots=True)
class StatusVersion:
    """One version in a status's history; `created_at` is when it began to be shown."""

    text: str
    spoiler_text: str
    is_sensitive: bool
    created_at: int
    poll_options: tuple[str, ...] = ()
    media: tuple[tuple[int, str], ...] = ()
    """The files it showed, each with its description then."""


class Mark:
    """What a viewer did with a status, as bits."""

    NONE = 0
    FAVOURITED = 1
    REBLOGGED = 2
    BOOKMARKED = 4
    PINNED = 8
    MUTED = 16


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything a viewer did lately, by status. Complete for every status whose id is at least `floor`.

    A mark is always younger than its status, so the newest marks say all about the newest statuses.
    """

    of: dict[int, int]
    floor: int
    muted_threads: frozenset[int]


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone wants to publish. `visibility` and `language` None: the account's own."""

    text: str
    spoiler_text: str = ""
    is_sensitive: bool | None = None
    language: str | None = None
    visibility: str | None = None
    in_reply_to_id: int | None = None
    media_ids: tuple[int, ...] = ()
    poll: PollDraft | None = None

    @property
    def holds(self) -> int:
        """What is known of it before anything is looked up."""
        holds = Holds.POLL if self.poll else Holds.NOTHING
        return holds | Holds.MEDIA if self.media_ids else holds


@dataclass(frozen=True, slots=True)
class Composition:
    """A draft made ready: cleaned, its entities found, its signs counted."""

    text: str
    spoiler_text: str
    found: Entities
    signs: int

    @property
    def hashtags(self) -> list[str]:
        """Identities of the hashtags, each once, in order."""
        return hashtags_in(self.found)

    @property
    def mentions(self) -> list[tuple[str, str]]:
        """(lower-case name, domain or "") of each mentioned account, once, in order."""
        return list(dict.fromkeys(
            (mention.username.lower(), (mention.domain or "").lower()) for mention in self.found.mentions
        ))[:MOST_MENTIONS]  # fmt: skip


def composed(text: str, spoiler_text: str, holds: int = Holds.NOTHING) -> Composition:
    """Raises Invalid when nothing is left to publish, or far too much was sent."""
    if len(text) + len(spoiler_text) > MOST_TEXT:
        raise Invalid("Validation failed: Text is far too long.", field="status", code="ERR_TOO_LONG")
    text, spoiler_text = clean(text, MOST_TEXT), clean(spoiler_text, MOST_TEXT)
    if not holds & Holds.MEDIA and (not text or not (text.isascii() or clean_name(text))):
        raise Invalid("Validation failed: Text can't be blank", field="status", code="ERR_BLANK")
    found = entities(text)
    return Composition(text, spoiler_text, found, count_signs(text, found) + count_signs(spoiler_text))


def hashtags_in(found: Entities) -> list[str]:
    names = dict.fromkeys(hashtag_name(hashtag.name) for hashtag in found.hashtags)
    return [name for name in names if name][:MOST_HASHTAGS]


def checked_visibility(visibility: str | None, default: str) -> Visibility:
    try:
        return Visibility(visibility or default)
    except ValueError:
        raise Invalid("This visibility does not exist.", field="visibility", code="ERR_INCLUSION") from None


def may_see(viewer_id: int, status: Status, relations: Relations, *, is_mentioned: bool) -> bool:
    """Who sees a status: the one rule of visibility, for every way of reading."""
    if status.account_id == viewer_id:
        return True
    if status.account_id in relations.blocked_by:
        return False
    if status.visibility.is_open or is_mentioned:
        return True
    return status.visibility is Visibility.PRIVATE and status.account_id in relations.following


def may_reblog(viewer_id: int, status: Status) -> bool:
    """Open posts by anyone; one's own followers-only post by oneself."""
    return status.visibility.is_open or (status.visibility is Visibility.PRIVATE and status.account_id == viewer_id)


@dataclass(frozen=True, slots=True)
class Thread:
    """Ids around a status: what it answers, oldest first, and what answers it, in reading order."""

    ancestors: list[int]
    descendants: list[int]


def thread_around(status_id: int, parents: dict[int, int | None]) -> Thread:
    """`parents` holds every status of the thread with the one it answers. What answers one that is gone stands under
    the first of the thread."""
    ancestors: list[int] = []
    above = parents.get(status_id)
    while above is not None and above in parents and len(ancestors) < len(parents):
        ancestors.append(above)
        above = parents[above]
    first = next((id for id, parent in parents.items() if parent is None), 0)
    answers: dict[int, list[int]] = {}
    for id in sorted(parents):
        parent = parents[id]
        if parent is not None:
            answers.setdefault(parent if parent in parents else first, []).append(id)
    descendants: list[int] = []
    waiting = answers.get(status_id, [])[::-1]
    while waiting:
        id = waiting.pop()
        descendants.append(id)
        waiting.extend(reversed(answers.get(id, [])))
    return Thread(ancestors[::-1], descendants)
