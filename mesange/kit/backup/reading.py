"""Reading an archive as if a stranger had made it: known names, ordinary files, bounded sizes."""

import io
import tarfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from mesange.kit.backup.manifest import FORMAT, ROWS_NAME, Manifest, NotOurs, checked_file_name, manifest_name
from mesange.kit.backup.sealing import SealedReader, is_sealed

MOST_PACKED, MOST_UNPACKED = 64 << 20, 256 << 20
MOST_MANIFEST = 512 << 20
decode_chunk = msgspec.msgpack.Decoder(list[bytes]).decode

Member = tuple[str, IO[bytes], int]
"""Name inside the archive, content, size."""


@contextmanager
def opened(archive: Path, passphrase: str = "") -> Generator[Iterator[Member]]:
    """Every member in order. Raises NotOurs for what is no ordinary file, or no archive at all."""
    try:
        with archive.open("rb") as file, tarfile.open(fileobj=_unsealed(file, passphrase), mode="r|") as members:
            yield _members(members)
    except (tarfile.TarError, EOFError) as error:
        raise NotOurs(f"it is damaged, or no archive of ours ({error}).") from error


def _unsealed(file: io.BufferedReader, passphrase: str) -> IO[bytes]:
    if passphrase:
        return io.BufferedReader(SealedReader(file, passphrase))
    if is_sealed(file.peek(64)):
        raise NotOurs("it is sealed: give its passphrase with --passphrase-file.")
    return file


def _members(archive: tarfile.TarFile) -> Iterator[Member]:
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise NotOurs(f"it holds {member.name[:100]!r}, which is no ordinary file.")
        yield member.name, content, member.size


def table_of(name: str) -> str:
    """The table of a chunk, or "" for another member."""
    found = ROWS_NAME.fullmatch(name)
    return found[1] if found else ""


def rows_in(content: IO[bytes], size: int) -> list[bytes]:
    """The packed rows of a chunk. Raises NotOurs for a bomb or for what is no chunk."""
    if size > MOST_PACKED:
        raise NotOurs("a part of it is too large.")
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(content.read(), MOST_UNPACKED)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise NotOurs("a part of it is cut, or far larger than it says.")
        return decode_chunk(unpacked)
    except (zlib.error, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise NotOurs(f"a part of it is damaged ({error}).") from error


def manifest_in(name: str, content: IO[bytes], size: int) -> Manifest:
    if size > MOST_MANIFEST:
        raise NotOurs("its manifest is too large.")
    text = content.read()
    if name != manifest_name(text):
        raise NotOurs("its manifest was changed.")
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise NotOurs(f"its manifest cannot be read ({error}).") from error
    if manifest.format != FORMAT:
        raise NotOurs(f"its format is {manifest.format}; this program reads {FORMAT}.")
    for name in manifest.files:
        checked_file_name(f"files/{name}")
    return manifest


def is_manifest(name: str) -> bool:
    return name.startswith("manifest-")
