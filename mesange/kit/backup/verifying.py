"""Verifying an archive: every row and every file is read again and must add up to what the manifest says."""

from hashlib import blake2b
from pathlib import Path
from typing import IO

from mesange.kit.backup.manifest import Manifest, NotOurs, TableSum, checked_file_name
from mesange.kit.backup.reading import is_manifest, manifest_in, opened, rows_in, table_of

PIECE = 1 << 20


def verify_archive(archive: Path, passphrase: str = "") -> Manifest:
    """The manifest of a sound archive. Raises NotOurs with what is wrong, OSError."""
    tables: dict[str, TableSum] = {}
    files: dict[str, str] = {}
    manifest: Manifest | None = None
    with opened(archive, passphrase) as members:
        for name, content, size in members:
            if manifest is not None:
                raise NotOurs("something stands behind its manifest.")
            if table := table_of(name):
                counted = tables.setdefault(table, TableSum(()))
                for row in rows_in(content, size):
                    counted.add(row)
            elif is_manifest(name):
                manifest = manifest_in(name, content, size)
            else:
                files[checked_file_name(name)] = sum_of(content)
    if manifest is None:
        raise NotOurs("it is cut: its manifest is missing.")
    check_tables(manifest, tables)
    check_files(manifest, files)
    return manifest


def sum_of(content: IO[bytes]) -> str:
    digest = blake2b()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def check_tables(manifest: Manifest, found: dict[str, TableSum]) -> None:
    if unknown := found.keys() - manifest.tables.keys():
        raise NotOurs(f"it holds rows of {min(unknown)} that its manifest does not know.")
    for name, said in manifest.tables.items():
        counted = found.get(name, TableSum(()))
        if (counted.rows, counted.total) != (said.rows, said.total):
            raise NotOurs(f"table {name}: {said.rows} rows were saved, {counted.rows} are there or they differ.")


def check_files(manifest: Manifest, found: dict[str, str]) -> None:
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            raise NotOurs(f"the file {name} is missing, damaged or unknown.")
