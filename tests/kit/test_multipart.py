"""Multipart forms: whole, within limits, or refused."""

from collections.abc import AsyncIterator

import pytest

from mesange.kit.errors import BadRequest, TooLarge
from mesange.kit.web.multipart import MOST_FIELD_BYTES, read_multipart
from mesange.kit.web.parameters import MOST_FIELDS, Upload

TYPE = b"multipart/form-data; boundary=xyz"


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    more = f'; filename="{filename}"' if filename is not None else ""
    return f'--xyz\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


async def chunks(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def read(body: bytes, *, size: int = 1 << 16, most: int = 10**7, kind: bytes = TYPE) -> list:
    return await read_multipart(kind, chunks(body, size), most)


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
async def test_fields_and_files_come_whole_however_they_are_cut(size: int) -> None:
    body = part("a", "é".encode()) + part("f", b"\0\xff\r\n--xy", "ü.png") + part("b[]", b"") + b"--xyz--\r\n"
    assert await read(body, size=size) == [("a", "é"), ("f", Upload("ü.png", b"\0\xff\r\n--xy")), ("b[]", "")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (part("a", b"1"), TYPE),
        (part("a", b"1")[:-30], TYPE),
        (b"", TYPE),
        (b"garbage", TYPE),
        (part("a", b"\xff") + b"--xyz--\r\n", TYPE),
        (part("a", b"1") + b"--xyz--\r\n", b"multipart/form-data"),
        (part("a", b"1") + b"--xyz--\r\n", b"multipart/form-data; boundary=other"),
    ],
)
async def test_a_broken_body_is_refused(body: bytes, kind: bytes) -> None:
    with pytest.raises(BadRequest):
        await read(body, kind=kind)


async def test_limits_hold() -> None:
    end = b"--xyz--\r\n"
    with pytest.raises(TooLarge):
        await read(part("a", b"x" * 2_000) + end, most=1_000)
    with pytest.raises(TooLarge):
        await read(part("a", b"x" * (MOST_FIELD_BYTES + 1)) + end)
    with pytest.raises(TooLarge):
        await read(part("a", b"1") * (MOST_FIELDS + 1) + end)
    assert len(await read(part("f", b"x" * (MOST_FIELD_BYTES + 1), "big.png") + end)) == 1
