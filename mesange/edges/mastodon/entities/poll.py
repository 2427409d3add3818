"""Poll: what is asked, how it stands, what the viewer chose. Rendered each time: it lives."""

from collections.abc import Sequence
from typing import Any

from mesange.core.statuses.model import PollState
from mesange.core.statuses.queries import load_choices, load_polls
from mesange.kit.clock import iso
from mesange.kit.server import Server
from mesange.kit.web.response import encode_json


async def polls_bytes(server: Server, viewer_id: int, ids: Sequence[int]) -> dict[int, bytes]:
    """Poll entities by the id of their status; no query when none of them has one."""
    if not ids:
        return {}
    found = await load_polls(server, ids)
    choices = await load_choices(server.db, viewer_id, list(found))
    now = server.clock.now()
    return {id: encode_json(_poll(state, viewer_id, choices.get(id), now)) for id, state in found.items()}


def _poll(state: PollState, viewer_id: int, chosen: list[int] | None, now: int) -> dict[str, Any]:
    poll, shows = state.poll, state.shows_totals(now)
    return {
        "id": str(poll.status_id),
        "expires_at": iso(poll.expires_at),
        "expired": poll.is_over(now),
        "multiple": poll.is_multiple,
        "votes_count": state.votes,
        "voters_count": poll.voters,
        "options": [{"title": each.title, "votes_count": each.votes if shows else None} for each in state.options],
        "emojis": [],
        "voted": chosen is not None or viewer_id == poll.account_id,
        "own_votes": chosen or [],
    }


def poll_asked(titles: Sequence[str]) -> dict[str, Any] | None:
    """The poll of an earlier version: what was asked, without how it stood."""
    return {"options": [{"title": title} for title in titles]} if titles else None
