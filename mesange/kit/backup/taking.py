"""Taking a backup: rows of one instant first, then the files they name, wherever they are stored."""

import asyncio
import io
import os
import tarfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from hashlib import blake2b, file_digest
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import msgspec

from mesange import __version__
from mesange.kit.backup.manifest import (
    FILES,
    FORMAT,
    MEDIA,
    ROWS,
    Manifest,
    TableSum,
    encode_row,
    is_stored,
    manifest_name,
)
from mesange.kit.backup.sealing import SealedWriter
from mesange.kit.clock import SystemClock
from mesange.kit.db import Database
from mesange.kit.media import MediaStore, is_name
from mesange.kit.settings import Settings

CHUNK_BYTES = 4_000_000
QUICK = 1  # zlib's level: rows shrink to a third, as fast as the disk takes them.
FETCHED_AT_ONCE = 8  # A store far away answers late, not seldom.
IN_MEMORY = 4 << 20
PASSING = ("server.pid", "exports/", "backups/", "uploads/")
"""What a data folder holds without keeping it: all this is made again."""


async def write_archive(
    db: Database,
    media: MediaStore,
    settings: Settings,
    target: Path,
    without: Collection[str] = (),
    passphrase: str = "",
) -> Manifest:
    """Write the archive beside its name, durable and readable by us alone; it is not verified yet.

    `without` names tables that are made again from the others; with a passphrase it is sealed. Raises OSError,
    Unavailable when the media store cannot be read now.
    """
    async with db.snapshot() as snapshot:
        tables = {name: TableSum(columns) for name, columns in (await snapshot.tables()).items() if name not in without}
        manifest = Manifest(
            FORMAT, __version__, SystemClock().now(), settings.domain, db.engine,
            await db.value("SELECT max(version) FROM migrations"), tables, {},
        )  # fmt: skip
        with (
            closing(_private(target, passphrase)) as file,
            tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name, table in tables.items():
                chunks = _Chunks(archive, name)
                async for rows in snapshot.rows(name, table.columns):
                    for row in rows:
                        chunks.add(encode_row(row), table)
                chunks.end()
            _add_files(archive, settings.data, manifest, (*PASSING, *db.own_files))
            await _add_media(archive, media, manifest)
            last = msgspec.json.encode(manifest)
            _add(archive, manifest_name(last), last)
    return manifest


def _private(target: Path, passphrase: str) -> IO[bytes]:
    target.touch(mode=0o600)
    file = target.open("wb")
    return io.BufferedWriter(SealedWriter(file, passphrase)) if passphrase else file


class _Chunks:
    """Rows of one table, packed some megabytes at a time, so that neither side ever holds the table in memory."""

    def __init__(self, archive: tarfile.TarFile, table: str) -> None:
        self._archive = archive
        self._table = table
        self._rows: list[bytes] = []
        self._bytes = 0
        self._number = 0

    def add(self, row: bytes, table: TableSum) -> None:
        table.add(row)
        self._rows.append(row)
        self._bytes += len(row)
        if self._bytes >= CHUNK_BYTES:
            self.end()

    def end(self) -> None:
        if self._rows:
            packed = zlib.compress(msgspec.msgpack.encode(self._rows), QUICK)
            _add(self._archive, f"{ROWS}/{self._table}/{self._number:06}", packed)
            self._number += 1
            self._rows, self._bytes = [], 0


def kept_files(data: Path, passing: tuple[str, ...]) -> Iterator[Path]:
    """Ordinary files of the data folder that nothing makes again, in order."""
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        is_passing = name.startswith(passing) or name.endswith(".part") or is_stored(name)
        if path.is_file() and not path.is_symlink() and not is_passing:
            yield path


def _add_files(archive: tarfile.TarFile, data: Path, manifest: Manifest, passing: tuple[str, ...]) -> None:
    for path in kept_files(data, passing):
        with suppress(FileNotFoundError), path.open("rb") as file:  # Its post was deleted a moment ago.
            name = path.relative_to(data).as_posix()
            manifest.files[name] = file_digest(file, "blake2b").hexdigest()
            file.seek(0)
            member = tarfile.TarInfo(f"{FILES}/{name}")
            member.size = os.fstat(file.fileno()).st_size
            archive.addfile(member, file)


async def _add_media(archive: tarfile.TarFile, media: MediaStore, manifest: Manifest) -> None:
    async for portion in media.files():
        names = sorted(file.name for file in portion if is_name(file.name))
        for start in range(0, len(names), FETCHED_AT_ONCE):
            some = names[start : start + FETCHED_AT_ONCE]
            for name, copy in zip(some, await asyncio.gather(*(_copied(media, name) for name in some)), strict=True):
                with copy:
                    _add_copy(archive, f"{MEDIA}{name}", copy, manifest)


async def _copied(media: MediaStore, name: str) -> IO[bytes]:
    """The whole file, as it is sent; nothing of one that went meanwhile."""
    copy = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever gets it closes it
    size = await media.size(name) or 0
    async for piece in media.pieces(name, 0, size):
        copy.write(piece)
    if copy.tell() < size:
        copy.truncate(0)
    return copy


def _add_copy(archive: tarfile.TarFile, name: str, copy: IO[bytes], manifest: Manifest) -> None:
    member = tarfile.TarInfo(f"{FILES}/{name}")
    member.size = copy.tell()
    if member.size:
        copy.seek(0)
        digest = blake2b()
        while piece := copy.read(IN_MEMORY):
            digest.update(piece)
        manifest.files[name] = digest.hexdigest()
        copy.seek(0)
        archive.addfile(member, copy)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
