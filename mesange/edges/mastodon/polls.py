"""Polls: how they stand, and voting in them."""

import msgspec

from mesange.core.statuses.actions.polls import vote
from mesange.core.statuses.model import PollDraft
from mesange.core.statuses.queries import visible_poll
from mesange.edges.mastodon.entities.poll import polls_bytes
from mesange.front.api import Api, Call, Who
from mesange.kit.errors import Invalid
from mesange.kit.web.response import Response

api = Api()


class NewPoll(msgspec.Struct):
    """`poll` of a new or edited status."""

    options: list[str] | str = msgspec.field(default_factory=list[str])
    expires_in: int | str = 0
    multiple: bool | None = None
    hide_totals: bool | None = None

    def draft(self) -> PollDraft:
        options = [self.options] if isinstance(self.options, str) else self.options
        seconds = str(self.expires_in)
        return PollDraft(
            options=tuple(options),
            expires_in=int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 12 else 0,
            is_multiple=bool(self.multiple),
            hides_totals=bool(self.hide_totals),
        )


class Choices(msgspec.Struct):
    choices: list[str | int] = msgspec.field(default_factory=list[str | int])

    def numbers(self) -> list[int]:
        """Raises Invalid for what is no number."""
        try:
            return [int(choice) for choice in self.choices]
        except ValueError:
            raise Invalid("Validation failed: The chosen vote option does not exist", field="choices") from None


@api.get("/api/v1/polls/:id", "read:statuses", Who.ANYONE, kept=True)
async def show_poll(call: Call) -> Response:
    return await _answer(call, call.request.id("id"))


@api.post("/api/v1/polls/:id/votes", "write:statuses")
async def vote_in_poll(call: Call) -> Response:
    poll_id = call.request.id("id")
    await vote(call.server, call.viewer, poll_id, (await call.read(Choices)).numbers())
    return await _answer(call, poll_id)


async def _answer(call: Call, poll_id: int) -> Response:
    await visible_poll(call.server, call.viewer, poll_id)
    return Response((await polls_bytes(call.server, call.viewer.account_id, [poll_id]))[poll_id])


ROUTES = api.routes
