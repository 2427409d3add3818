"""A store in a folder of the data folder."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

from mesange.kit.errors import Unavailable

PIECE = 256 << 10


class MediaFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes | Path) -> None:
        try:
            await asyncio.to_thread(_put, self._folder / name, content)
        except OSError as error:
            raise Unavailable() from error

    async def size(self, name: str) -> int | None:
        try:
            return (await asyncio.to_thread((self._folder / name).stat)).st_size
        except FileNotFoundError:
            return None

    async def pieces(self, name: str, start: int, end: int) -> AsyncGenerator[bytes]:
        try:
            file = await asyncio.to_thread((self._folder / name).open, "rb")
        except FileNotFoundError:
            return
        with file:
            await asyncio.to_thread(file.seek, start)
            while start < end and (piece := await asyncio.to_thread(file.read, min(PIECE, end - start))):
                yield piece
                start += len(piece)

    async def delete(self, name: str) -> None:
        await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

    async def free_space(self) -> int | None:
        return await asyncio.to_thread(free_space_of, self._folder)


def free_space_of(folder: Path) -> int:
    """Bytes that are left on the disk where the folder is, or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _put(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    try:
        if isinstance(content, bytes):
            unfinished.write_bytes(content)
        else:
            shutil.move(content, unfinished)
        _make_durable(unfinished)
        unfinished.rename(path)
        _make_durable(path.parent)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _make_durable(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
