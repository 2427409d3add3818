"""Multipart forms, read within limits."""

from collections.abc import AsyncIterator
from typing import Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from mesange.kit.errors import BadRequest, TooLarge
from mesange.kit.web.parameters import MOST_FIELDS, Upload

MOST_FIELD_BYTES = 1_000_000


async def read_multipart(content_type: bytes, chunks: AsyncIterator[bytes], most: int) -> list[tuple[str, Any]]:
    """Fields as (name, text or Upload), in order; at most `most` bytes. Raises BadRequest, TooLarge."""
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise BadRequest("The multipart body has no boundary.")
    parts = _Parts()
    size = 0
    try:
        parser = MultipartParser(boundary, parts.callbacks)  # type: ignore[arg-type]
        async for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise TooLarge()
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError:
        raise BadRequest("The multipart body is broken.") from None
    if not parts.is_complete:
        raise BadRequest("The multipart body is cut short.")
    return parts.fields


class _Parts:
    """Collects the parser's calls into fields."""

    def __init__(self) -> None:
        self.fields: list[tuple[str, Any]] = []
        self.is_complete = False
        self._header = (b"", b"")
        self._disposition: dict[bytes, bytes] = {}
        self._content = bytearray()
        self.callbacks: dict[str, Any] = {
            "on_part_begin": self._begin,
            "on_header_field": self._extend_header_name,
            "on_header_value": self._extend_header_value,
            "on_header_end": self._end_header,
            "on_part_data": self._extend_content,
            "on_part_end": self._end,
            "on_end": self._complete,
        }

    def _begin(self) -> None:
        if len(self.fields) >= MOST_FIELDS:
            raise TooLarge("There are too many parameters.")
        self._disposition, self._content = {}, bytearray()

    def _extend_header_name(self, chunk: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + chunk[start:end], self._header[1])

    def _extend_header_value(self, chunk: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + chunk[start:end])

    def _end_header(self) -> None:
        name, value = self._header
        self._header = (b"", b"")
        if name.lower() == b"content-disposition":
            self._disposition = parse_options_header(value)[1]

    def _extend_content(self, chunk: bytes, start: int, end: int) -> None:
        self._content += chunk[start:end]
        if b"filename" not in self._disposition and len(self._content) > MOST_FIELD_BYTES:
            raise TooLarge()

    def _end(self) -> None:
        name = self._disposition.get(b"name", b"").decode("utf-8", "replace")
        filename = self._disposition.get(b"filename")
        try:
            value = Upload(filename.decode("utf-8", "replace"), bytes(self._content)) if filename is not None else (
                self._content.decode("utf-8").replace("\0", "")
            )  # fmt: skip
        except UnicodeDecodeError:
            raise BadRequest("The parameters are not valid UTF-8.") from None
        self.fields.append((name, value))

    def _complete(self) -> None:
        self.is_complete = True
