"""What an archive must hold, and the sums by which rows and files are recognised."""

import re
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any

import msgspec

from mesange.kit.media import is_name

FORMAT = 1
ROWS, FILES = "rows", "files"
MEDIA = "media/"
"""How the names of files in the media store begin, whichever store that is."""
ROWS_NAME = re.compile(r"rows/([a-z_0-9]{1,80})/\d{6,9}")
MOST_NAME, MOST_DEPTH = 200, 6
MODULUS = 1 << 128

encode_row = msgspec.msgpack.Encoder().encode
decode_row = msgspec.msgpack.Decoder(tuple[Any, ...]).decode


class NotOurs(Exception):
    """An archive that cannot be trusted; its text says why."""


class TableSum(msgspec.Struct):
    """`total` adds up one sum per row, so it is the same in whichever order the rows are read."""

    columns: tuple[str, ...]
    rows: int = 0
    total: str = "0"

    def add(self, row: bytes) -> None:
        self.rows += 1
        digest = int.from_bytes(blake2b(row, digest_size=16).digest(), "little")
        self.total = format((int(self.total, 16) + digest) % MODULUS, "x")


class Manifest(msgspec.Struct):
    """`migration` is the version of the tables; `files` holds the sum of each file by its name in the data folder."""

    format: int
    program: str
    taken_at: int
    domain: str
    engine: str
    migration: int
    tables: dict[str, TableSum]
    files: dict[str, str]


def manifest_name(content: bytes) -> str:
    """The manifest bears its own sum in its name."""
    return f"manifest-{blake2b(content, digest_size=16).hexdigest()}.json"


def is_stored(name: str) -> bool:
    """Whether it is the media store that keeps this file, in the data folder or elsewhere."""
    return name.startswith(MEDIA) and is_name(name.removeprefix(MEDIA))


def checked_file_name(member: str) -> str:
    """The name inside the data folder. Raises NotOurs for one that could lead out of it."""
    prefix, _, name = member.partition("/")
    parts = name.split("/")
    strange = any(part in ("", ".", "..") or "\\" in part or "\0" in part or ":" in part for part in parts)
    if prefix != FILES or strange or len(name) > MOST_NAME or len(parts) > MOST_DEPTH:
        raise NotOurs(f"it holds a file named {member[:100]!r}, which is none of a data folder.")
    return str(PurePosixPath(name))
