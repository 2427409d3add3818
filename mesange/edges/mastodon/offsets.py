"""Lists without cursors of their own (rankings): paged by `offset` and `limit`, with a Link header all the same."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import msgspec

from mesange.front.api import Call
from mesange.front.paging import page_of
from mesange.kit.web.response import Response

HIGHEST_OFFSET = 1_000_000


class Offset(msgspec.Struct):
    offset: str | int = 0


@dataclass(frozen=True, slots=True)
class Portion:
    limit: int
    offset: int


def offset_of(call: Call, sizes: tuple[int, int]) -> Portion:
    """`sizes` are the default and the most. What is no number counts as 0."""
    text = str(call.query(Offset).offset)
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return Portion(page_of(call, sizes).limit, min(int(text), HIGHEST_OFFSET) if is_number else 0)


def offset_response(call: Call, body: bytes, count: int, portion: Portion) -> Response:
    """The list, with the way on while it was full and the way back from all but the first."""
    links: list[str] = []
    if count >= portion.limit:
        links.append(f'<{_address(call, portion.offset + portion.limit)}>; rel="next"')
    if portion.offset:
        links.append(f'<{_address(call, max(portion.offset - portion.limit, 0))}>; rel="prev"')
    response = Response(body)
    if links:
        response.headers.append((b"link", ", ".join(links).encode()))
    return response


def _address(call: Call, offset: int) -> str:
    query = parse_qsl(call.request.scope["query_string"].decode("latin-1"))
    kept = [(name, value) for name, value in query if name not in ("offset", "access_token")]
    return f"{call.server.settings.origin}{call.request.path}?{urlencode([*kept, ('offset', offset)])}"
