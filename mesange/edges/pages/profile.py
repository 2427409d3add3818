"""The page of an account: its posts, its posts with answers, what it says of itself, who follows whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from mesange.core.accounts.model import Account
from mesange.core.accounts.model.links import ProfileLine, profile_lines
from mesange.core.accounts.queries import load_account_stats
from mesange.core.follows.queries import list_followers, list_following, list_relationships
from mesange.core.statuses.queries import AccountFilter, list_account_statuses
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.descriptions import described_account
from mesange.edges.pages.handles import account_in_path
from mesange.edges.pages.lists import Feed, page_filled, page_of, window_of
from mesange.edges.pages.media_tiles import Tile, tiles_of
from mesange.edges.pages.people import people
from mesange.front.cards import cards_of
from mesange.front.content import Names, accounts_named_in, html_of
from mesange.front.faces import account_view, url_of
from mesange.front.filtering import filled_page
from mesange.front.views import AccountView, Card, Milliseconds, Page
from mesange.front.visit import Visit
from mesange.kit.paging import Page as Window
from mesange.kit.text import own_link
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

NO_PAGE = Page()
TILES = 30
TABS = {"posts": "", "replies": "/with_replies", "media": "/media"}


@dataclass(frozen=True, slots=True)
class RelationshipView:
    is_self: bool = False
    is_following: bool = False
    is_requested: bool = False
    is_followed_by: bool = False
    is_blocking: bool = False
    is_blocked_by: bool = False
    is_muting: bool = False
    hides_boosts: bool = False
    notifies: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """A line of a profile; `verified_at`: the page it names points back."""

    name: str
    value: Markup
    verified_at: Milliseconds | None


@dataclass(frozen=True, slots=True)
class ProfileView:
    account: AccountView
    bio: Markup
    joined_at: Milliseconds
    posts: int
    following: int
    followers: int
    relationship: RelationshipView
    fields: tuple[FieldView, ...] = ()


async def posts(visit: Visit) -> Response:
    return await _list(visit, "posts", AccountFilter(excludes_replies=True))


async def replies(visit: Visit) -> Response:
    return await _list(visit, "replies", AccountFilter())


async def media(visit: Visit) -> Response:
    account = await account_in_path(visit)
    window = window_of(visit, TILES)
    only = AccountFilter(excludes_reblogs=True, only_media=True)
    ids = await list_account_statuses(visit.server, visit.viewer, account.id, window, only)
    page = page_of(window, ids, Feed(url_of(account) + TABS["media"]))
    return await _show(visit, account, "media", [], page, tiles=await tiles_of(visit, account, ids))


async def _list(visit: Visit, tab: str, only: AccountFilter) -> Response:
    account = await account_in_path(visit)
    window = window_of(visit)
    pick = partial(list_account_statuses, visit.server, visit.viewer, account.id, only=only)
    filled = await filled_page(visit, window, pick, "account")
    cards = await cards_of(visit, filled.ids, "account")
    if tab == "posts" and window.is_first:
        cards = await _pinned_cards(visit, account) + cards
    path = url_of(account) + TABS[tab]
    return await _show(visit, account, tab, cards, page_filled(window, filled, Feed(path)))


async def _pinned_cards(visit: Visit, account: Account) -> list[Card]:
    pinned = AccountFilter(only_pinned=True)
    ids = await list_account_statuses(visit.server, visit.viewer, account.id, Window(limit=5), pinned)
    return [
        replace(card, is_pinned=True, cursor=f"{card.cursor}-pinned") for card in await cards_of(visit, ids, "account")
    ]


async def about(visit: Visit) -> Response:
    return await _show(visit, await account_in_path(visit), "about", [], NO_PAGE)


async def _show(
    visit: Visit, account: Account, tab: str, cards: list[Card], page: Page, tiles: Sequence[Tile] = ()
) -> Response:
    is_own = account.id == visit.viewer.account_id
    stats = (await load_account_stats(visit.server, [account.id]))[account.id]
    return await visit.page(
        "profile.html",
        place="person" if is_own else "",
        profile=await profile_view(visit, account),
        tab=tab,
        cards=cards,
        tiles=tiles,
        page=page,
        standing=standing_of(visit, account),
        address=f"@{account.username}@{account.domain or visit.server.settings.domain}",
        last_at=stats.last_status_at,
        hashtags=await busy_hashtags(visit.server),
        described=described_account(visit.server, account, stats),
    )


def standing_of(visit: Visit, account: Account) -> str:
    """What a reader is told of how the account stands here, "" when all is as usual."""
    name = account_view(visit.server, account).name
    if account.limited_at is not None:
        limited = _("The moderation of this place limits this account: it is shown to those who follow or look for it.")
        return visit.gettext(limited)
    if account.is_locked and visit.viewer.account_id != account.id:
        return visit.gettext(_("%(name)s approves who follows, and some posts are for followers only."), name=name)
    return ""


async def profile_view(visit: Visit, account: Account) -> ProfileView:
    server = visit.server
    stats = (await load_account_stats(server, [account.id]))[account.id]
    lines = profile_lines(account)
    names = await accounts_named_in(server, [account.note, *(line.value for line in lines)])
    return ProfileView(
        account=account_view(visit.server, account),
        bio=html_of(server, account.note, names),
        joined_at=account.created_at,
        posts=stats.statuses,
        following=stats.following,
        followers=stats.followers,
        relationship=await relationship_view(visit, account.id),
        fields=tuple(FieldView(line.name, _value(visit, line, names), line.verified_at) for line in lines),
    )


def _value(visit: Visit, line: ProfileLine, names: Names) -> Markup:
    if line.verified_at:
        return Markup(own_link(line.value))  # noqa: S704  (escaped by own_link)
    return html_of(visit.server, line.value, names)


async def relationship_view(visit: Visit, account_id: int) -> RelationshipView:
    viewer_id = visit.viewer.account_id
    if not viewer_id or viewer_id == account_id:
        return RelationshipView(is_self=bool(viewer_id))
    found = (await list_relationships(visit.server.db, viewer_id, [account_id], visit.server.clock.now()))[0]
    return RelationshipView(
        is_following=found.following is not None,
        is_requested=found.requested is not None,
        is_followed_by=found.followed_by,
        is_blocking=found.blocking,
        is_blocked_by=found.blocked_by,
        is_muting=found.mute is not None,
        hides_boosts=found.following is not None and not found.following.shows_reblogs,
        notifies=found.following is not None and found.following.notifies,
    )


async def followers(visit: Visit) -> Response:
    account = await account_in_path(visit)
    window = window_of(visit, 40)
    rows = await list_followers(visit.server.db, account.id, window)
    title = visit.gettext(_("Followers of %(name)s"), name=account_view(visit.server, account).name)
    return await people(visit, title, rows, window, Feed(f"{url_of(account)}/followers"))


async def following(visit: Visit) -> Response:
    account = await account_in_path(visit)
    window = window_of(visit, 40)
    rows = await list_following(visit.server.db, account.id, window)
    title = visit.gettext(_("Followed by %(name)s"), name=account_view(visit.server, account).name)
    return await people(visit, title, rows, window, Feed(f"{url_of(account)}/following"))
