"""A request as an endpoint reads it."""

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from mesange.kit.errors import BadRequest, Invalid, TooLarge
from mesange.kit.ids import id_of
from mesange.kit.web import parameters
from mesange.kit.web.multipart import FileParts, read_multipart
from mesange.kit.web.parameters import Parameters

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Shape = TypeVar("Shape")

MOST_BODY = 1_000_000
MOST_UPLOAD = 20_000_000


class Disconnected(Exception):
    """The client went away while its body was read; nobody is left to answer."""


class Request:
    __slots__ = ("_headers", "_parameters", "files", "method", "path", "receive", "scope", "segments", "send")

    def __init__(self, scope: Scope, receive: Receive, send: Send, segments: dict[str, str]) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.segments = segments
        self._headers: dict[bytes, bytes] | None = None
        self._parameters: Parameters | None = None
        self.files: FileParts | None = None

    @property
    def headers(self) -> dict[bytes, bytes]:
        """Header values by lower-case name; of repeated ones the last."""
        if self._headers is None:
            self._headers = dict(self.scope["headers"])
        return self._headers

    def header(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def query(self) -> Parameters:
        return parameters.from_query(self.scope["query_string"])

    @property
    def cookies(self) -> dict[str, str]:
        try:
            return {name: morsel.value for name, morsel in SimpleCookie(self.header(b"cookie")).items()}
        except CookieError:
            return {}

    @property
    def client_address(self) -> str:
        client = self.scope.get("client")
        return client[0] if client else ""

    def id(self, name: str) -> int:
        """The id in the path; 0, which no row has, when it is no number."""
        return id_of(self.segments[name]) or 0

    async def parameters(self) -> Parameters:
        """Query and body together; the body wins. Raises BadRequest, TooLarge."""
        if self._parameters is None:
            found = self.query
            if self.method != "GET" or b"content-length" in self.headers:
                found = found | await self._from_body()
            self._parameters = found
        return self._parameters

    async def receive_files(self, folder: Path, most: int) -> Parameters:
        """As `parameters`, of a body of at most `most` bytes, whose files are written into a folder as they come.

        What is still there when the request is answered is deleted.
        """
        self.files = FileParts(folder, most)
        return await self.parameters()

    async def read(self, shape: type[Shape]) -> Shape:
        """Parameters as a typed struct. Raises Invalid naming the wrong field."""
        return shaped(await self.parameters(), shape)

    async def _from_body(self) -> Parameters:
        kind = self.headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind == b"multipart/form-data":
            files = self.files or FileParts(None, MOST_UPLOAD)
            self.refuse_longer_than(files.most)
            return parameters.nested(await read_multipart(self.headers[b"content-type"], self.chunks(), files))
        body = await self.body()
        if not body:
            return {}
        if kind == b"application/json" or (kind == b"" and body[:1] == b"{"):
            return parameters.from_json(body)
        return parameters.from_form(body)

    async def body(self, most: int = MOST_BODY) -> bytes:
        self.refuse_longer_than(most)
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self._message()
            chunks.append(message["body"])
            size += len(message["body"])
            if size > most:
                raise TooLarge()
            more = message.get("more_body", False)
        return b"".join(chunks)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises Disconnected."""
        more = True
        while more:
            message = await self._message()
            yield message["body"]
            more = message.get("more_body", False)

    async def _message(self) -> MutableMapping[str, Any]:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        message.setdefault("body", b"")
        return message

    def refuse_longer_than(self, most: int) -> None:
        length = self.headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > most:
            raise TooLarge()


def shaped(values: Parameters, shape: type[Shape]) -> Shape:
    """Raises Invalid: the first field that does not fit, in plain words."""
    try:
        return msgspec.convert(_fitted(values, shape), shape, strict=False)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        field = place.rstrip("`").partition("[")[0].partition(".")[0]
        raise Invalid(f"{field}: {reason}" if field else reason, field=field or None) from None
    except (RecursionError, UnicodeError):
        raise BadRequest() from None


def _fitted(values: Parameters, shape: type[Any]) -> Parameters:
    """One `a=` is a list of one where a list is wanted; of several, the last counts where one value is wanted."""
    lists = _list_fields(shape)
    return {name: _as_wanted(value, lists.get(name)) for name, value in values.items()}


def _as_wanted(value: Any, only_a_list: bool | None) -> Any:
    kind: type = value.__class__
    if only_a_list is None and kind is parameters.Repeated:
        return value[-1]
    return [value] if only_a_list and kind not in LISTED else value


LISTED = (list, dict, parameters.Repeated, NoneType)


@cache
def _list_fields(shape: type[Any]) -> dict[str, bool]:
    """The fields that take a list, each with whether it takes nothing else."""
    found: dict[str, bool] = {}
    for name, hint in get_type_hints(shape).items():
        kinds = {get_origin(kind) or kind for kind in (get_args(hint) if isinstance(hint, UnionType) else (hint,))}
        if list in kinds:
            found[name] = kinds <= {list, NoneType}
    return found
