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
    pieces = [STATUS_LINE[response.status]]
    for name, value in (*default_headers, *response.headers):
        if b"\n" in value or b"\r" in value:
            raise ValueError(f"a line break in the header {name.decode()}")
        pieces += (name, b": ", value, b"\r\n")
    pieces.append(b"content-type: %b\r\ncontent-length: %d\r\n\r\n" % (response.media_type, len(response.body)))
    return b"".join(pieces)
