"""Who finds a status at home, of those who are here."""

from collections.abc import Callable, Iterable

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import standings_of
from mesange.core.follows.queries import followers_of
from mesange.core.lists.queries import followers_of_hashtags
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.queries import find_status, hashtags_of
from mesange.core.timelines.model import Entry, entry_of, is_gone, shown_to
from mesange.core.timelines.queries.home import list_home, rules_of
from mesange.kit.paging import Page
from mesange.kit.server import Server


async def list_home_readers(server: Server, status: Status, is_here: Callable[[int], bool]) -> list[int]:
    """The author and those who follow them or one of the hashtags, who `is_here` and by their rules find it at home.

    A boost of what stands just below it there is not found.
    """
    if status.visibility is Visibility.DIRECT:
        return []
    original = await find_status(server, status.reblog_of_id) if status.reblog_of_id else None
    entry, language = entry_of(status, original), (original or status).language
    if is_gone(entry, (await standings_of(server)).hidden):
        return []
    readers = {status.account_id: None}
    for follower, _ in await followers_of(server, status.account_id):
        if is_here(follower):
            rules = await rules_of(server, follower)
            if rules.takes(entry, language) and shown_to(follower, [entry], rules.relations.hidden):
                readers[follower] = None
    if status.visibility is Visibility.PUBLIC and not status.reblog_of_id:
        readers |= dict.fromkeys(await _by_hashtags(server, entry, hashtags_of(status), is_here))
    if status.reblog_of_id:
        return [reader for reader in readers if is_here(reader) and await _stands(server, reader, status.id)]
    return list(readers)


async def _stands(server: Server, reader: int, boost_id: int) -> bool:
    """Not when what is boosted stands just below."""
    return bool(await list_home(server, Viewer(account_id=reader), Page(1, below=boost_id + 1, above=boost_id - 1)))


async def _by_hashtags(server: Server, entry: Entry, names: Iterable[str], is_here: Callable[[int], bool]) -> list[int]:
    readers: list[int] = []
    for follower in await followers_of_hashtags(server, list(names)):
        if is_here(follower):
            rules = await rules_of(server, follower)
            wants = not rules.hashtags.isdisjoint(names) and rules.takes_by_hashtag(entry)
            if wants and shown_to(follower, [entry], rules.relations.hidden):
                readers.append(follower)
    return readers
