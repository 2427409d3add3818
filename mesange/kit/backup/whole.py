"""One backup from the first row to a verified file under its own name."""

import asyncio
import os
from collections.abc import Collection
from pathlib import Path

from mesange.kit.backup.manifest import Manifest
from mesange.kit.backup.taking import write_archive
from mesange.kit.backup.verifying import verify_archive
from mesange.kit.db import Database
from mesange.kit.errors import Unavailable
from mesange.kit.media import MediaStore
from mesange.kit.settings import Settings

PART = ".part"


class MadeAgain:
    """A part of the server: the tables that no backup holds, for a restoration fills them from the others."""

    def __init__(self) -> None:
        self.tables: tuple[str, ...] = ()


async def take_archive(
    db: Database,
    media: MediaStore,
    settings: Settings,
    target: Path,
    without: Collection[str] = (),
    passphrase: str = "",
) -> Manifest:
    """Write an archive beside its name, verify it, and only then give it its name. Raises OSError, NotOurs."""
    unfinished = target.with_name(target.name + PART)
    try:
        await write_archive(db, media, settings, unfinished, without, passphrase)
        manifest = await asyncio.to_thread(verify_archive, unfinished, passphrase)
        await asyncio.to_thread(_make_durable, unfinished, target)
    except Unavailable as error:
        raise OSError("the database or the media store cannot be read now.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _make_durable(unfinished: Path, archive: Path) -> None:
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(archive)
