"""The live side of a deck: one stream for all of its columns, for browsers open six connections to a server at most.

What comes by a channel that feeds columns begins with a line that names them.
"""

from mesange.core.accounts.queries import list_own_viewers
from mesange.core.decks.model import Column, ColumnKind
from mesange.core.decks.queries import get_column, get_deck, list_columns
from mesange.core.search.queries import until_indexed
from mesange.core.statuses.queries import only_visible
from mesange.edges.pages.channels import status_channel
from mesange.edges.pages.columns import ASKING, Content, asking_channel, content_of, feed_of, visit_as
from mesange.edges.pages.live import BEHIND, MOST_BEHIND, asking, newer_than, news, own_channels
from mesange.edges.pages.notices import mark_read
from mesange.front.visit import Visit, id_in, templates
from mesange.kit.errors import Gone, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.web.response import Response
from mesange.kit.web.streams import EventStream, label_line, stream_events


async def follow(visit: Visit) -> None:
    """Server-sent events as of one list. `after` holds `column:newest` for each column, with commas between."""
    deck = await get_deck(visit.server.db, visit.viewer, visit.request.id("id"))
    columns = await list_columns(visit.server.db, deck.id)
    held = await list_own_viewers(visit.server, visit.viewer)
    newest = dict(pair.split(":", 1) for pair in visit.text("after").split(",") if ":" in pair)

    async def missed(stream: EventStream) -> bytes:
        lines: list[bytes] = []
        for column in columns:
            if reading := visit_as(visit, column, held):
                lines += await _missed_in(column, reading, stream, id_in(newest.get(str(column.id), "")))
        return b"".join(lines)

    await stream_events(visit.request, visit.server.live, own_channels(visit), [], missed)


async def _missed_in(column: Column, visit: Visit, stream: EventStream, newest: int) -> list[bytes]:
    """From here on the stream follows the column and its newest posts; what came since the page has read it."""
    if column.kind in ASKING:
        return _to_be_asked(column, visit, stream)
    try:
        feed = await feed_of(visit, column)
        # Before it is read: a post that comes in between is told twice, never not at all.
        stream.follow(feed.channel, str(column.id))
        cursors, ids = await feed.news(Page(MOST_BEHIND))
    except (NotFound, Gone):
        return []
    for status in await only_visible(visit.server, visit.viewer, ids):
        stream.follow(status_channel(status.reblog_of_id or status.id))
    missed = [cursor for cursor in reversed(cursors) if cursor > newest]
    told = [BEHIND] if len(missed) == MOST_BEHIND else [news(cursor) for cursor in missed]
    return [label_line(str(column.id)) + message.sse for message in told]


def _to_be_asked(column: Column, visit: Visit, stream: EventStream) -> list[bytes]:
    try:
        stream.follow(asking_channel(visit, column), str(column.id))
    except Invalid:
        return []
    return [label_line(str(column.id)) + asking().sse]


async def cards(visit: Visit) -> Response:
    """What is newer than `after` in one column, as a piece of the page; a search waits for the post of `until`.

    Raises NotFound where it is shut.
    """
    column = await get_column(visit.server.db, visit.viewer, visit.request.id("id"), visit.request.id("column"))
    reading = visit_as(visit, column, await list_own_viewers(visit.server, visit.viewer))
    if reading is None:
        raise NotFound()
    if column.kind is ColumnKind.SEARCH and (awaited := visit.id("until")):
        await until_indexed(visit.server, awaited)
    content = await content_of(reading, column, newer_than(visit.text("after")))
    if column.kind is ColumnKind.NOTIFICATIONS and content.cursors:
        await mark_read(reading, content.cursors[0])
    return visit.fragment(await _html(reading, column, content))


async def _html(visit: Visit, column: Column, content: Content) -> str:
    frame, scope = await visit.frame(), f"{column.id}-"
    card = templates().macro(visit.language, "cards.html", "card", frame)
    notification = templates().macro(visit.language, "notification.html", "notification", frame)
    shown = [card(each, is_new=True, scope=scope) for each in content.cards]
    shown += [
        notification(each, is_new=True, scope=scope, is_onlooker=visit.looks_on) for each in content.notifications
    ]
    return "".join(shown)
