"""A file sent in a multipart form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    filename: str
    content: bytes
