"""A site on the loopback whose pages a test writes, and the pages it was asked for."""

import asyncio
from io import BytesIO

from PIL import Image

from tests.kit.loopback import Loopback


def html(head: str, body: str = "<p>Hello") -> bytes:
    return answer(f"<!doctype html><html lang=fr><head>{head}</head><body>{body}".encode(), "text/html; charset=utf-8")


def answer(body: bytes, content_type: str, status: str = "200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        content_type.encode(),
        len(body),
        body,
    )


def picture(width: int = 600, height: int = 400) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "steelblue").save(made, "PNG")
    return answer(made.getvalue(), "image/png")


class Site:
    """`pages` by path; what is missing is answered by 404."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.port = 0

    async def open(self, loopback: Loopback) -> None:
        self.port = await loopback.serve(self._behave)

    async def _behave(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        path = request.split(b" ")[1].decode()
        self.asked.append(path)
        writer.write(self.pages.get(path, answer(b"nothing here", "text/html", "404 Not Found")))
        await writer.drain()

    def url(self, path: str = "/") -> str:
        return f"http://site.example.test:{self.port}{path}"
