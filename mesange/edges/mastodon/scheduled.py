"""Scheduled statuses: what waits for its hour."""

from collections.abc import Sequence
from typing import Any

import msgspec

from mesange.core.media.queries import list_media
from mesange.core.statuses.actions.schedule import reschedule_posts, unschedule_posts
from mesange.core.statuses.model import Draft, PollDraft, ScheduledStatus, parts_in
from mesange.core.statuses.queries import get_scheduled, list_scheduled
from mesange.edges.mastodon.entities.media import media_entities
from mesange.front.api import Api, Call
from mesange.front.paging import STATUSES, list_response, page_of
from mesange.kit.clock import iso
from mesange.kit.errors import Invalid
from mesange.kit.web.response import Response, encode_json, json_response
from mesange.kit.zones import instant_in

api = Api()


def instant(text: str) -> int:
    """Raises Invalid for what is no time."""
    found = instant_in(text)
    if found is None:
        raise Invalid(
            "Validation failed: Scheduled at is a date and time like 2026-11-24T18:00:00Z", field="scheduled_at"
        )
    return found


async def scheduled_status(call: Call, planned: ScheduledStatus) -> Response:
    return json_response((await _entities(call, [planned]))[0])


async def _entities(call: Call, found: Sequence[ScheduledStatus]) -> list[dict[str, Any]]:
    """Of a thread, its first part."""
    drafts = [parts_in(planned.parts)[0] for planned in found]
    held = await list_media(call.server.db, call.viewer, [id for draft in drafts for id in draft.media_ids])
    media = {each.id: each for each in held}
    return [
        {
            "id": str(planned.id),
            "scheduled_at": iso(planned.scheduled_at),
            "params": _params(planned, draft),
            "media_attachments": media_entities(
                call.server.settings, [media[id] for id in draft.media_ids if id in media]
            ),
        }
        for planned, draft in zip(found, drafts, strict=True)
    ]


def _params(planned: ScheduledStatus, draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "poll": _poll(draft.poll) if draft.poll else None,
        "media_ids": [str(id) for id in draft.media_ids] or None,
        "sensitive": draft.is_sensitive,
        "spoiler_text": draft.spoiler_text or None,
        "visibility": draft.visibility,
        "in_reply_to_id": draft.in_reply_to_id,
        "language": draft.language or None,
        "application_id": planned.client_id or 0,
        "scheduled_at": None,
        "idempotency": None,
        "with_rate_limit": False,
    }


def _poll(poll: PollDraft) -> dict[str, Any]:
    return {
        "options": list(poll.options),
        "expires_in": poll.expires_in,
        "multiple": poll.is_multiple,
        "hide_totals": poll.hides_totals,
    }


@api.get("/api/v1/scheduled_statuses", "read:statuses")
async def list_all(call: Call) -> Response:
    page = page_of(call, STATUSES)
    found = await list_scheduled(call.server.db, call.viewer, page)
    return list_response(call, encode_json(await _entities(call, found)), [each.id for each in found], page)


@api.get("/api/v1/scheduled_statuses/:id", "read:statuses")
async def show_scheduled(call: Call) -> Response:
    return await scheduled_status(call, await get_scheduled(call.server.db, call.viewer, call.request.id("id")))


class Time(msgspec.Struct):
    scheduled_at: str = ""


@api.put("/api/v1/scheduled_statuses/:id", "write:statuses")
async def move_scheduled(call: Call) -> Response:
    at = instant((await call.read(Time)).scheduled_at)
    return await scheduled_status(call, await reschedule_posts(call.server, call.viewer, call.request.id("id"), at))


@api.delete("/api/v1/scheduled_statuses/:id", "write:statuses")
async def delete_scheduled(call: Call) -> Response:
    await unschedule_posts(call.server, call.viewer, call.request.id("id"))
    return json_response({})


ROUTES = api.routes
