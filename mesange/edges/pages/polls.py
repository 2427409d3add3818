"""Voting by a plain form, or in place."""

from typing import Any

import msgspec

from mesange.core.statuses.actions.polls import vote
from mesange.core.statuses.queries import visible_poll, visible_status
from mesange.front.guard import safe_return
from mesange.front.polls import polls_of
from mesange.front.visit import Visit, id_in
from mesange.kit.errors import BadRequest, Invalid
from mesange.kit.web.response import Response


async def send_vote(visit: Visit) -> Response:
    """The poll as it stands now for htmx, else back to the post one came from."""
    poll_id = visit.request.id("id")
    try:
        await vote(visit.server, visit.viewer, poll_id, _choices(visit))
    except Invalid:
        if not visit.is_fragment:
            raise
    if not visit.is_fragment:
        return visit.back(f"{safe_return(visit.fields.get('return'))}#post-{poll_id}", told="voted")
    await visible_poll(visit.server, visit.viewer, poll_id)
    status = await visible_status(visit.server, visit.viewer, poll_id)
    return visit.fragment(str((await polls_of(visit, [status]))[poll_id]))


def _choices(visit: Visit) -> list[int]:
    given: Any = visit.fields.get("choices", [])
    try:
        return [id_in(text) for text in msgspec.convert(given, list[str])]
    except msgspec.ValidationError:
        raise BadRequest() from None
