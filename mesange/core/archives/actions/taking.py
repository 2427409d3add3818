"""What one line of a CSV file changes here, by kind of file."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_account_by_acct
from mesange.core.archives.model import Kind
from mesange.core.filters.actions import delete_filter, delete_keyword, place_word
from mesange.core.filters.model import Filter, checked_action, checked_contexts
from mesange.core.filters.queries import get_filter, get_keyword
from mesange.core.follows.actions import (
    FollowOptions,
    block_account,
    follow_account,
    hide_domain,
    mute_account,
    show_domain,
    unblock_account,
    unfollow_account,
    unmute_account,
)
from mesange.core.lists.actions import ListChoice, add_members, create_list, remove_members
from mesange.core.lists.queries import list_lists
from mesange.core.statuses.actions.marks import bookmark_status, unbookmark_status
from mesange.kit.errors import Gone, Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.server import Server
from mesange.kit.text import checked_domain, checked_title
from mesange.kit.web.catalogue import marked as _
from mesange.kit.zones import instant_in

Cells: TypeAlias = Mapping[str, str]

ELSEWHERE = _("This account is on another server, which this one does not know yet.")
NOBODY = _("Nobody here has this name.")
NO_ADDRESS = _("This is not the address of an account.")
NO_POST = _("There is no post of this server at this address, or you may not see it.")
NO_TIME = _("A time is written like 2026-11-24T18:00:00Z.")
YES = ("true", "1", "yes", "t", "y")
OUR_POST = re.compile(r"/(?:@|users/)[^/]+/(?:statuses/)?(\d{1,20})(?:/activity)?|/statuses/(\d{1,20})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Taker:
    """`take` does what a line says and gives the id of what it names; `held` are the ids that stand here already,
    `remove` takes one of them away. Each refuses as the same act by hand would."""

    take: Callable[[Server, Viewer, Cells], Awaitable[int]]
    held: Callable[[Server, Viewer], Awaitable[list[int]]]
    remove: Callable[[Server, Viewer, int], Awaitable[object]]


async def _account_in(server: Server, cells: Cells) -> int:
    """Raises Invalid with what is wrong with the address."""
    address = cells.get("Account address", "").removeprefix("@").removeprefix("acct:")
    name, at, host = address.partition("@")
    if not name or (at and not host) or len(address) > 400:
        raise Invalid(NO_ADDRESS)
    account = await find_account_by_acct(server, address)
    is_ours = not host or host.lower() == server.settings.domain.lower()
    if account is None or account.is_hidden:
        raise Invalid(NOBODY if is_ours else ELSEWHERE)
    return account.id


async def _follow(server: Server, viewer: Viewer, cells: Cells) -> int:
    target = await _account_in(server, cells)
    languages = re.findall(r"[a-z]{2,3}", cells.get("Languages", "").lower())
    options = FollowOptions(
        _choice(cells, "Show boosts"), _choice(cells, "Notify on new posts"), " ".join(languages[:50]) or None
    )
    await follow_account(server, viewer, target, options)
    return target


async def _block(server: Server, viewer: Viewer, cells: Cells) -> int:
    target = await _account_in(server, cells)
    await block_account(server, viewer, target)
    return target


async def _mute(server: Server, viewer: Viewer, cells: Cells) -> int:
    target = await _account_in(server, cells)
    hides = _choice(cells, "Hide notifications")
    await mute_account(server, viewer, target, hides_notifications=hides is not False)
    return target


async def _bookmark(server: Server, viewer: Viewer, cells: Cells) -> int:
    uri = cells.get("#uri", "")
    parts = urlsplit(uri) if "[" not in uri else urlsplit("")
    found = OUR_POST.fullmatch(parts.path)
    if found is None or parts.netloc.lower() != server.settings.domain.lower():
        raise Invalid(NO_POST)
    try:
        return (await bookmark_status(server, viewer, id_of(found[1] or found[2]) or 0)).id
    except (NotFound, Gone):
        raise Invalid(NO_POST) from None


async def _list_member(server: Server, viewer: Viewer, cells: Cells) -> int:
    """On the list of that title, which is made when there is none."""
    title = checked_title(cells.get("List name", ""))
    target = await _account_in(server, cells)
    mine = await list_lists(server.db, viewer)
    found = next((each for each in mine if each.title == title), None)
    found = found or await create_list(server, viewer, ListChoice(title=title))
    await add_members(server, viewer, found.id, [target])
    member = "SELECT id FROM list_members WHERE list_id = ? AND target_id = ?"
    return await server.db.value(member, found.id, target)


async def _members_held(server: Server, viewer: Viewer) -> list[int]:
    rows = await server.db.rows(
        "SELECT id FROM list_members WHERE list_id IN (SELECT id FROM account_lists WHERE account_id = ?)",
        viewer.account_id,
    )
    return [id for (id,) in rows]


async def _take_off_list(server: Server, viewer: Viewer, member_id: int) -> None:
    row = await server.db.row("SELECT list_id, target_id FROM list_members WHERE id = ?", member_id)
    if row:
        await remove_members(server, viewer, row[0], [row[1]])


async def _hide_domain(server: Server, viewer: Viewer, cells: Cells) -> int:
    name = checked_domain(cells.get("#domain", ""))
    await hide_domain(server, viewer, name)
    hidden = "SELECT id FROM account_domain_blocks WHERE account_id = ? AND domain = ?"
    return await server.db.value(hidden, viewer.account_id, name)


async def _show_domain(server: Server, viewer: Viewer, row_id: int) -> None:
    hidden = "SELECT domain FROM account_domain_blocks WHERE id = ? AND account_id = ?"
    if domain := await server.db.value(hidden, row_id, viewer.account_id):
        await show_domain(server, viewer, domain)


async def _filter_word(server: Server, viewer: Viewer, cells: Cells) -> int:
    """On the filter that the line describes, which is made when there is none."""
    said = cells.get("Expires at", "")
    expires_at = instant_in(said) or 0
    if said and expires_at <= 0:
        raise Invalid(NO_TIME)
    wanted = Filter(
        server.ids.next(),
        viewer.account_id,
        checked_title(cells.get("Filter name", "")),
        checked_contexts(re.findall(r"[^\s,]+", cells.get("Contexts", ""))),
        checked_action(cells.get("Action", "").lower()),
        expires_at or None,
    )
    return await place_word(
        server, viewer, wanted, cells.get("Keyword", ""), is_whole_word=bool(_choice(cells, "Whole word"))
    )


async def _words_held(server: Server, viewer: Viewer) -> list[int]:
    rows = await server.db.rows(
        "SELECT id FROM filter_keywords WHERE filter_id IN (SELECT id FROM filters WHERE account_id = ?)",
        viewer.account_id,
    )
    return [id for (id,) in rows]


async def _take_off_filter(server: Server, viewer: Viewer, keyword_id: int) -> None:
    """The filter goes with its last word, unless it holds posts."""
    filter_id = (await get_keyword(server.db, viewer, keyword_id)).filter_id
    await delete_keyword(server, viewer, keyword_id)
    left = await get_filter(server.db, viewer, filter_id)
    if not left.keywords and not left.statuses:
        await delete_filter(server, viewer, filter_id)


def _choice(cells: Cells, column: str) -> bool | None:
    """None when the file does not say."""
    said = cells.get(column, "").lower()
    return said in YES if said else None


def _held_in(table: str, column: str) -> Callable[[Server, Viewer], Awaitable[list[int]]]:
    async def held(server: Server, viewer: Viewer) -> list[int]:
        rows = await server.db.rows(f"SELECT {column} FROM {table} WHERE account_id = ?", viewer.account_id)
        return [id for (id,) in rows]

    return held


TAKERS: Mapping[Kind, Taker] = {
    Kind.FOLLOWING: Taker(_follow, _held_in("follows", "target_id"), unfollow_account),
    Kind.BLOCKING: Taker(_block, _held_in("blocks", "target_id"), unblock_account),
    Kind.MUTING: Taker(_mute, _held_in("mutes", "target_id"), unmute_account),
    Kind.LISTS: Taker(_list_member, _members_held, _take_off_list),
    Kind.BOOKMARKS: Taker(_bookmark, _held_in("bookmarks", "status_id"), unbookmark_status),
    Kind.DOMAINS: Taker(_hide_domain, _held_in("account_domain_blocks", "id"), _show_domain),
    Kind.FILTERS: Taker(_filter_word, _words_held, _take_off_filter),
}
