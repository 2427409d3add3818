"""What stands beside a page: which hashtags are alive here now."""

from collections import Counter

from mesange.core.accounts.model import VISITOR
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import load_statuses
from mesange.core.timelines.queries import Origin, list_public
from mesange.front.content import hashtag_url
from mesange.front.views import HashtagCount
from mesange.kit.clock import DAY, SECOND
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import entities, hashtag_name

SHOWN = 5
READ = 300
KEPT_FOR = 15 * SECOND


class Around:
    """Kept for some seconds: it stands beside every page."""

    def __init__(self) -> None:
        self.made_at = 0
        self.hashtags: list[HashtagCount] = []
        self.written: dict[str, str] = {}


async def busy_hashtags(server: Server) -> list[HashtagCount]:
    """Hashtags of the newest public posts of a day, busiest first, as they were written last."""
    kept, now = server.of(Around), server.clock.now()
    if now - kept.made_at >= KEPT_FOR:
        ids = await list_public(server, VISITOR, Page(limit=READ), Origin())
        recent = [each for each in (await load_statuses(server, ids)).values() if each.created_at > now - DAY]
        kept.hashtags, kept.written = busiest(recent)
        kept.made_at = now
    return kept.hashtags


def as_written(server: Server, name: str) -> str:
    """A hashtag with the accents and capitals it had lately, once `busy_hashtags` was asked for."""
    return server.of(Around).written.get(name, name)


def busiest(statuses: list[Status]) -> tuple[list[HashtagCount], dict[str, str]]:
    """And how each hashtag was written last. A post counts once for each of its hashtags."""
    written: dict[str, str] = {}
    uses: Counter[str] = Counter()
    for status in sorted(statuses, key=lambda each: each.id):
        names = {hashtag_name(found.name): found.name for found in entities(status.text).hashtags}
        written |= names
        uses.update(names.keys())
    counted = [(written[name], count) for name, count in uses.most_common(SHOWN)]
    return [HashtagCount(name, hashtag_url(name), count) for name, count in counted], written
