"""Writing an answer in one piece.

uvicorn checks and copies each header and writes head and body apart; with a dozen headers that costs more than making
a kept page (docs/decisions/0018). Where the way is free, head and body leave in one call instead. Any other case goes
by plain ASGI messages: HEAD, a client that does not read, a connection that ends, another ASGI server.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from mesange.kit.web.app import write
from mesange.kit.web.request import Send
from mesange.kit.web.response import Headers, Response

OTHER_LINES = 4
"""The status, the type and the length of the content, and the empty line."""


async def write_at_once(send: Send, response: Response, *, with_body: bool = True) -> None:
    """As `kit.web.app.write`, faster. Raises ValueError for a header that would be two."""
    cycle: Any = getattr(send, "__self__", None)
    if with_body and type(cycle) is RequestResponseCycle and _is_free(cycle):
        body = response.body
        head = _head(response, cycle.default_headers)
        cycle.response_started = True
        cycle.waiting_for_100_continue = False
        cycle.transport.writelines((head, body))
        cycle.response_complete = True
        cycle.message_event.set()
        cycle.on_response()
    else:
        await write(send, response, with_body=with_body)


def _is_free(cycle: Any) -> bool:
    return cycle.keep_alive and not (cycle.response_started or cycle.disconnected or cycle.flow.write_paused)


def _head(response: Response, default_headers: Headers) -> bytes:
    headers = (*default_headers, *response.headers)
    pieces = [STATUS_LINE[response.status]]
    for name, value in headers:
        pieces += (name, b": ", value, b"\r\n")
    pieces.append(b"content-type: %b\r\ncontent-length: %d\r\n\r\n" % (response.media_type, len(response.body)))
    head = b"".join(pieces)
    # One look at the whole instead of two at each value: a line break too many is in a value.
    if not head.count(b"\n") == head.count(b"\r") == len(headers) + OTHER_LINES:
        raise ValueError("a line break in a header")
    return head
