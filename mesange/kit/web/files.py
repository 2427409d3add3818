"""Sending a stored file, whole or a part of it, in pieces; RFC 9110, 14: one range is answered, several are not."""

import re
from collections.abc import AsyncGenerator

from mesange.kit.media import MediaStore
from mesange.kit.web.request import Request
from mesange.kit.web.response import Headers, Response

AT_ONCE = 256 << 10
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def range_in(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; the whole for what is no single range, None for what is beyond the end."""
    asked = RANGE.fullmatch(header) if len(header) < 50 else None
    if asked is None or not (asked[1] or asked[2]):
        return 0, size
    if not asked[1]:
        return (max(0, size - int(asked[2])), size) if int(asked[2]) else None
    start, end = int(asked[1]), min(size, int(asked[2]) + 1 if asked[2] else size)
    if start >= size:
        return None
    return (start, end) if start < end else (0, size)


async def send_file(request: Request, store: MediaStore, name: str, size: int, headers: Headers) -> Response | None:
    """Small ones as one answer, large ones in pieces. `headers` say its type and how long it may be kept."""
    tag = f'"{name.partition(".")[0]}"'.encode()
    told = [*headers, (b"accept-ranges", b"bytes"), (b"etag", tag)]
    media_type = dict(headers)[b"content-type"]
    others = [pair for pair in told if pair[0] != b"content-type"]
    if request.header(b"if-none-match").encode() == tag:
        return Response(b"", 304, media_type, others)
    asked = request.header(b"range")
    if request.header(b"if-range").encode() not in (b"", tag):
        asked = ""
    chosen = range_in(asked, size)
    if chosen is None:
        return Response(b"", 416, media_type, [*others, (b"content-range", b"bytes */%d" % size)])
    start, end = chosen
    status = 206 if asked and (start, end) != (0, size) else 200
    if status == 206:
        others.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size)))
    if end - start <= AT_ONCE:
        body = b"".join([piece async for piece in store.pieces(name, start, end)])
        return Response(body, status, media_type, others)
    head = [(b"content-type", media_type), (b"content-length", b"%d" % (end - start)), *others]
    await request.send({"type": "http.response.start", "status": status, "headers": head})
    await _send_pieces(request, store.pieces(name, start, end), is_wanted=request.method != "HEAD")
    return None


async def _send_pieces(request: Request, pieces: AsyncGenerator[bytes], *, is_wanted: bool) -> None:
    if is_wanted:
        async for piece in pieces:
            await request.send({"type": "http.response.body", "body": piece, "more_body": True})
    await request.send({"type": "http.response.body", "body": b""})
