"""What a file becomes: made anew or copied clean, stored, measured."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from mesange.core.media.actions.files import store_file
from mesange.core.media.model import MediaAttachment, MediaKind, MediaState
from mesange.kit.images import Images, image_format
from mesange.kit.recordings import Recordings, container_of
from mesange.kit.server import Server

FIRST_BYTES = 64


async def made_ready(server: Server, media: MediaAttachment, original: Path) -> MediaAttachment:
    """Raises Invalid for a file that cannot be read, Unavailable, FileNotFoundError."""
    with original.open("rb", buffering=0) as file:
        first = file.read(FIRST_BYTES)
        if name := image_format(first):
            return await _picture(server, media, file, name)
        made = original.with_suffix(".made")
        try:
            return await _recording(server, media, file, container_of(first), made)
        finally:
            await asyncio.to_thread(made.unlink, missing_ok=True)


async def _picture(server: Server, media: MediaAttachment, file: BinaryIO, name: str) -> MediaAttachment:
    picture = await server.of(Images).picture(file, name)
    return replace(
        media,
        state=MediaState.READY,
        kind=MediaKind.IMAGE,
        file=await store_file(server, picture.body, picture.media_type),
        preview=await store_file(server, picture.preview, "image/webp"),
        size=len(picture.body) + len(picture.preview),
        width=picture.width,
        height=picture.height,
        preview_width=picture.preview_width,
        preview_height=picture.preview_height,
        blurhash=picture.blurhash,
    )


async def _recording(
    server: Server, media: MediaAttachment, file: BinaryIO, container: str, made: Path
) -> MediaAttachment:
    with made.open("w+b", buffering=0) as copy:
        found = await server.of(Recordings).copy(file, container, copy)
    size = (await asyncio.to_thread(made.stat)).st_size
    return replace(
        media,
        state=MediaState.READY,
        kind=MediaKind.VIDEO if found.media_type.startswith("video/") else MediaKind.AUDIO,
        file=await store_file(server, made, found.media_type),
        preview=await store_file(server, found.preview, "image/webp") if found.preview else "",
        size=size + len(found.preview),
        width=found.width,
        height=found.height,
        preview_width=found.preview_width,
        preview_height=found.preview_height,
        duration=found.duration,
        frame_rate=found.frame_rate,
        blurhash=found.blurhash,
    )
