"""What a store of files does, wherever it keeps them."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Protocol

from mesange.kit.media.names import StoredFile
from mesange.kit.settings import Settings


class MediaStore(Protocol):
    """Names are those of `names.new_name`; a file's content never changes. Each method raises Unavailable when the
    disk or the store cannot do it now."""

    async def put(self, name: str, content: bytes | Path) -> None:
        """Returns when the file is wholly and durably there. A given path is used up."""
        ...

    async def size(self, name: str) -> int | None:
        """Bytes of a file; None when there is none of that name."""
        ...

    def pieces(self, name: str, start: int, end: int) -> AsyncGenerator[bytes]:
        """The bytes from `start` up to `end`, in pieces that fit into memory; ends early when the file goes."""
        ...

    def files(self, first: str = "", below: str = "") -> AsyncGenerator[list[StoredFile]]:
        """What is there, a portion at a time, in any order: files whose names lie from `first` up to `below`.

        Ours alone, and what a crash left half written; nothing else that may lie in the same place.
        """
        ...

    async def delete(self, name: str) -> None:
        """What is gone already is fine."""
        ...

    async def free_space(self) -> int | None:
        """Bytes that are left; None where nobody counts them."""
        ...


def open_media(settings: Settings) -> MediaStore:
    """The store that the settings name; only what it needs is imported."""
    if settings.media_url:
        from mesange.kit.media.s3 import MediaBucket

        return MediaBucket(settings)
    from mesange.kit.media.folder import MediaFolder

    return MediaFolder(settings.data / "media")
