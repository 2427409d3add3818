"""What stands on a list of accounts and hashtags."""

from collections.abc import Iterable

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import standings_of
from mesange.core.follows.queries import relations_of
from mesange.core.lists.model import AccountList, ListContents
from mesange.core.lists.queries import contents_of, load_lists
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.queries import find_status, hashtags_of
from mesange.core.timelines.model import Entry, ListRules, entry_of, shown_to
from mesange.core.timelines.queries.portions import Portions, by_authors, by_hashtags, portions_of, read_page
from mesange.kit.paging import Page
from mesange.kit.server import Server

MEMBERS = (
    "SELECT m.target_id AS author, f.id IS NOT NULL OR m.target_id = ? AS is_near FROM list_members m "
    "LEFT JOIN follows f ON f.account_id = ? AND f.target_id = m.target_id "
    "WHERE m.list_id = ? AND m.target_id <> ALL(?)"
)
FOR_OWNER = "(visibility IN ('public', 'unlisted') OR (visibility = 'private' AND f.is_near))"
FOR_OTHERS = "visibility = 'public'"


async def list_account_list(server: Server, viewer: Viewer, account_list: AccountList, page: Page) -> list[int]:
    """Ids of what stands on a list that the viewer may read.

    Its owner finds what they may see of everyone on it; others find public posts alone.
    """
    rules = await _rules(server, viewer.account_id, account_list)
    hidden = sorted(rules.relations.hidden)
    values = [viewer.account_id, viewer.account_id, account_list.id, hidden]
    condition = FOR_OWNER if rules.is_own else FOR_OTHERS

    async def take(page: Page) -> Portions:
        authors = await by_authors(server.db, MEMBERS, list(values), page, page.limit, condition)
        hashtags = await by_hashtags(server.db, rules.contents.hashtags, hidden, page, page.limit)
        return portions_of(authors, hashtags, page.limit, page)

    def choose(portions: Portions) -> list[Entry]:
        by_members = [found.entry for found in portions.by_authors if rules.takes(found.entry, found.language)]
        by_hashtags = filter(rules.takes_by_hashtag, portions.by_hashtags)
        return shown_to(viewer.account_id, [*by_members, *by_hashtags], rules.relations.hidden)

    entries, _ = await read_page(page, take, choose)
    chosen = entries[: page.limit] if page.forwards else entries[-page.limit :]
    return [entry.id for entry in reversed(chosen)]


async def _rules(server: Server, viewer_id: int, account_list: AccountList) -> ListRules:
    contents = await contents_of(server, account_list.id)
    relations, standings = await relations_of(server, viewer_id), await standings_of(server)
    return ListRules(account_list, contents, viewer_id, relations, standings)


async def list_showing(server: Server, status: Status, list_ids: Iterable[int]) -> dict[int, bool]:
    """Those of the lists on which a status stands for their owner; True where everyone finds it there."""
    holding = [id for id in list_ids if _holds(await contents_of(server, id), status)]
    if not holding or status.visibility is Visibility.DIRECT:
        return {}
    original = await find_status(server, status.reblog_of_id) if status.reblog_of_id else None
    language = (original or status).language
    showing: dict[int, bool] = {}
    for account_list in (await load_lists(server.db, holding)).values():
        rules = await _rules(server, account_list.account_id, account_list)
        if _shows(rules, status, entry_of(status, original), language):
            showing[account_list.id] = account_list.is_public and status.visibility is Visibility.PUBLIC
    return showing


def _holds(contents: ListContents, status: Status) -> bool:
    if status.account_id in contents.members:
        return True
    return bool(contents.hashtags) and not contents.hashtags.isdisjoint(hashtags_of(status))


def _shows(rules: ListRules, status: Status, entry: Entry, language: str) -> bool:
    if not shown_to(rules.viewer_id, [entry], rules.relations.hidden):
        return False
    is_near = status.account_id in rules.relations.following or status.account_id == rules.viewer_id
    is_by_member = status.account_id in rules.contents.members and (status.visibility.is_open or is_near)
    if is_by_member and rules.takes(entry, language):
        return True
    is_tagged = status.visibility is Visibility.PUBLIC and not status.reblog_of_id
    return is_tagged and rules.takes_by_hashtag(entry) and not rules.contents.hashtags.isdisjoint(hashtags_of(status))
