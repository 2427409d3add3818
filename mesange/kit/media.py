"""Files that people upload, in a folder of the data folder, under names nobody can guess."""

import asyncio
import os
import secrets
from pathlib import Path

from mesange.kit.errors import Unavailable
from mesange.kit.settings import Settings

ENDINGS = {"image/webp": "webp", "image/png": "png", "image/jpeg": "jpg"}
TYPES = {ending: media_type for media_type, ending in ENDINGS.items()}


async def store_image(settings: Settings, content: bytes, media_type: str) -> str:
    """The new file's name, once it is wholly on the disk. Raises Unavailable when the disk is full."""
    name = f"{secrets.token_hex(16)}.{ENDINGS[media_type]}"
    try:
        await asyncio.to_thread(_write, media_folder(settings) / name, content)
    except OSError as error:
        raise Unavailable() from error
    return name


async def read_image(settings: Settings, name: str) -> tuple[bytes, str] | None:
    """Content and media type of a stored file; None for any name that we did not give."""
    stem, _, ending = name.partition(".")
    if ending not in TYPES or len(stem) != 32 or not all(sign in "0123456789abcdef" for sign in stem):
        return None
    try:
        return await asyncio.to_thread((media_folder(settings) / name).read_bytes), TYPES[ending]
    except FileNotFoundError:
        return None


async def delete_image(settings: Settings, name: str) -> None:
    """Remove a file that its owner replaced; "" and what is gone already are fine."""
    if name:
        await asyncio.to_thread((media_folder(settings) / name).unlink, missing_ok=True)


def media_folder(settings: Settings) -> Path:
    return settings.data / "media"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
