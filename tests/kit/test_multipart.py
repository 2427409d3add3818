"""Multipart forms: whole, within limits, or refused."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mesange.kit.errors import BadRequest, TooLarge
from mesange.kit.web.multipart import MOST_FIELD_BYTES, FileParts, read_multipart
from mesange.kit.web.parameters import MOST_FIELDS, FileUpload, Upload

TYPE = b"multipart/form-data; boundary=xyz"


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    more = f'; filename="{filename}"' if filename is not None else ""
    return f'--xyz\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


async def chunks(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def read(
    body: bytes, *, size: int = 1 << 16, most: int = 10**7, kind: bytes = TYPE, folder: Path | None = None
) -> list:
    return await read_multipart(kind, chunks(body, size), FileParts(folder, most))


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


@pytest.mark.parametrize("size", [7, 1 << 16])
async def test_files_are_written_to_disk_as_they_come(size: int, tmp_path: Path) -> None:
    content = bytes(range(256)) * 3_000
    body = part("a", b"1") + part("f", content, "../../film.mp4") + part("g", b"", "") + b"--xyz--\r\n"
    _, (_, film), (_, nothing) = await read(body, size=size, folder=tmp_path / "incoming")
    assert isinstance(film, FileUpload) and isinstance(nothing, FileUpload)
    assert (film.path.read_bytes(), film.size, nothing.size) == (content, len(content), 0)
    assert film.path.parent == nothing.path.parent == tmp_path / "incoming"


async def test_what_is_not_moved_away_is_deleted(tmp_path: Path) -> None:
    files = FileParts(tmp_path, 10**6)
    with pytest.raises(BadRequest):
        await read_multipart(TYPE, chunks(part("f", b"x" * 500_000, "a") + part("g", b"y", "b"), 999), files)
    assert len(list(tmp_path.iterdir())) == 2
    files.delete()
    files.delete()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("header", ["x" * 100_000, 'Content-Disposition: form-data; name="' + "a" * 100_000])
async def test_c14_a_header_without_end_is_refused(header: str) -> None:
    with pytest.raises((BadRequest, TooLarge)):
        await read(f"--xyz\r\n{header}".encode(), size=10)
