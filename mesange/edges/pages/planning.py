"""What is written but not sent: keeping it as a draft, planning it for an hour, going on with either."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from mesange.core.statuses.actions.drafts import delete_draft, save_draft
from mesange.core.statuses.actions.schedule import reschedule_posts, schedule_posts
from mesange.core.statuses.model import Draft as Words
from mesange.core.statuses.model import Status, parts_in
from mesange.core.statuses.queries import get_draft, get_scheduled, visible_status
from mesange.edges.pages.drafts import new_draft, reply_draft
from mesange.edges.pages.parts import Part, part_views, parts_kept
from mesange.front.clocks import place_of, remember_place, typed_hour
from mesange.front.languages import LANGUAGES
from mesange.front.views import Draft
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


def said_in(parts: Sequence[Part]) -> list[Part]:
    """Parts that say something; the first when none does."""
    return [part for part in parts if not part.is_empty] or list(parts[:1])


def words_of(visit: Visit, parts: Sequence[Part], answered: Status | None) -> list[Words]:
    language = said if (said := visit.text("language")) in LANGUAGES else None
    words = [part.words(visit.text("visibility"), answered.id if answered else None) for part in said_in(parts)]
    return [replace(each, language=language) for each in words]


async def keep(visit: Visit, parts: Sequence[Part], answered: Status | None) -> Response:
    await save_draft(visit.server, visit.viewer, words_of(visit, parts, answered), visit.id("draft_id"))
    return visit.back("/drafts", told="kept")


async def autosave(visit: Visit, parts: Sequence[Part], answered: Status | None) -> Response:
    """The id of the draft, for the page's script to send with the next one."""
    kept = await save_draft(visit.server, visit.viewer, words_of(visit, parts, answered), visit.id("draft_id"))
    return visit.fragment(str(kept.id))


async def plan(visit: Visit, parts: Sequence[Part], answered: Status | None, at: int | None) -> None:
    """Raises Invalid, also without an hour; and what refuses to be published."""
    if at is None:
        raise Invalid("Give the day and the hour, both.", field="scheduled_at")
    words = words_of(visit, parts, answered)
    if scheduled_id := visit.id("scheduled_id"):
        await reschedule_posts(visit.server, visit.viewer, scheduled_id, at, words)
    else:
        await schedule_posts(visit.server, visit.viewer, words, at, visit.text("once"))
    await remember_place(visit)
    await forget_draft(visit, parts)


async def forget_draft(visit: Visit, parts: Sequence[Part]) -> None:
    """What is sent or planned is no draft any more; its files are needed elsewhere now."""
    if draft_id := visit.id("draft_id"):
        needed = [id for part in parts for id in part.words("", None).media_ids]
        with suppress(NotFound):
            await delete_draft(visit.server, visit.viewer, draft_id, needed)


async def begun(visit: Visit) -> Draft | None:
    """The composer with a draft (`draft` names it) or a planned post (`scheduled`); None when neither is asked for."""
    if draft_id := visit.id("draft"):
        kept = await get_draft(visit.server.db, visit.viewer, draft_id)
        return replace(await _composer(visit, parts_in(kept.parts), {}), draft_id=str(kept.id))
    if scheduled_id := visit.id("scheduled"):
        planned = await get_scheduled(visit.server.db, visit.viewer, scheduled_id)
        hour = typed_hour(planned.scheduled_at, (await place_of(visit)).zone)
        return replace(await _composer(visit, parts_in(planned.parts), hour), scheduled_id=str(planned.id))
    return None


async def _composer(visit: Visit, words: Sequence[Words], hour: dict[str, str]) -> Draft:
    parts = part_views(await parts_kept(visit, words))
    answered = await _still_there(visit, words[0].in_reply_to_id)
    draft = await reply_draft(visit, answered, parts) if answered else await new_draft(visit, parts)
    visibility = words[0].visibility or draft.form.values["visibility"]
    return replace(
        draft,
        form=Form.of({"visibility": visibility, "language": words[0].language or "", **hour}),
        key=f"{draft.key}-kept",
    )


async def _still_there(visit: Visit, status_id: int | None) -> Status | None:
    """What the words answer, unless it was deleted since."""
    if status_id is None:
        return None
    with suppress(NotFound):
        return await visible_status(visit.server, visit.viewer, status_id)
    return None
