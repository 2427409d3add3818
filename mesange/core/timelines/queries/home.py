"""The home timeline: from memory as far as it reaches, below that from the tables."""

from dataclasses import replace
from functools import partial

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.lists.queries import choices_of
from mesange.core.timelines.memory import HomeTimelines
from mesange.core.timelines.model import FULL_HOME, REPEATS_APART, Entry, Home, HomeRules, home_page, shown_to
from mesange.core.timelines.queries.portions import Portions, by_authors, by_hashtags, portions_of, read_page
from mesange.kit.db import Reader
from mesange.kit.ids import LOWEST_ID
from mesange.kit.paging import Page
from mesange.kit.server import Server

KEPT_PER_AUTHOR = 40
LEAST_HOME = 100
"""So many are kept where there are as many: the largest page, and what must be known below it."""
AUTHORS = "SELECT ? AS author UNION SELECT target_id FROM follows WHERE account_id = ? AND target_id <> ALL(?)"


async def rules_of(server: Server, viewer_id: int) -> HomeRules:
    choices = await choices_of(server, viewer_id)
    relations, standings = await relations_of(server, viewer_id), await standings_of(server)
    return HomeRules(viewer_id, relations, choices.apart, choices.hashtags, standings)


async def list_home(server: Server, viewer: Viewer, page: Page) -> list[int]:
    """Ids of the viewer's home timeline; a boost of what stands just below is not among them."""
    hidden = (await relations_of(server, viewer.account_id)).hidden
    home = await _home_of(server, viewer.account_id)
    for most in (FULL_HOME,) if page.forwards else (page.limit + 2 * REPEATS_APART, FULL_HOME):
        entries, floor = home.below(page.below, most)
        if hidden:
            entries = shown_to(viewer.account_id, entries, hidden)
        chosen = home_page(entries, page, floor)
        if chosen is not None:
            break
    else:
        chosen = await _read_home(server.db, await rules_of(server, viewer.account_id), page)
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
    """The newest entries of each author and hashtag followed, and more rounds where few make up a first page; exact
    above the highest of their cut-off ids."""
    take = partial(_take, db, rules, [], KEPT_PER_AUTHOR)
    entries, floor = await read_page(Page(LEAST_HOME), take, partial(_chosen, rules))
    return Home(entries, floor, rules.is_choosy)


async def _read_home(db: Reader, rules: HomeRules, page: Page) -> list[Entry]:
    """A page from the tables, with as much below it as says what repeats."""
    if page.forwards:
        return await _read_forwards(db, rules, page)
    entries, floor = await _read(db, rules, replace(page, above=LOWEST_ID))
    while (chosen := home_page(entries, page, floor)) is None:
        older, floor = await _read(db, rules, Page(REPEATS_APART, below=floor))
        entries = [*older, *entries]
    return chosen


async def _read_forwards(db: Reader, rules: HomeRules, page: Page) -> list[Entry]:
    below, floor = await _read(db, rules, Page(REPEATS_APART, below=page.above + 1))
    entries, ceiling = await _read(db, rules, page)
    while True:
        chosen = home_page([*below, *entries], page, floor) or []
        if len(chosen) == page.limit or not ceiling:
            return chosen
        newer, ceiling = await _read(db, rules, replace(page, above=ceiling))
        entries += newer


async def _read(db: Reader, rules: HomeRules, page: Page) -> tuple[list[Entry], int]:
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
