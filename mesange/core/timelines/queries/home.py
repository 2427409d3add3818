"""The home timeline: from memory as far as it reaches, below that from the tables."""

from functools import partial

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.lists.queries import choices_of
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import Entry, Home, HomeRules, shown_to
from mesange.core.timelines.queries.portions import Portions, by_authors, by_hashtags, portions_of, read_page
from mesange.kit.db import Reader
from mesange.kit.paging import Page
from mesange.kit.server import Server

KEPT_PER_AUTHOR = 40
AUTHORS = "SELECT ? AS author UNION SELECT target_id FROM follows WHERE account_id = ? AND target_id <> ALL(?)"


async def rules_of(server: Server, viewer_id: int) -> HomeRules:
    choices = await choices_of(server, viewer_id)
    relations, standings = await relations_of(server, viewer_id), await standings_of(server)
    return HomeRules(viewer_id, relations, choices.apart, choices.hashtags, standings)


async def list_home(server: Server, viewer: Viewer, page: Page) -> list[int]:
    """Ids of the viewer's home timeline."""
    hidden = (await relations_of(server, viewer.account_id)).hidden
    home = await _home_of(server, viewer.account_id)
    reaches = page.above >= home.floor or home.floor == 0
    entries = home.between(page.above, page.below)
    if hidden:
        entries = shown_to(viewer.account_id, entries, hidden)
    if not reaches and (page.forwards or len(entries) < page.limit):
        entries = await _read_home(server.db, await rules_of(server, viewer.account_id), page)
    chosen = entries[: page.limit] if page.forwards else entries[-page.limit :]
    return [entry.id for entry in reversed(chosen)]


async def _home_of(server: Server, viewer_id: int) -> Home:
    homes = server.of(HomeTimelines).homes
    home = homes.get(viewer_id)
    if home is None:
        head, since = server.eventlog.head, homes.forgotten
        home = await rebuilt_home(server.db, await rules_of(server, viewer_id))
        if server.eventlog.head == head:  # Else something came in while we read: the next look keeps it.
            homes.keep(viewer_id, home, since)
    return home


async def rebuilt_home(db: Reader, rules: HomeRules) -> Home:
    """The newest entries of each author and hashtag followed; exact above the highest of their cut-off ids."""
    portions = await _take(db, rules, [], KEPT_PER_AUTHOR, Page())
    return Home(_chosen(rules, portions), portions.cut_off, rules.is_choosy)


async def _read_home(db: Reader, rules: HomeRules, page: Page) -> list[Entry]:
    hidden = rules.relations.hidden

    def choose(portions: Portions) -> list[Entry]:
        return shown_to(rules.viewer_id, _chosen(rules, portions), hidden)

    return await read_page(page, partial(_take, db, rules, sorted(hidden), page.limit * 2), choose)


async def _take(db: Reader, rules: HomeRules, hidden: list[int], each: int, page: Page) -> Portions:
    authors = await by_authors(db, AUTHORS, [rules.viewer_id, rules.viewer_id, hidden], page, each)
    hashtags = await by_hashtags(db, rules.hashtags, hidden, page, each)
    return portions_of(authors, hashtags, each, page)


def _chosen(rules: HomeRules, portions: Portions) -> list[Entry]:
    """Each once, oldest first."""
    chosen = {found.entry for found in portions.by_authors if rules.takes(found.entry, found.language)}
    chosen.update(entry for entry in portions.by_hashtags if rules.takes_by_hashtag(entry))
    return sorted(chosen)
