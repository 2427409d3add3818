"""Posts that wait for their hour, and those that were refused at it, with the reason; the person's time zone."""

import re
from dataclasses import dataclass
from zoneinfo import available_timezones

from mesange.core.accounts.actions.users import set_time_zone
from mesange.core.statuses.actions.drafts import delete_draft, save_draft
from mesange.core.statuses.actions.schedule import unschedule_posts
from mesange.core.statuses.model import ScheduledStatus, parts_in
from mesange.core.statuses.queries import get_scheduled, list_planned
from mesange.front.asking import Question, ask
from mesange.front.clocks import Place, place_of, said, wall_milliseconds
from mesange.front.views import Ids, Milliseconds, Page
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.text import excerpt
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

PAGE = 20
EXCERPT = 200
PLACE_IN_LIST = re.compile(r"([0-9]{1,15})-([0-9]{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScheduledView:
    """A post that waits, or failed: `day` is counted as the place of the person counts it."""

    id: Ids
    excerpt: str
    parts: int
    day: Milliseconds
    hour: str
    reason: str = ""


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, status: int = 200) -> Response:
    after = PLACE_IN_LIST.fullmatch(visit.text("after"))
    start = (int(after[1]), int(after[2])) if after else (0, 0)
    found = await list_planned(visit.server.db, visit.viewer, start, PAGE)
    place = await place_of(visit)
    older = f"/scheduled?after={found[-1].scheduled_at}-{found[-1].id}" if len(found) == PAGE else ""
    return await visit.page(
        "scheduled.html",
        status=status,
        place="calendar",
        planned=[_view(visit, each, place) for each in found],
        page=Page(older=older, newer="/scheduled" if after else ""),
        zone=place,
        zones=sorted(available_timezones()),
        form=form,
    )


def _view(visit: Visit, planned: ScheduledStatus, place: Place) -> ScheduledView:
    parts = parts_in(planned.parts)
    return ScheduledView(
        id=str(planned.id),
        excerpt=excerpt(parts[0].text, EXCERPT),
        parts=len(parts),
        day=wall_milliseconds(planned.scheduled_at, place.zone),
        hour=said(visit, planned.scheduled_at, place.zone),
        reason=visit.gettext(planned.reason) if planned.reason else "",
    )


async def ask_delete(visit: Visit) -> Response:
    planned = await get_scheduled(visit.server.db, visit.viewer, visit.request.id("id"))
    question = Question(
        title=_("Do not send this post?"),
        back="/scheduled",
        action=f"/scheduled/{planned.id}/delete",
        quoted=parts_in(planned.parts)[0].text,
        text=_("It will not go out. You may keep its words as a draft."),
        verb=_("Delete it"),
        other_verb=_("Keep it as a draft"),
        other_action=f"/scheduled/{planned.id}/keep",
    )
    return await ask(visit, question)


async def delete(visit: Visit) -> Response:
    await unschedule_posts(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/scheduled", told="unplanned")


async def keep(visit: Visit) -> Response:
    await _become_draft(visit)
    return visit.back("/drafts", told="kept")


async def undo(visit: Visit) -> Response:
    """Back into the composer, before it leaves; afterwards one can only delete it."""
    try:
        draft_id = await _become_draft(visit)
    except NotFound:
        return visit.back("/", told="too-late")
    return visit.back(f"/compose?draft={draft_id}")


async def _become_draft(visit: Visit) -> int:
    """The draft first: should the server stop in between, the words are there twice and not lost. Raises NotFound."""
    planned = await get_scheduled(visit.server.db, visit.viewer, visit.request.id("id"))
    words = parts_in(planned.parts)
    kept = await save_draft(visit.server, visit.viewer, words)
    try:
        await unschedule_posts(visit.server, visit.viewer, planned.id)
    except NotFound:  # It went out meanwhile: no draft of it is wanted.
        await delete_draft(visit.server, visit.viewer, kept.id, [id for each in words for id in each.media_ids])
        raise
    await save_draft(visit.server, visit.viewer, words, kept.id)  # Its files are held anew.
    return kept.id


async def choose_zone(visit: Visit) -> Response:
    name = visit.text("time_zone").strip()
    try:
        await set_time_zone(visit.server, visit.viewer.user_id, name[:64])
    except Invalid as error:
        form = Form.of({"time_zone": name}, time_zone=visit.gettext(error.public_text))
        return await _page(visit, form, error.http_status)
    return visit.back("/scheduled", told="saved")
