"""Find every hashtag, mention and link of a text, once per post."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct

from mesange.kit.text.found import Found, FoundHashtag, FoundLink, FoundMention
from mesange.kit.text.hashtags import find_hashtags
from mesange.kit.text.links import find_links
from mesange.kit.text.mentions import find_mentions

_Placed = TypeVar("_Placed", FoundHashtag, FoundMention)
_by_start = attrgetter("start")


class Entities(Struct, frozen=True):
    """The entities of one text, each kind in order; none overlaps another."""

    hashtags: Sequence[FoundHashtag] = ()
    mentions: Sequence[FoundMention] = ()
    links: Sequence[FoundLink] = ()

    def in_order(self) -> list[Found]:
        """All kinds together, by place."""
        return sorted([*self.hashtags, *self.mentions, *self.links], key=_by_start)


NO_ENTITIES = Entities()


@lru_cache(maxsize=256)
def entities(text: str) -> Entities:
    """Hashtags, mentions and links with their code-point indices; never raises."""
    links = find_links(text)
    hashtags = find_hashtags(text)
    mentions = find_mentions(text)
    if links:
        hashtags = _outside(links, hashtags)
        mentions = _outside(links, mentions)
    elif not (hashtags or mentions):
        return NO_ENTITIES
    return Entities(hashtags, mentions, links)


def _outside(links: list[FoundLink], found: list[_Placed]) -> list[_Placed]:
    starts = [link.start for link in links]
    return [one for one in found if not _is_inside(links, bisect_right(starts, one.start) - 1, one)]


def _is_inside(links: list[FoundLink], nearest: int, one: Found) -> bool:
    return nearest >= 0 and one.start < links[nearest].end
