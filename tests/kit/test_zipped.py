"""ZIP files: written with flat memory, read only when nothing about them is hostile."""

import json
import tracemalloc
import zipfile
from collections.abc import AsyncGenerator
from pathlib import Path
from time import thread_time

import pytest

from mesange.kit.zipped import CHECKSUMS, MOST_ENTRIES, HostileZip, ZipWriter, checked_entries, verify_zip


async def pieces(*content: bytes) -> AsyncGenerator[bytes]:
    for piece in content:
        yield piece


async def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "made" / "a.zip"
    async with ZipWriter(path) as zipped:
        await zipped.add("a.json", pieces(b"[", b"1", b"]"))
        await zipped.add("media/b.png", pieces(b"\x89PNG"), is_compressed=False)
        assert not path.exists()
    assert verify_zip(path) == 2
    assert zipfile.ZipFile(path).read("a.json") == b"[1]"


async def test_memory_stays_flat_however_much_is_written(tmp_path: Path) -> None:
    async def much() -> AsyncGenerator[bytes]:
        for number in range(300):
            yield b"%d" % number * 100_000

    tracemalloc.start()
    async with ZipWriter(tmp_path / "a.zip") as zipped:
        await zipped.add("much", much())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


async def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    async def broken() -> AsyncGenerator[bytes]:
        yield b"x"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        async with ZipWriter(tmp_path / "a.zip") as zipped:
            await zipped.add("a", broken())
    assert not list(tmp_path.iterdir())


HOSTILE = ["../a", "/etc/passwd", "a/../../b", "..", "C:\\a", "a\\..\\b", "a:b", "a\nb", "x" * 2_000]


@pytest.mark.parametrize("name", HOSTILE)
def test_c2_c12_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good", b"x")
        archive.writestr(name, b"x")
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")


def test_c12_a_link_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")


def test_c12_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 50_000_000)
    began = thread_time()
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")
    assert thread_time() - began < 0.5


def test_c12_a_million_entries_are_refused_quickly(tmp_path: Path) -> None:
    class Crowded(zipfile.ZipFile):
        def infolist(self) -> list[zipfile.ZipInfo]:
            return [zipfile.ZipInfo("a")] * (MOST_ENTRIES + 1)

    with Crowded(tmp_path / "a.zip", "w") as archive, pytest.raises(HostileZip):
        checked_entries(archive)


def test_c12_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")


async def test_what_was_changed_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    async with ZipWriter(path) as zipped:
        await zipped.add("a.json", pieces(b"[1]"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.json", b"[2]")
    with pytest.raises(HostileZip):
        verify_zip(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")


@pytest.mark.parametrize("sums", ["[]", "{", '"x"', json.dumps({"a": "0"})])
def test_checksums_that_are_none_are_refused(tmp_path: Path, sums: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"x")
        archive.writestr(CHECKSUMS, sums)
    with pytest.raises(HostileZip):
        verify_zip(tmp_path / "a.zip")
