"""Sending files: whole, a part, never many parts at once."""

from pathlib import Path
from typing import Any

import pytest

from mesange.kit.media import MediaStore, new_name, open_media
from mesange.kit.settings import Settings
from mesange.kit.web.files import range_in, send_file
from mesange.kit.web.request import Request

BODY = bytes(range(256)) * 8_000  # 2 MB


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", (0, 100)),
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=5-1000", (5, 100)),
        ("bytes=99-99", (99, 100)),
        ("bytes=100-", None),
        ("bytes=-0", None),
        ("bytes=9-5", (0, 100)),
        ("bytes=-", (0, 100)),
        ("bytes=0-1,3-4", (0, 100)),
        ("lines=0-9", (0, 100)),
        ("bytes=" + "9" * 400 + "-", (0, 100)),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(10_000)), (0, 100)),
    ],
)
def test_c15_one_range_is_answered_and_ten_thousand_are_the_whole(header: str, chosen: object) -> None:
    assert range_in(header, 100) == chosen


async def asked(store: MediaStore, name: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    lines = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    request = Request({"type": "http", "method": method, "path": "/", "headers": lines}, receive, send, {})
    kind = [(b"content-type", b"video/mp4")]
    response = await send_file(request, store, name, len(BODY), kind)
    if response is not None:
        return response.status, {k.decode(): v.decode() for k, v in response.headers}, response.body
    told = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(message["body"] for message in sent[1:])


@pytest.fixture
async def film(tmp_path: Path) -> tuple[MediaStore, str]:
    store, name = open_media(Settings(data=tmp_path)), new_name("video/mp4")
    await store.put(name, BODY)
    return store, name


async def test_a_large_file_comes_in_pieces_whole_or_in_part(film: tuple[MediaStore, str]) -> None:
    status, told, body = await asked(*film)
    assert (status, told["content-length"], told["accept-ranges"], body) == (200, str(len(BODY)), "bytes", BODY)
    status, told, body = await asked(*film, range="bytes=1000-999999")
    assert (status, told["content-range"], body) == (206, f"bytes 1000-999999/{len(BODY)}", BODY[1000:1_000_000])
    status, told, body = await asked(*film, range="bytes=-5")
    assert (status, body) == (206, BODY[-5:])
    status, told, body = await asked(*film, range="bytes=9999999-")
    assert (status, told["content-range"], body) == (416, f"bytes */{len(BODY)}", b"")


async def test_who_has_it_already_gets_nothing_and_head_only_the_head(film: tuple[MediaStore, str]) -> None:
    _, told, _ = await asked(*film)
    assert (await asked(*film, if_none_match=told["etag"]))[0] == 304
    assert (await asked(*film, range="bytes=0-9", if_range='"another"'))[0] == 200
    assert (await asked(*film, range="bytes=0-9", if_range=told["etag"]))[0] == 206
    status, told, body = await asked(*film, method="HEAD")
    assert (status, told["content-length"], body) == (200, str(len(BODY)), b"")
