"""Stored pictures: whole on the disk, under names nobody can guess, and nothing else is served."""

import resource
from pathlib import Path

import pytest

from mesange.kit.errors import Unavailable
from mesange.kit.media import delete_image, media_folder, read_image, store_image
from mesange.kit.settings import Settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


async def test_a_picture_comes_back_as_it_was_until_it_is_deleted(here: Settings) -> None:
    name = await store_image(here, b"picture", "image/webp")
    assert await read_image(here, name) == (b"picture", "image/webp")
    assert name != await store_image(here, b"picture", "image/webp")
    for _ in range(2):
        await delete_image(here, name)
    await delete_image(here, "")
    assert await read_image(here, name) is None


@pytest.mark.parametrize(
    "name", ["", "../mesange.sqlite3", "a.webp", "..%2f..%2fetc", f"{'a' * 32}.exe", f"{'A' * 32}.webp", f"{'a' * 32}."]
)
async def test_no_other_file_is_read(here: Settings, name: str) -> None:
    (here.data / "mesange.sqlite3").write_bytes(b"secret")
    assert await read_image(here, name) is None


async def test_a_full_disk_leaves_no_half_picture(here: Settings) -> None:
    await store_image(here, b"first", "image/png")
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, most))
    try:
        with pytest.raises(Unavailable):
            await store_image(here, b"x" * 100, "image/png")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    assert [file.suffix for file in media_folder(here).iterdir()] == [".png"]
