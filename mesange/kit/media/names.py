"""Names of stored files: 128 random bits and an ending that says the type. No other name is ever looked up."""

import re
import secrets
from typing import NamedTuple

TYPES = {
    "webp": "image/webp",
    "png": "image/png",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
}
"""Media type by ending: what browsers show or play and never run."""
ENDINGS = {media_type: ending for ending, media_type in TYPES.items()}
NAME = re.compile(rf"[0-9a-f]{{32}}\.({'|'.join(TYPES)})")
UNFINISHED = ".part"
UNFINISHED_NAME = re.compile(r"[0-9a-f]{32}\.part")


class StoredFile(NamedTuple):
    """`written_at` in milliseconds since the Unix epoch."""

    name: str
    written_at: int


def new_name(media_type: str) -> str:
    return f"{secrets.token_hex(16)}.{ENDINGS[media_type]}"


def is_name(text: str) -> bool:
    return NAME.fullmatch(text) is not None


def is_unfinished_name(text: str) -> bool:
    return UNFINISHED_NAME.fullmatch(text) is not None


def type_of(name: str) -> str:
    return TYPES[name.partition(".")[2]]
