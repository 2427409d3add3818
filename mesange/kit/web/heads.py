"""A bound on the head of a request: httptools itself takes headers of any size, and keeps them all in memory."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mesange.kit.web.request import Receive, Scope, Send

MOST_HEAD = 64_000
TOO_LONG = b'{"error":"The head of this request is too long."}'
REFUSAL = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/json; charset=utf-8\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (len(TOO_LONG), TOO_LONG)
)


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol, which answers 431 to a head over `MOST_HEAD` bytes, whether it ends or not."""

    is_in_head = False
    head_bytes = 0

    def on_message_begin(self) -> None:
        self.is_in_head, self.head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.is_in_head = False
        app: Any = self.app
        if len(self.url) + sum(len(value) for _, value in self.headers) > MOST_HEAD:
            self.app: Any = refuse
        super().on_headers_complete()
        self.app = app

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.is_in_head:
            self.head_bytes += len(data)
            if self.head_bytes > MOST_HEAD:
                self.is_in_head = False
                self.transport.write(REFUSAL)
                self.transport.close()


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(TOO_LONG)),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 431, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LONG})
