"""Nouns and decisions of link cards."""

import re
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.clock import DAY, MINUTE
from mesange.kit.ids import id_of

FRESH_FOR = 7 * DAY
"""After that a page is asked again, when somebody links to it again."""
PATIENCE = (10 * MINUTE,)
"""How long to wait after each try that failed; after the last one we leave the page alone."""
LATE = DAY
"""Posts older than that are left as they are: a server that just learned of cards does not visit its whole past."""
LONGEST_URL = 2_000
OUR_POST = re.compile(r"/(?:@[^/]+|statuses|users/[^/]+/statuses)/(\d{1,19})/?(?:[?#].*)?")


class CardKind(StrEnum):
    """Mastodon's `type`. There is no video and nothing rich: remote HTML is never shown."""

    LINK = "link"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """A page as it presents itself, one for each address; without a title there is nothing to show.

    `image` is a file of ours. Due to be asked at `next_attempt_at`; when that is None, asked or given up.
    """

    id: int
    url: str
    kind: CardKind = CardKind.LINK
    title: str = ""
    description: str = ""
    provider_name: str = ""
    author_name: str = ""
    author_url: str = ""
    language: str = ""
    image: str = ""
    image_description: str = ""
    width: int = 0
    height: int = 0
    blurhash: str = ""
    published_at: int | None = None
    fetched_at: int | None = None
    attempts: int = 0
    next_attempt_at: int | None = None

    def is_stale(self, now: int) -> bool:
        return self.next_attempt_at is None and now - (self.fetched_at or 0) > FRESH_FOR


@dataclass(frozen=True, slots=True)
class StatusCard:
    """What the first link of a status leads to: a page elsewhere, or a post of this server."""

    status_id: int
    card_id: int | None = None
    quoted_id: int | None = None


def quoted_in(url: str, origin: str) -> int | None:
    """The id of the post of this server that an address leads to; 0 for any other page of ours."""
    if not (url + "/").startswith(origin + "/"):
        return None
    match = OUR_POST.fullmatch(url.removeprefix(origin))
    return (id_of(match[1]) or 0) if match else 0
