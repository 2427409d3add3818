"""ZIP files: written piece by piece with flat memory; read only when nothing about them is hostile."""

import asyncio
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from mesange.kit.errors import Invalid

CHECKSUMS = "checksums.json"
MOST_ENTRIES = 200_000
MOST_RATIO = 200
FREE_OF_RATIO = 1_000_000
"""A short file of the same sign thousands of times over is no bomb."""
MOST_BYTES = 200_000_000_000
LINK = 0o120000
KIND = 0o170000
READ_AT_ONCE = 1_000_000


class HostileZip(Invalid):
    public_text = "This file is not an archive that can be opened safely."
    code = "ERR_ARCHIVE"


class ZipWriter:
    """A ZIP on the disk. It bears its name only once it is whole, with the checksums of its entries; a writer that
    fails leaves nothing behind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_suffix(".part")
        self._sums: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self._open)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.shield(asyncio.to_thread(self._finish if error is None else self._give_up))

    async def add(self, name: str, pieces: AsyncIterator[bytes], *, is_compressed: bool = True) -> None:
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        summed = hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=True) as out:
            async for piece in pieces:
                summed.update(piece)
                await asyncio.to_thread(out.write, piece)
        self._sums[name] = summed.hexdigest()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self._unfinished.open("wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def _finish(self) -> None:
        try:
            self._zip.writestr(CHECKSUMS, json.dumps(self._sums, indent=1))
            self._zip.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError:
            self._give_up()
            raise
        self._unfinished.rename(self._path)

    def _give_up(self) -> None:
        with suppress(OSError, ValueError):  # It writes its end, on a disk that may be full.
            self._zip.close()
        with suppress(OSError):
            self._file.close()
        self._unfinished.unlink(missing_ok=True)


def checked_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, once none of them could leave its folder, follow a link or swell beyond measure.

    Raises HostileZip. The sizes are those that the archive tells; reading stops where they are exceeded.
    """
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise HostileZip("This archive holds too much.")
    seen = set[str]()
    for entry in entries:
        if not _is_plain(entry.filename) or entry.filename in seen or (entry.external_attr >> 16) & KIND == LINK:
            raise HostileZip("This archive holds a file whose name leads elsewhere.")
        if entry.file_size > FREE_OF_RATIO and entry.file_size > MOST_RATIO * entry.compress_size:
            raise HostileZip("This archive holds a file that swells beyond measure.")
        seen.add(entry.filename)
    return [entry for entry in entries if not entry.is_dir()]


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    is_odd = "\\" in name or ":" in name or any(ord(sign) < 32 for sign in name) or len(name) > 1_000
    return bool(name) and not is_odd and not path.is_absolute() and ".." not in path.parts


def verify_zip(path: Path) -> int:
    """Read an archive of ours to its end: how many files it holds. Raises HostileZip for what is not whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = checked_entries(archive)
            sums = _sums_in(archive)
            if sums.keys() != {entry.filename for entry in entries} - {CHECKSUMS}:
                raise HostileZip("Files are missing from this archive, or were added to it.")
            for name, expected in sums.items():
                if _sum_of(archive, name) != expected:
                    raise HostileZip(f"{name} is not as it was written.")
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError) as error:
        raise HostileZip() from error
    return len(sums)


def _sums_in(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        with archive.open(CHECKSUMS) as file:
            sums: object = json.loads(file.read(100 * MOST_ENTRIES))
    except (KeyError, ValueError, RecursionError):
        raise HostileZip("This archive has no checksums: it was not made here.") from None
    if not isinstance(sums, dict):
        raise HostileZip("This archive has no checksums: it was not made here.")
    return {str(name): str(expected) for name, expected in sums.items()}  # type: ignore[misc]


def _sum_of(archive: zipfile.ZipFile, name: str) -> str:
    summed = hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(READ_AT_ONCE):
            summed.update(piece)
    return summed.hexdigest()
