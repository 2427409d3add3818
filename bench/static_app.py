"""The reference: the serving stack of Mésange, its way of writing answers included, with fixed bytes.

`python -m bench.static_app PORT`, then GET /44000.
"""

import sys
from functools import lru_cache

import uvicorn

from mesange.kit.web.request import Receive, Scope, Send
from mesange.kit.web.response import Response
from mesange.kit.web.wire import write_at_once


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers as many bytes as its path says."""
    await write_at_once(send, fixed(scope["path"]))


@lru_cache
def fixed(path: str) -> Response:
    return Response(b"x" * int(path.removeprefix("/")))


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
    )
