"""Files for posts: upload, wait until they are ready, describe, delete."""

from typing import Any

import msgspec

from mesange.core.media.actions.changes import describe_media, discard_media
from mesange.core.media.actions.processing import incoming_folder, settle_media
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaAttachment, MediaState, MediaWords, focus_of
from mesange.core.media.queries import get_media
from mesange.edges.mastodon.entities.media import media_entity
from mesange.front.api import Api, Call
from mesange.front.limits import MEDIA
from mesange.kit.errors import Invalid
from mesange.kit.web.parameters import FileUpload
from mesange.kit.web.request import shaped
from mesange.kit.web.response import Response, json_response

api = Api()
PATIENCE = 25.0
"""Seconds for which the old, synchronous way of uploading waits."""


MOST_UPLOAD = 110_000_000


class Words(msgspec.Struct):
    description: str | None = None
    focus: str | None = None

    @property
    def wanted(self) -> MediaWords:
        return MediaWords(self.description, focus_of(self.focus or ""))


@api.post("/api/v2/media", "write:media", limit=MEDIA)
async def upload(call: Call) -> Response:
    return _answer(call, await _uploaded(call), while_processing=202)


@api.post("/api/v1/media", "write:media", limit=MEDIA)
async def upload_and_wait(call: Call) -> Response:
    media = await _uploaded(call)
    await settle_media(call.server, [media.id], PATIENCE)
    return _answer(call, await get_media(call.server.db, call.viewer, media.id), while_processing=202)


async def _uploaded(call: Call) -> MediaAttachment:
    values = await call.request.receive_files(incoming_folder(call.server), MOST_UPLOAD)
    given = values.get("file")
    if not isinstance(given, FileUpload) or not given.size:
        raise Invalid("Validation failed: File can't be blank", field="file", code="ERR_BLANK")
    words = shaped({name: values[name] for name in ("description", "focus") if name in values}, Words)
    return await upload_media(call.server, call.viewer, given.path, words.wanted)


def _answer(call: Call, media: MediaAttachment, while_processing: int) -> Response:
    """Raises Invalid, with the reason, for a file that could not be made ready."""
    if media.state is MediaState.FAILED:
        raise Invalid(media.failure)
    status = while_processing if media.state is MediaState.PROCESSING else 200
    entity: dict[str, Any] = media_entity(call.server.settings, media)
    return json_response(entity, status)


@api.get("/api/v1/media/:id", "write:media")
async def show(call: Call) -> Response:
    media = await get_media(call.server.db, call.viewer, call.request.id("id"))
    return _answer(call, media, while_processing=206)


@api.put("/api/v1/media/:id", "write:media")
async def describe(call: Call) -> Response:
    words = (await call.read(Words)).wanted
    media = await describe_media(call.server, call.viewer, call.request.id("id"), words)
    return _answer(call, media, while_processing=206)


@api.delete("/api/v1/media/:id", "write:media")
async def remove(call: Call) -> Response:
    await discard_media(call.server, call.viewer, call.request.id("id"))
    return json_response({})


ROUTES = api.routes
