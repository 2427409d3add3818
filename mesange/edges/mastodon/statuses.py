"""Statuses and what is done with them."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.processing import settle_media
from mesange.core.media.model import MediaWords, focus_of
from mesange.core.statuses.actions import marks
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.actions.schedule import schedule_posts
from mesange.core.statuses.model import Draft, Status
from mesange.core.statuses.queries import (
    get_thread,
    list_favouriting,
    list_marked,
    list_reblogging,
    list_versions,
    only_visible,
    visible_status,
)
from mesange.edges.mastodon.asking import Ids
from mesange.edges.mastodon.entities.account import account_list
from mesange.edges.mastodon.entities.status import status_bytes, status_edits, status_list
from mesange.edges.mastodon.polls import NewPoll
from mesange.edges.mastodon.scheduled import instant, scheduled_status
from mesange.front.api import Api, Call, Who
from mesange.front.limits import DELETES
from mesange.front.limits import STATUSES as STATUS_LIMIT
from mesange.front.paging import ACCOUNTS, STATUSES, list_response, page_of
from mesange.kit.errors import NotFound
from mesange.kit.ids import id_of
from mesange.kit.server import Server
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()
PATIENCE = 5.0


class NewStatus(msgspec.Struct):
    status: str | None = None
    spoiler_text: str | None = None
    sensitive: bool | None = None
    visibility: str | None = None
    language: str | None = None
    in_reply_to_id: str | int | None = None
    media_ids: list[str | int] | None = None
    poll: NewPoll | None = None
    scheduled_at: str | None = None


@api.post("/api/v1/statuses", "write:statuses", limit=STATUS_LIMIT)
async def create_status(call: Call) -> Response:
    given = await call.read(NewStatus)
    draft = Draft(
        text=given.status or "",
        spoiler_text=given.spoiler_text or "",
        is_sensitive=given.sensitive,
        language=given.language,
        visibility=given.visibility,
        in_reply_to_id=_answered(given.in_reply_to_id),
        media_ids=ids_in(given.media_ids or []),
        poll=given.poll.draft() if given.poll else None,
    )
    # Some clients do not wait until a file is ready.
    await settle_media(call.server, draft.media_ids, PATIENCE)
    key = call.request.header(b"idempotency-key")
    if given.scheduled_at:
        planned = await schedule_posts(call.server, call.viewer, [draft], instant(given.scheduled_at), key)
        return await scheduled_status(call, planned)
    status = await publish_status(call.server, call.viewer, draft, key)
    return Response(await status_bytes(call.server, call.viewer.account_id, status.id))


def ids_in(given: Sequence[str | int]) -> tuple[int, ...]:
    """What is no id is one that nothing has."""
    return tuple(id_of(str(text)) or 0 for text in given if text != "")


def _answered(id: str | int | None) -> int | None:
    if id is None or id == "":
        return None
    answered = id_of(str(id))
    if answered is None:
        raise NotFound()
    return answered


@api.get("/api/v1/statuses", "read:statuses", Who.ANYONE)
async def list_several(call: Call) -> Response:
    visible = await only_visible(call.server, call.viewer, call.query(Ids).numbers())
    return Response(await status_list(call.server, call.viewer.account_id, [status.id for status in visible]))


@api.get("/api/v1/statuses/:id", "read:statuses", Who.ANYONE, kept=True)
async def show_status(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    return Response(await status_bytes(call.server, call.viewer.account_id, status.id))


class MediaAttributes(msgspec.Struct):
    id: str | int = ""
    description: str | None = None
    focus: str | None = None


class Edit(msgspec.Struct):
    status: str | None = None
    spoiler_text: str | None = None
    sensitive: bool | None = None
    language: str | None = None
    media_ids: list[str | int] | None = None
    media_attributes: list[MediaAttributes] = msgspec.field(default_factory=list[MediaAttributes])
    poll: NewPoll | msgspec.UnsetType | None = msgspec.UNSET
    """Left out keeps the poll and its votes; null removes it."""

    @property
    def media_words(self) -> dict[int, MediaWords]:
        return {
            id_of(str(each.id)) or 0: MediaWords(each.description, focus_of(each.focus or ""))
            for each in self.media_attributes
        }


@api.put("/api/v1/statuses/:id", "write:statuses")
async def update_status(call: Call) -> Response:
    given = await call.read(Edit)
    correction = Correction(
        text=given.status,
        spoiler_text=given.spoiler_text,
        is_sensitive=given.sensitive,
        language=given.language,
        media_ids=None if given.media_ids is None else ids_in(given.media_ids),
        media_words=given.media_words,
        poll=given.poll.draft() if isinstance(given.poll, NewPoll) else None,
        removes_poll=given.poll is None,
    )
    status = await edit_status(call.server, call.viewer, call.request.id("id"), correction)
    return Response(await status_bytes(call.server, call.viewer.account_id, status.id))


class Removal(msgspec.Struct):
    delete_media: bool = False


@api.delete("/api/v1/statuses/:id", "write:statuses", limit=DELETES)
async def remove_status(call: Call) -> Response:
    """The deleted status with its source, to be written anew."""
    deletes_media = (await call.read(Removal)).delete_media
    status_id = call.request.id("id")
    await visible_status(call.server, call.viewer, status_id)
    last = await status_bytes(call.server, call.viewer.account_id, status_id)
    status = await delete_status(call.server, call.viewer, status_id, deletes_media=deletes_media)
    return Response(last[:-1] + b',"text":' + encode_json(status.text) + b"}")


@api.get("/api/v1/statuses/:id/context", "read:statuses", Who.ANYONE, kept=True)
async def show_context(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    thread = await get_thread(call.server, call.viewer, status)
    before = await status_list(call.server, call.viewer.account_id, thread.ancestors)
    after = await status_list(call.server, call.viewer.account_id, thread.descendants)
    return Response(b'{"ancestors":' + before + b',"descendants":' + after + b"}")


@api.get("/api/v1/statuses/:id/source", "read:statuses")
async def show_source(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    if status.account_id != call.viewer.account_id:
        raise NotFound()
    return json_response({"id": str(status.id), "text": status.text, "spoiler_text": status.spoiler_text})


@api.get("/api/v1/statuses/:id/history", "read:statuses", Who.ANYONE)
async def show_history(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    return Response(await status_edits(call.server, status, await list_versions(call.server.db, status)))


@api.get("/api/v1/statuses/:id/reblogged_by", "read:accounts", Who.ANYONE)
async def list_boosters(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    rows = await list_reblogging(call.server.db, status.reblog_of_id or status.id, page)
    return list_response(call, await account_list(call.server, [id for _, id in rows]), [row for row, _ in rows], page)


@api.get("/api/v1/statuses/:id/favourited_by", "read:accounts", Who.ANYONE)
async def list_favouriters(call: Call) -> Response:
    status = await visible_status(call.server, call.viewer, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    rows = await list_favouriting(call.server.db, status.reblog_of_id or status.id, page)
    return list_response(call, await account_list(call.server, [id for _, id in rows]), [row for row, _ in rows], page)


class Boost(msgspec.Struct):
    visibility: str | None = None


@api.post("/api/v1/statuses/:id/reblog", "write:statuses")
async def reblog(call: Call) -> Response:
    visibility = (await call.read(Boost)).visibility
    wrapper = await marks.reblog_status(call.server, call.viewer, call.request.id("id"), visibility)
    return Response(await status_bytes(call.server, call.viewer.account_id, wrapper.id))


Mark = Callable[[Server, Viewer, int], Awaitable[Status]]


def _marking(verb: str, scope: str, action: Mark) -> None:
    @api.post(f"/api/v1/statuses/:id/{verb}", scope)
    async def mark(call: Call) -> Response:
        status = await action(call.server, call.viewer, call.request.id("id"))
        return Response(await status_bytes(call.server, call.viewer.account_id, status.id))


_marking("unreblog", "write:statuses", unreblog_status)
_marking("favourite", "write:favourites", marks.favourite_status)
_marking("unfavourite", "write:favourites", marks.unfavourite_status)
_marking("bookmark", "write:bookmarks", marks.bookmark_status)
_marking("unbookmark", "write:bookmarks", marks.unbookmark_status)
_marking("pin", "write:accounts", marks.pin_status)
_marking("unpin", "write:accounts", marks.unpin_status)
_marking("mute", "write:mutes", marks.mute_thread)
_marking("unmute", "write:mutes", marks.unmute_thread)


@api.get("/api/v1/favourites", "read:favourites", kept=True)
async def list_favourites(call: Call) -> Response:
    return await _marked(call, "favourites")


@api.get("/api/v1/bookmarks", "read:bookmarks", kept=True)
async def list_bookmarks(call: Call) -> Response:
    return await _marked(call, "bookmarks")


async def _marked(call: Call, table: str) -> Response:
    page = page_of(call, STATUSES)
    rows = await list_marked(call.server.db, table, call.viewer.account_id, page)
    visible = await only_visible(call.server, call.viewer, [status_id for _, status_id in rows])
    body = await status_list(call.server, call.viewer.account_id, [status.id for status in visible])
    return list_response(call, body, [row_id for row_id, _ in rows], page)


ROUTES = api.routes
