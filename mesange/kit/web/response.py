"""Answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]
encode_json = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Response:
    body: bytes = b""
    status: int = 200
    media_type: bytes = b"application/json; charset=utf-8"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])

    def with_header(self, name: bytes, value: bytes) -> "Response":
        self.headers.append((name, value))
        return self


def json_response(value: Any, status: int = 200) -> Response:
    return Response(encode_json(value), status)


def redirect(location: str, status: int = 303) -> Response:
    return Response(b"", status, b"text/plain; charset=utf-8", [(b"location", location.encode("utf-8"))])
