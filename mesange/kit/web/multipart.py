"""Multipart forms, read within limits; large files go to the disk as they come and never stand in memory."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from mesange.kit.errors import BadRequest, NoRoom, TooLarge
from mesange.kit.web.parameters import MOST_FIELDS, FileUpload, Upload

MOST_FIELD_BYTES = 1_000_000
MOST_HEADER_BYTES = 16_000
PIECE = 256 << 10


class FileParts:
    """Where the files of one form go: into a folder, or into memory without one; the form has at most `most` bytes."""

    def __init__(self, folder: Path | None, most: int) -> None:
        self.folder = folder
        self.most = most
        self._paths: list[Path] = []

    def create(self) -> BinaryIO | None:
        """A new empty file, None where files stay in memory. Raises NoRoom, Unavailable."""
        if self.folder is None:
            return None
        path = self.folder / f"upload-{secrets.token_hex(16)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._paths.append(path)
            return path.open("wb", buffering=0)
        except OSError as error:
            raise NoRoom.instead_of(error) from error

    def delete(self) -> None:
        """Whatever nobody moved away."""
        for path in self._paths:
            path.unlink(missing_ok=True)


async def read_multipart(content_type: bytes, chunks: AsyncIterator[bytes], files: FileParts) -> list[tuple[str, Any]]:
    """Fields as (name, text or file), in order. Raises BadRequest, TooLarge, NoRoom, Unavailable."""
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise BadRequest("The multipart body has no boundary.")
    parts = _Parts(files)
    size = 0
    try:
        parser = MultipartParser(boundary, parts.callbacks)  # type: ignore[arg-type]
        async for chunk in chunks:
            size += len(chunk)
            if size > files.most:
                raise TooLarge()
            parser.write(chunk)
            await parts.write_out()
        parser.finalize()
    except MultipartParseError:
        raise BadRequest("The multipart body is broken.") from None
    finally:
        parts.close()
    if not parts.is_complete:
        raise BadRequest("The multipart body is cut short.")
    return parts.fields


class _Parts:
    """Collects the parser's calls into fields."""

    def __init__(self, files: FileParts) -> None:
        self.fields: list[tuple[str, Any]] = []
        self.is_complete = False
        self._files = files
        self._file: BinaryIO | None = None
        self._written = 0
        self._header = (b"", b"")
        self._disposition: dict[bytes, bytes] = {}
        self._content = bytearray()
        self.callbacks: dict[str, Any] = {
            "on_part_begin": self._begin,
            "on_header_field": self._extend_header_name,
            "on_header_value": self._extend_header_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._extend_content,
            "on_part_end": self._end,
            "on_end": self._complete,
        }

    async def write_out(self) -> None:
        """What came of a file, once it is worth a thread's while."""
        if self._file is not None and len(self._content) >= PIECE:
            await asyncio.to_thread(self._write)

    def _write(self) -> None:
        assert self._file is not None  # noqa: S101 - told to the type checker
        try:
            rest = memoryview(self._content)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise NoRoom.instead_of(error) from error
        self._written += len(self._content)
        self._content = bytearray()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        if len(self.fields) >= MOST_FIELDS:
            raise TooLarge("There are too many parameters.")
        self._disposition, self._content, self._written = {}, bytearray(), 0

    def _extend_header_name(self, chunk: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + chunk[start:end], self._header[1])
        self._check_header()

    def _extend_header_value(self, chunk: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + chunk[start:end])
        self._check_header()

    def _check_header(self) -> None:
        if len(self._header[0]) + len(self._header[1]) > MOST_HEADER_BYTES:
            raise TooLarge()

    def _end_header(self) -> None:
        name, value = self._header
        self._header = (b"", b"")
        if name.lower() == b"content-disposition":
            self._disposition = parse_options_header(value)[1]

    def _end_headers(self) -> None:
        if b"filename" in self._disposition:
            self._file = self._files.create()

    def _extend_content(self, chunk: bytes, start: int, end: int) -> None:
        self._content += chunk[start:end]
        if b"filename" not in self._disposition and len(self._content) > MOST_FIELD_BYTES:
            raise TooLarge()

    def _end(self) -> None:
        name = self._disposition.get(b"name", b"").decode("utf-8", "replace")
        filename = self._disposition.get(b"filename")
        try:
            value = self._content.decode("utf-8").replace("\0", "") if filename is None else self._upload(filename)
        except UnicodeDecodeError:
            raise BadRequest("The parameters are not valid UTF-8.") from None
        self.fields.append((name, value))

    def _upload(self, filename: bytes) -> Upload | FileUpload:
        shown = filename.decode("utf-8", "replace")
        if self._file is None:
            return Upload(shown, bytes(self._content))
        self._write()
        path = self._file.name
        self.close()
        return FileUpload(shown, Path(path), self._written)

    def _complete(self) -> None:
        self.is_complete = True
