"""A store in a folder of the data folder."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from mesange.kit.clock import SECOND
from mesange.kit.errors import NoRoom
from mesange.kit.media.names import UNFINISHED, StoredFile, is_name, is_unfinished_name

PIECE = 256 << 10
PORTION = 1_000


class MediaFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes | Path) -> None:
        try:
            await asyncio.to_thread(_put, self._folder / name, content)
        except OSError as error:
            raise NoRoom.instead_of(error) from error

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

    async def files(self, first: str = "", below: str = "") -> AsyncGenerator[list[StoredFile]]:
        found = _files_in(self._folder, first, below)
        while portion := await asyncio.to_thread(list, islice(found, PORTION)):
            yield portion

    async def delete(self, name: str) -> None:
        await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

    async def free_space(self) -> int | None:
        return await asyncio.to_thread(free_space_of, self._folder)


def free_space_of(folder: Path) -> int:
    """Bytes that are left on the disk where the folder is, or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _files_in(folder: Path, first: str, below: str) -> Iterator[StoredFile]:
    if not folder.exists():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            wanted = name >= first and (not below or name < below) and (is_name(name) or is_unfinished_name(name))
            if wanted and entry.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):  # Deleted a moment ago.
                    yield StoredFile(name, int(entry.stat().st_mtime * SECOND))


def _put(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(UNFINISHED)
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
