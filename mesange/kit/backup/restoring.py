"""Putting an archive back into an empty data folder, an empty database and the media store."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import IO

from mesange.kit.backup.manifest import (
    MEDIA,
    Manifest,
    NotOurs,
    TableSum,
    checked_file_name,
    decode_row,
    encode_row,
    is_stored,
)
from mesange.kit.backup.reading import is_manifest, opened, rows_in, table_of
from mesange.kit.backup.verifying import PIECE, check_tables
from mesange.kit.db import Database
from mesange.kit.media import MediaStore


async def load_archive(
    db: Database, media: MediaStore, data: Path, archive: Path, manifest: Manifest, passphrase: str = ""
) -> None:
    """Fill the database (migrated to `manifest.migration`), the media store and the folder from a verified archive.

    Then read every row back and compare. Raises NotOurs when something differs, OSError, Unavailable.
    """
    await _check_columns(db, manifest)
    async with db.loading() as loading:
        with opened(archive, passphrase) as members:
            for name, content, size in members:
                if table := table_of(name):
                    rows = [decode_row(row) for row in rows_in(content, size)]
                    await loading.fill(table, manifest.tables[table].columns, rows)
                elif not is_manifest(name):
                    await _put_back(media, data, checked_file_name(name), content)
    check_tables(manifest, await sums_of(db, manifest.tables.keys()))


async def _check_columns(db: Database, manifest: Manifest) -> None:
    async with db.snapshot() as snapshot:
        columns = await snapshot.tables()
        for name, table in manifest.tables.items():
            if table.rows and columns.get(name) != table.columns:
                raise NotOurs(f"this program knows no table {name} with these columns.")
            if name in columns and await db.value(f"SELECT 1 FROM {name} LIMIT 1"):
                raise NotOurs(f"the database is not empty: {name} has rows.")


async def sums_of(db: Database, tables: Collection[str]) -> dict[str, TableSum]:
    """Sums of the rows that stand in the database now."""
    sums: dict[str, TableSum] = {}
    async with db.snapshot() as snapshot:
        for name, columns in (await snapshot.tables()).items():
            if name in tables:
                counted = sums[name] = TableSum(columns)
                async for rows in snapshot.rows(name, columns):
                    for row in rows:
                        counted.add(encode_row(row))
    return sums


async def _put_back(media: MediaStore, data: Path, name: str, content: IO[bytes]) -> None:
    if is_stored(name):
        arriving = data / "arriving.part"
        _write(arriving, content)
        await media.put(name.removeprefix(MEDIA), arriving)
    else:
        _write(data / name, content)


def _write(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, no path
        while piece := content.read(PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
