"""Stored files: whole and durable, under names nobody can guess, and nothing else is ever looked up."""

import asyncio
import resource
import time
from pathlib import Path

import pytest

from mesange.kit.errors import Unavailable
from mesange.kit.media import TYPES, MediaStore, is_name, new_name, open_media, type_of
from mesange.kit.settings import Settings


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """Both stores keep the same contract."""
    url = str(request.getfixturevalue("bucket")) if request.param == "bucket" else ""
    return open_media(Settings(data=tmp_path, media_url=url, media_access_key="key", media_secret_key="secret"))


async def content_of(store: MediaStore, name: str, start: int = 0, end: int = 1 << 40) -> bytes:
    return b"".join([piece async for piece in store.pieces(name, start, end)])


async def test_a_file_comes_back_as_it_was_until_it_is_deleted(store: MediaStore) -> None:
    name = new_name("image/webp")
    await store.put(name, b"picture")
    assert (await store.size(name), await content_of(store, name)) == (7, b"picture")
    for _ in range(2):
        await store.delete(name)
    assert await store.size(name) is None
    assert await content_of(store, name) == b""


async def test_a_file_on_disk_is_taken_over(store: MediaStore, tmp_path: Path) -> None:
    given, name = tmp_path / "given", new_name("video/mp4")
    given.write_bytes(b"film" * 200_000)
    await store.put(name, given)
    assert not given.exists()
    assert await content_of(store, name) == b"film" * 200_000


async def test_a_part_of_a_file_is_read_alone(store: MediaStore) -> None:
    name = new_name("audio/ogg")
    await store.put(name, bytes(range(256)) * 4_000)
    assert await content_of(store, name, 256_000, 256_003) == b"\0\1\2"
    assert len(await content_of(store, name, 10, 700_000)) == 699_990
    assert await content_of(store, name, 5, 5) == b""


async def test_what_is_there_is_listed_whole_or_in_part_and_nothing_else(store: MediaStore) -> None:
    names = sorted(f"{first}{number:031x}.webp" for first in "0af" for number in range(12))
    began = time.time_ns() // 1_000_000

    async def listed(first: str = "", below: str = "") -> list[str]:
        found = [file async for portion in store.files(first, below) for file in portion]
        assert all(began - 60_000 < file.written_at < began + 60_000 for file in found)
        return sorted(file.name for file in found)

    before = await listed()
    for name in names:
        await store.put(name, b"x")
    assert await listed() == sorted([*before, *names])
    assert await listed("a", "a00001") == sorted(name for name in [*before, *names] if "a" <= name < "a00001")
    assert set(await listed("f")) - set(before) == {name for name in names if name.startswith("f")}


def test_f15_names_are_long_and_random_and_say_the_type() -> None:
    for media_type in TYPES.values():
        names = {new_name(media_type) for _ in range(100)}
        assert len(names) == 100
        assert all(
            is_name(name) and len(name.partition(".")[0]) == 32 and type_of(name) == media_type for name in names
        )


@pytest.mark.parametrize(
    "name",
    [
        *("", "../mesange.sqlite3", "a.webp", "..%2f..%2fetc", f"{'a' * 32}.exe", f"{'A' * 32}.webp", f"{'a' * 32}."),
        *(f"{'a' * 32}.webp\n", f"{'a' * 32}.webp\0", f"/{'a' * 32}.webp", f"{'a' * 31}/.webp", f"{'a' * 32}.svg"),
        *(f"{'a' * 4096}.webp", f"C:{'a' * 30}.webp", f"{'é' * 32}.png", f"{'a' * 32}.webp.part", f"{'a' * 32}.html"),
    ],
)
def test_c2_no_other_name_is_looked_up(name: str) -> None:
    assert not is_name(name)


async def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    store = open_media(Settings(data=tmp_path))
    await store.put(new_name("image/png"), b"first")
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most))
    try:
        with pytest.raises(Unavailable):
            await store.put(new_name("image/png"), b"x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    assert [file.suffix for file in (tmp_path / "media").iterdir()] == [".png"]


async def test_the_free_space_is_that_of_the_disk_or_nobody_knows(store: MediaStore) -> None:
    free = await store.free_space()
    assert free is None or free > 0


@pytest.mark.slow
async def test_a_store_that_is_away_refuses_and_says_when_to_come_back(tmp_path: Path) -> None:
    away = Settings(data=tmp_path, media_url="s3://pictures?endpoint=http://127.0.0.1:9", media_access_key="a")
    store, name = open_media(away), new_name("image/png")
    with pytest.raises(Unavailable) as refusal:
        await asyncio.wait_for(store.size(name), 60)
    assert refusal.value.retry_after


def test_another_kind_of_store_is_refused() -> None:
    with pytest.raises(ValueError, match="media_url"):
        Settings(media_url="ftp://somewhere")
