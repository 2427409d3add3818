"""The table of this room's routes."""

from collections.abc import Mapping

from mesange.front import endpoints
from mesange.front.endpoints import Screen
from mesange.front.errors import error_page
from mesange.kit.web.plain_errors import plain_text_error
from mesange.kit.web.router import Route
from mesange.workspace.publishing.pages import calendar, feed, live, publication, review, steps, writing

READS: Mapping[str, Screen] = {
    "/publishing": calendar.show,
    "/publishing/new": writing.show,
    "/publishing/review": review.show,
    "/publishing/settings": feed.show,
    "/publishing/live": live.follow_calendar,
    "/publishing/:id": publication.show,
    "/publishing/:id/live": live.follow_publication,
    "/publishing/:id/writers": live.show_writers,
}

WRITES: Mapping[str, Screen] = {
    "/publishing/new": writing.send,
    "/publishing/bulk": steps.bulk,
    "/publishing/settings": feed.change,
    "/publishing/:id": publication.save,
    "/publishing/:id/comment": publication.comment,
    "/publishing/:id/changes": steps.ask_changes,
    "/publishing/:id/move": steps.move,
    "/publishing/:id/writing": live.note_writing,
    "/publishing/:id/:verb": steps.take,
}


def routes() -> list[Route]:
    table = [Route("GET", path, endpoints.signed_in(screen), error_page) for path, screen in READS.items()]
    table += [
        Route("POST", path, endpoints.signed_in(screen, writes=True), error_page) for path, screen in WRITES.items()
    ]
    return [*table, Route("GET", "/publishing/calendar/:secret.ics", feed.read, plain_text_error)]
