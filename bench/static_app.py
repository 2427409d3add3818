"""The reference: the same serving stack as Mésange answering fixed bytes.

`python -m bench.static_app PORT`, then GET /44000.
"""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

Message = MutableMapping[str, Any]


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answers as many bytes as its path says."""
    body = _body(scope["path"])
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


_bodies: dict[str, bytes] = {}


def _body(path: str) -> bytes:
    if path not in _bodies:
        _bodies[path] = b"x" * int(path.removeprefix("/"))
    return _bodies[path]


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
    )
