"""The live side of a calendar and of a publication: streams of ids, and who writes there just now."""

import msgspec

from mesange.front.visit import Visit, templates
from mesange.kit.live import Message
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response
from mesange.kit.web.streams import EventStream, stream_events
from mesange.workspace.publishing.memory import Desks, calendar_channel, publication_channel
from mesange.workspace.publishing.pages.desk import desk_of
from mesange.workspace.publishing.queries import get_publication, names_of

LOOK = Message("publication", b'{"id":"0"}')


async def follow_calendar(visit: Visit) -> None:
    """Says `publication` when something changed; `after` is the server's time of what the page shows."""
    desk = await desk_of(visit)

    async def missed(stream: EventStream) -> bytes:
        now = visit.server.clock.now()
        return LOOK.sse if visit.server.of(Desks).has_changed(desk.id, _after(visit), now) else b""

    channels = [calendar_channel(desk.id), *_access(visit)]
    await stream_events(visit.request, visit.server.live, channels, [], missed)


async def follow_publication(visit: Visit) -> None:
    """Says `publication` when it changed, `writers` when somebody begins to write or stops."""
    publication = await get_publication(visit.server.db, visit.viewer, visit.request.id("id"))
    is_behind = str(publication.revision) != visit.text("after")

    async def missed(stream: EventStream) -> bytes:
        is_shared = visit.server.of(Desks).writers(publication.id, visit.server.clock.now())
        return (LOOK.sse if is_behind else b"") + (_writers(publication.id).sse if is_shared else b"")

    channels = [publication_channel(publication.id), *_access(visit)]
    await stream_events(visit.request, visit.server.live, channels, [], missed)


async def note_writing(visit: Visit) -> Response:
    """Sent by the page's script while somebody types, and once when they leave (`left`)."""
    publication = await get_publication(visit.server.db, visit.viewer, visit.request.id("id"))
    desks, now = visit.server.of(Desks), visit.server.clock.now()
    before = desks.writers(publication.id, now)
    if visit.text("left"):
        desks.stop_writing(publication.id, visit.viewer.user_id)
    else:
        desks.note_writing(publication.id, visit.viewer.user_id, now)
    if before != desks.writers(publication.id, now):
        visit.server.live.push(publication_channel(publication.id), _writers(publication.id))
    return visit.fragment("")


async def show_writers(visit: Visit) -> Response:
    """Who else writes here, as a piece of the page."""
    publication = await get_publication(visit.server.db, visit.viewer, visit.request.id("id"))
    part = templates().macro(visit.language, "publication_parts.html", "writers")
    return visit.fragment(part(await writers_of(visit, publication.id)))


async def writers_of(visit: Visit, publication_id: int) -> list[str]:
    """Names of the others."""
    at = visit.server.of(Desks).writers(publication_id, visit.server.clock.now())
    others = [user_id for user_id in at if user_id != visit.viewer.user_id]
    names = await names_of(visit.server.db, others) if others else {}
    return [names.get(user_id, visit.gettext(_("A colleague"))) for user_id in others]


def _writers(publication_id: int) -> Message:
    return Message("writers", msgspec.json.encode({"id": str(publication_id)}))


def _after(visit: Visit) -> int:
    after = visit.text("after")
    return int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0


def _access(visit: Visit) -> list[str]:
    """What ends the access of this session or login closes the stream."""
    return [f"session:{visit.viewer.session_id}", f"login:{visit.viewer.user_id}"]
