"""What a careful colleague would say before it is saved: the same words already, or the same account at that hour."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from mesange.core.statuses.model import Draft
from mesange.front.clocks import place_of
from mesange.front.visit import Visit
from mesange.kit.clock import HOUR
from mesange.kit.paging import Page
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.dates import Dates
from mesange.kit.zones import wall_of
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState
from mesange.workspace.publishing.pages.desk import Desk
from mesange.workspace.publishing.pages.entries import words_of
from mesange.workspace.publishing.queries import list_near, list_publications

LOOKED_THROUGH = 300


async def warnings_for(
    visit: Visit, desk: Desk, account_ids: Sequence[int], drafts: Sequence[Draft], instant: int | None, but: int = 0
) -> list[str]:
    """Sentences; nothing is refused."""
    said = await _same_words(visit, desk, drafts, but)
    if instant is not None:
        said += await _same_hour(visit, desk, account_ids, instant, but)
    return said


async def _same_words(visit: Visit, desk: Desk, drafts: Sequence[Draft], but: int) -> list[str]:
    words, zone = [draft.text.strip() for draft in drafts], (await place_of(visit)).zone
    page = Page(limit=LOOKED_THROUGH)
    earlier = await list_publications(visit.server.db, visit.viewer, desk.id, page, PublicationFilter())
    same = [
        each
        for each in earlier
        if each.id != but
        and each.state is not PublicationState.CANCELLED
        and each.boosts_id is None
        and [draft.text.strip() for draft in each.drafts] == words
    ]
    sentence = _("%(account)s says the same words already, %(when)s.")
    return [visit.gettext(sentence, **_named(visit, desk, each, zone)) for each in same[:3]]


async def _same_hour(visit: Visit, desk: Desk, account_ids: Sequence[int], instant: int, but: int) -> list[str]:
    around = (instant - HOUR // 2, instant + HOUR // 2)
    near = await list_near(visit.server.db, visit.viewer, desk.id, account_ids, around, but)
    zone = (await place_of(visit)).zone
    sentence = _("%(account)s publishes something else %(when)s: %(words)s")
    return [
        visit.gettext(sentence, words=words_of(visit, each, 60), **_named(visit, desk, each, zone)) for each in near[:3]
    ]


def _named(visit: Visit, desk: Desk, each: Publication, zone: ZoneInfo) -> dict[str, str]:
    return {"account": desk.accounts[each.account_id].handle, "when": when_of(visit, each, zone)}


def when_of(visit: Visit, publication: Publication, zone: ZoneInfo) -> str:
    """By the clocks of whoever looks."""
    if publication.planned_at is None:
        return visit.gettext(_("without a time"))
    at = wall_of(publication.planned_at, zone)
    dates = Dates(visit.language, visit.gettext)
    return visit.gettext(_("%(day)s, %(hour)s"), day=dates.day(at.date()), hour=f"{at:%H:%M}")
