"""Uploads: a file comes in, is looked at, waits for its turn in the cage, and is ready or refused."""

import asyncio
from dataclasses import replace
from pathlib import Path

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.media.actions.files import check_space
from mesange.core.media.actions.processing import begin_processing, incoming_folder, is_busy
from mesange.core.media.model import (
    MediaAttachment,
    MediaKind,
    MediaWords,
    checked_description,
    focus_steps,
)
from mesange.core.media.tables import media_attachments
from mesange.kit.errors import Invalid, NoRoom, TooLarge, Unavailable
from mesange.kit.images import MOST_PICTURE_BYTES, image_format
from mesange.kit.recordings import MOST_RECORDING_BYTES, container_of
from mesange.kit.server import Server

FIRST_BYTES = 64


async def upload_media(server: Server, viewer: Viewer, original: Path, words: MediaWords) -> MediaAttachment:
    """Take a file, which is used up; it is ready a moment later (`settled_media`).

    Raises Invalid (no file that we take, too much of the account already), TooLarge, NoRoom, Unavailable (too many
    are waiting).
    """
    account_id = acting_account(viewer)
    size = (await asyncio.to_thread(original.stat)).st_size
    kind = await _checked_kind(server, original, size)
    if is_busy(server):
        raise Unavailable("Many files are being prepared. Please try again in a moment.")
    await check_space(server)
    await _check_cap(server, account_id, size)
    now, id = server.clock.now(), server.ids.next()
    media = worded(MediaAttachment(id, account_id, kind, size=size, loose_since=now), words)
    await asyncio.to_thread(_move_in, original, incoming_folder(server) / str(id))
    async with server.db.transaction() as tx:
        await tx.insert(media_attachments, media)
    begin_processing(server, media)
    return media


def _move_in(original: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    original.replace(path)


async def _checked_kind(server: Server, original: Path, size: int) -> MediaKind:
    """By its first bytes; whether a film is only a sound is found out later."""
    first = await asyncio.to_thread(_first_bytes, original)
    if image_format(first):
        if size > MOST_PICTURE_BYTES:
            raise TooLarge(f"This image is too large: at most {MOST_PICTURE_BYTES >> 20} MB.")
        return MediaKind.IMAGE
    container = container_of(first)
    if not container or server.settings.videos == "off":
        raise Invalid("Validation failed: File content type is not supported", field="file")
    if size > MOST_RECORDING_BYTES:
        raise TooLarge(f"This file is too large: at most {MOST_RECORDING_BYTES >> 20} MB.")
    return MediaKind.VIDEO if container in ("mov", "matroska") else MediaKind.AUDIO


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(FIRST_BYTES)


async def _check_cap(server: Server, account_id: int, size: int) -> None:
    most = server.settings.media_bytes
    if most and int(await server.db.value("SELECT coalesce(sum(size), 0) FROM media_attachments") or 0) + size > most:
        raise NoRoom()
    held = await server.db.value(
        "SELECT coalesce(sum(size), 0) FROM media_attachments WHERE account_id = ?", account_id
    )
    if int(held or 0) + size > server.settings.media_bytes_per_account:
        raise Invalid("Your files take all the room an account has here. Delete some posts with files first.")


def worded(media: MediaAttachment, words: MediaWords) -> MediaAttachment:
    """With the words that are given. Raises Invalid."""
    if words.description is not None:
        media = replace(media, description=checked_description(words.description))
    if words.focus is not None:
        x, y = focus_steps(words.focus)
        media = replace(media, focus_x=x, focus_y=y)
    return media
