"""Making a file ready, in the background of the server that took it.

The original waits in a folder of this server under the id of its row, so that a restart begins again where it was.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mesange.core.media.actions.files import keep_files
from mesange.core.media.actions.making import made_ready
from mesange.core.media.model import MediaAttachment, MediaState
from mesange.core.media.tables import media_attachments
from mesange.kit.clock import HOUR, SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, Unavailable
from mesange.kit.ids import id_of
from mesange.kit.logging import log
from mesange.kit.server import Server

MOST_WAITING = 64


class Workshop:
    """What is being made ready now, by the id of its row."""

    def __init__(self) -> None:
        self.tasks: dict[int, asyncio.Task[None]] = {}


def incoming_folder(server: Server) -> Path:
    """Where originals wait. It holds nothing else, and nothing for long."""
    return server.settings.data / "incoming"


def is_busy(server: Server) -> bool:
    return len(server.of(Workshop).tasks) >= MOST_WAITING


def begin_processing(server: Server, media: MediaAttachment) -> None:
    tasks = server.of(Workshop).tasks
    if media.id not in tasks:
        task = tasks[media.id] = asyncio.create_task(_process(server, media))
        task.add_done_callback(lambda _: tasks.pop(media.id, None))


async def settle_media(server: Server, ids: Sequence[int], seconds: float) -> None:
    """Wait until these are ready or failed, but not longer."""
    waited = [task for id in ids if (task := server.of(Workshop).tasks.get(id))]
    if waited:
        await asyncio.wait(waited, timeout=seconds)


async def _process(server: Server, media: MediaAttachment) -> None:
    original = incoming_folder(server) / str(media.id)
    try:
        ready = await made_ready(server, media, original)
    except Invalid as error:
        ready = replace(media, state=MediaState.FAILED, failure=error.public_text)
    except (Unavailable, FileNotFoundError):
        log.warning("file cannot be made ready for the moment", media=media.id)
        return  # `resume_processing` tries again.
    async with server.db.transaction() as tx:
        await _finish(tx, ready)
    await asyncio.to_thread(original.unlink, missing_ok=True)


FOUND = (
    *("kind", "state", "failure", "file", "preview", "size", "width", "height", "preview_width", "preview_height"),
    *("duration", "frame_rate", "blurhash"),
)
FINISH = f"UPDATE media_attachments SET {', '.join(f'{name} = ?' for name in FOUND)} WHERE id = ? AND state = ?"


async def _finish(tx: Transaction, ready: MediaAttachment) -> None:
    """Write what was found out; its words may have changed meanwhile, or the row may be gone: then the files go."""
    found = [getattr(ready, name) for name in FOUND]
    if await tx.execute(FINISH, *found, ready.id, MediaState.PROCESSING):
        await keep_files(tx, ready.names)


async def resume_processing(server: Server) -> None:
    """Originals that wait without anybody at work on them: left by a crash, or by a disk that was full."""
    tasks = server.of(Workshop).tasks
    for path in await asyncio.to_thread(_waiting_in, incoming_folder(server)):
        id = id_of(path.name) or 0
        if id in tasks or is_busy(server):
            continue
        row = await server.db.row(
            f"SELECT {media_attachments.columns} FROM media_attachments WHERE id = ? AND state = ?",
            id,
            MediaState.PROCESSING,
        )
        if row:
            begin_processing(server, media_attachments.load(row))
        elif server.clock.now() - await asyncio.to_thread(_written_at, path) > HOUR:
            await asyncio.to_thread(path.unlink, missing_ok=True)


def _waiting_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def _written_at(path: Path) -> float:
    return path.stat().st_mtime * SECOND if path.exists() else 0.0
