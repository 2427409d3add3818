"""What waits for me: words to approve, words sent back, what could not leave, drafts without an hour."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.front.clocks import place_of
from mesange.front.visit import Visit
from mesange.kit.paging import Page
from mesange.kit.web.calendar import Entry
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState
from mesange.workspace.publishing.pages.desk import PLACE, desk_of
from mesange.workspace.publishing.pages.entries import Sight
from mesange.workspace.publishing.pages.turns import turns_of
from mesange.workspace.publishing.pages.warnings import when_of
from mesange.workspace.publishing.queries import list_publications, list_themes

S = PublicationState
MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One publication in a list of what waits; `note` says why it does."""

    entry: Entry
    when: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    title: str
    waiting: Sequence[Waiting]


async def show(visit: Visit) -> Response:
    desk = await desk_of(visit)
    db, me = visit.server.db, visit.viewer.user_id

    async def of(*states: PublicationState, author_id: int = 0) -> list[Publication]:
        only = PublicationFilter(states=states, author_id=author_id)
        return await list_publications(db, visit.viewer, desk.id, Page(limit=MOST), only)

    in_review = await of(S.IN_REVIEW)
    turns = await turns_of(db, me, desk.roles, in_review)
    themes = {theme.id: theme for theme in await list_themes(db, visit.viewer, desk.id)}
    sight = Sight(visit, desk, (await place_of(visit)).zone, themes)

    def pile(title: str, publications: Sequence[Publication]) -> Pile:
        return Pile(
            visit.gettext(title),
            [
                Waiting(
                    sight.entry(each),
                    when_of(visit, each, sight.zone),
                    visit.gettext(each.reason) if each.reason else "",
                )
                for each in publications
            ],
        )

    piles = [
        pile(_("To approve"), [each for each in in_review if turns[each.id].is_mine]),
        pile(_("Sent back to you"), await of(S.CHANGES_REQUESTED, author_id=me)),
        pile(_("Was not published"), await of(S.FAILED, S.FROZEN)),
        pile(_("Approved, not scheduled"), await of(S.APPROVED) if desk.may_publish else []),
        pile(_("Your drafts"), await of(S.DRAFT, author_id=me)),
        pile(_("With colleagues"), [each for each in in_review if me in (each.author_id, each.edited_by)]),
    ]
    return await visit.page(
        "publishing_review.html", place=PLACE, desk=desk, piles=[each for each in piles if each.waiting]
    )
