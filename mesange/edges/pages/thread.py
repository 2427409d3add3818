"""A post alone, what it answers and what answers it; its history; who boosted it or made it a favourite."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from mesange.core.accounts.queries import load_accounts
from mesange.core.media.model import MediaAttachment
from mesange.core.media.queries import load_all_media
from mesange.core.statuses.model import Status, StatusVersion, Visibility
from mesange.core.statuses.queries import (
    MOST_AFTER,
    MOST_OF_A_THREAD,
    ThreadPage,
    get_thread_page,
    list_favouriting,
    list_reblogging,
    list_versions,
    visible_status,
)
from mesange.edges.pages.around import busy_hashtags
from mesange.edges.pages.changes import Change, changes
from mesange.edges.pages.descriptions import Described, described_post
from mesange.edges.pages.drafts import reply_draft, view_of
from mesange.edges.pages.handles import account_in_path
from mesange.edges.pages.lists import Feed, window_of
from mesange.edges.pages.people import people
from mesange.front.cards import cards_of
from mesange.front.content import accounts_named_in, html_of
from mesange.front.faces import url_of
from mesange.front.media import media_views
from mesange.front.polls import polls_of
from mesange.front.tails import tail_of
from mesange.front.views import NOTHING_SHOWN, Card, MediaView, Milliseconds
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import NotFound
from mesange.kit.text.embedding import USUAL_WIDTH, frame_height, frame_html
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response, redirect

VISIBILITIES = {
    Visibility.PUBLIC: _("Public"),
    Visibility.UNLISTED: _("Quiet public"),
    Visibility.PRIVATE: _("Followers only"),
    Visibility.DIRECT: _("Only the people mentioned"),
}


@dataclass(frozen=True, slots=True)
class RevisionView:
    created_at: Milliseconds
    content: Markup
    warning: str = ""
    media: tuple[MediaView, ...] = ()
    is_sensitive: bool = False
    changes: tuple[Change, ...] = ()


async def status_in_path(visit: Visit) -> Status:
    """Raises NotFound also for a status that stands under another name."""
    account = await account_in_path(visit)
    status = await visible_status(visit.server, visit.viewer, visit.request.id("id"))
    if status.account_id != account.id:
        raise NotFound()
    return status


async def show(visit: Visit) -> Response:
    status = await status_in_path(visit)
    if status.reblog_of_id:
        return await _to_original(visit, status.reblog_of_id)
    skipped = min(id_in(visit.text("skip")), MOST_OF_A_THREAD)
    around = await get_thread_page(visit.server, visit.viewer, status, skipped)
    before = [replace(card, is_joined=True) for card in await _cards(visit, around.ancestors, around.orphans)]
    view = await view_of(visit, status)
    described = await described_post(visit.server, status)
    return await visit.page(
        "thread.html",
        post=view,
        embedding=embedding_of(status, described) if status.visibility.is_open else "",
        alone=await tail_of(visit, status.id),
        poll=(await polls_of(visit, [status])).get(status.id, NOTHING_SHOWN),
        before=before,
        earlier=_earlier(around, status.id),
        is_orphan=status.id in around.orphans,
        after=_joined(await _cards(visit, around.descendants, around.orphans), around),
        skipped=skipped,
        previous=max(0, skipped - MOST_AFTER),
        next=around.next,
        visibility=visit.gettext(VISIBILITIES[status.visibility]),
        described=described,
        draft=None if visit.viewer.is_visitor else await reply_draft(visit, status),
        hashtags=await busy_hashtags(visit.server),
    )


def embedding_of(status: Status, described: Described) -> str:
    height = frame_height(status.spoiler_text or status.text, USUAL_WIDTH, holds_more=bool(status.holds))
    return frame_html(f"{described.url}/embed", described.title, USUAL_WIDTH, height)


async def _to_original(visit: Visit, status_id: int) -> Response:
    original = await visible_status(visit.server, visit.viewer, status_id)
    author = (await load_accounts(visit.server, [original.account_id]))[original.account_id]
    return redirect(f"{url_of(author)}/{original.id}")


def _earlier(around: ThreadPage, id: int) -> str:
    """Where one reads on above what is shown: from the topmost, or from the beginning when one in between is gone."""
    top = (around.ancestors or [id])[0]
    if around.begins_before:
        return f"/statuses/{top}"
    return f"/statuses/{around.first}" if top in around.orphans and around.first else ""


async def _cards(visit: Visit, ids: list[int], orphans: Container[int]) -> list[Card]:
    return [replace(card, is_orphan=int(card.id) in orphans) for card in await cards_of(visit, ids, "thread")]


def _joined(cards: list[Card], around: ThreadPage) -> list[Card]:
    """In reading order; an answer is joined to the next card when that one answers it."""
    joined = {before.id for before, after in pairwise(cards) if around.parents.get(int(after.id)) == int(before.id)}
    return [replace(card, is_joined=card.id in joined) for card in cards]


async def history(visit: Visit) -> Response:
    """What was taken back is for readers of the post, not for search engines."""
    status = await status_in_path(visit)
    visit.is_indexable = False
    versions = await list_versions(visit.server.db, status)
    names = await accounts_named_in(visit.server, [version.text for version in versions])
    every = await load_all_media(visit.server.db, status.id) if any(version.media for version in versions) else {}
    shown = [
        RevisionView(
            version.created_at,
            html_of(visit.server, version.text, names),
            version.spoiler_text,
            _media_then(version, every),
            version.is_sensitive,
            changes(before.text, version.text) if before else (),
        )
        for before, version in reversed([*zip([None, *versions], versions, strict=False)])
    ]
    return await visit.page("history.html", post=await view_of(visit, status), revisions=shown)


def _media_then(version: StatusVersion, every: Mapping[int, MediaAttachment]) -> tuple[MediaView, ...]:
    return media_views([replace(every[id], description=words) for id, words in version.media if id in every])


async def boosters(visit: Visit) -> Response:
    status = await status_in_path(visit)
    window = window_of(visit, 40)
    rows = await list_reblogging(visit.server.db, status.id, window)
    return await people(visit, visit.gettext(_("Boosted by")), rows, window, Feed(visit.request.path))


async def admirers(visit: Visit) -> Response:
    status = await status_in_path(visit)
    window = window_of(visit, 40)
    rows = await list_favouriting(visit.server.db, status.id, window)
    return await people(visit, visit.gettext(_("A favourite of")), rows, window, Feed(visit.request.path))


async def by_id(visit: Visit) -> Response:
    """The short way to a post whose author one does not name."""
    status = await visible_status(visit.server, visit.viewer, visit.request.id("id"))
    return await _to_original(visit, status.reblog_of_id or status.id)
