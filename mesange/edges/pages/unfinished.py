"""Drafts: what waits to be written on."""

from dataclasses import dataclass

from mesange.core.statuses.actions.drafts import delete_draft
from mesange.core.statuses.model import StoredDraft, parts_in
from mesange.core.statuses.queries import list_drafts
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.text import excerpt
from mesange.kit.web.response import Response

EXCERPT = 200


@dataclass(frozen=True, slots=True)
class UnfinishedView:
    id: Ids
    excerpt: str
    parts: int
    updated_at: Milliseconds


async def show(visit: Visit) -> Response:
    window = window_of(visit)
    found = await list_drafts(visit.server.db, visit.viewer, window)
    page = page_of(window, [each.id for each in found], Feed("/drafts"))
    return await visit.page("drafts.html", place="pencil", drafts=[_view(each) for each in found], page=page)


def _view(draft: StoredDraft) -> UnfinishedView:
    parts = parts_in(draft.parts)
    words = next((part.text for part in parts if part.text.strip()), "")
    return UnfinishedView(str(draft.id), excerpt(words, EXCERPT), len(parts), draft.updated_at)


async def delete(visit: Visit) -> Response:
    await delete_draft(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/drafts", told="draft-deleted")
