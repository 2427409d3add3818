"""Answers too large for memory: sent piece by piece, as fast as they are taken."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

from mesange.kit.web.request import Request

READ_AT_ONCE = 256_000


async def send_download(
    request: Request, name: str, media_type: bytes, pieces: AsyncIterator[bytes], size: int | None = None
) -> None:
    """Send a file that the browser saves under `name`, a plain ASCII one; nothing on the way keeps it."""
    headers = [
        (b"content-type", media_type),
        (b"content-disposition", b'attachment; filename="%s"' % name.encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; sandbox"),
    ]
    if size is not None:
        headers.append((b"content-length", b"%d" % size))
    await request.send({"type": "http.response.start", "status": 200, "headers": headers})
    if request.method != "HEAD":
        async for piece in pieces:
            await request.send({"type": "http.response.body", "body": piece, "more_body": True})
    await request.send({"type": "http.response.body", "body": b""})


async def pieces_of(path: Path) -> AsyncGenerator[bytes]:

    file = await asyncio.to_thread(path.open, "rb")
    try:
        while piece := await asyncio.to_thread(file.read, READ_AT_ONCE):
            yield piece
    finally:
        file.close()
