"""One archive holds everything, and nothing that a stranger put into it leads anywhere."""

import io
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from mesange.kit.backup import NotOurs, load_archive, verify_archive, write_archive
from mesange.kit.backup.manifest import manifest_name
from mesange.kit.backup.restoring import sums_of
from mesange.kit.db import Database, open_database
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.errors import Unavailable
from mesange.kit.media import MediaStore, new_name, open_media
from mesange.kit.server import Server
from mesange.kit.settings import Settings

PICTURE = f"{'a' * 32}.webp"
Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
async def archive(server: Server, tmp_path: Path) -> Path:
    """A backup of a server with rows of every type and two files."""
    async with server.db.transaction() as tx:
        await tx.execute("INSERT INTO facts (name, value) VALUES (?, ?)", "motto", "là-haut 🐦")
        await tx.execute("INSERT INTO events (epoch, data) VALUES (0, ?)", b"\x00\xff\x90")
        await tx.execute("INSERT INTO cursors (consumer, epoch, seq) VALUES ('reader', 0, 1)")
        for id in range(1, 6_001):
            await tx.execute("INSERT INTO hashtags (id, name) VALUES (?, ?)", id, f"tag{id}")
    await server.media.put(PICTURE, b"picture" * 1000)
    (server.settings.data / "media" / f"{'b' * 32}.part").write_bytes(b"half a picture")
    (server.settings.data / "server.key").write_bytes(b"secret")
    target = tmp_path / "backup.tar"
    await write_archive(server.db, server.media, server.settings, target)
    return target


async def empty_database(folder: Path, url: str = "") -> Database:
    database = open_database(Settings(data=folder, database_url=url))
    await database.open()
    await migrate(database, read_migrations("mesange.migrations"))
    return database


async def test_what_was_saved_is_restored_row_by_row(
    server: Server, archive: Path, tmp_path: Path, database_url: str
) -> None:
    manifest = verify_archive(archive)
    target = await empty_database(tmp_path / "new", database_url)
    await load_archive(target, open_media(Settings(data=tmp_path / "new")), tmp_path / "new", archive, manifest)
    was, is_now = (
        await sums_of(server.db, manifest.tables.keys()),
        await sums_of(target, manifest.tables.keys()),
    )
    motto = await target.value("SELECT value FROM facts WHERE name = 'motto'")
    events = await target.events_after((0, 0), 10)
    async with target.transaction() as tx:
        await tx.execute("INSERT INTO events (epoch, data) VALUES (0, ?)", b"next")
    newest = await target.value("SELECT max(seq) FROM events")
    await target.close()
    assert was == is_now
    assert manifest.tables["hashtags"].rows == 6_000
    assert motto == "là-haut 🐦"
    assert [data for _, data in events] == [b"\x00\xff\x90"]
    assert newest > events[0][0][1]
    assert (tmp_path / f"new/media/{PICTURE}").read_bytes() == b"picture" * 1000
    assert (tmp_path / "new/server.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ways", [("bucket", "bucket"), ("folder", "bucket"), ("bucket", "folder")], ids="-to-".join)
async def test_media_go_along_from_and_to_a_store_of_any_kind(
    server: Server, bucket: str, tmp_path: Path, database_url: str, ways: tuple[str, str]
) -> None:
    data, stores = (tmp_path / "old", tmp_path / "new"), dict[str, MediaStore]()
    for place, way in zip(("from", "to"), ways, strict=True):
        url = bucket.replace("folder", place) if way == "bucket" else ""
        settings = Settings(data=data[place == "to"], media_url=url, media_access_key="k", media_secret_key="s")
        stores[place] = open_media(settings)
    given = {new_name("image/webp"): bytes([number]) * number * 100_000 for number in range(1, 21)}
    for name, content in given.items():
        await stores["from"].put(name, content)
    archive = tmp_path / "kept.tar"
    await write_archive(server.db, stores["from"], Settings(data=data[0]), archive)
    manifest = verify_archive(archive)
    assert manifest.files.keys() == {f"media/{name}" for name in given}
    target = await empty_database(tmp_path / "database", database_url)
    await load_archive(target, stores["to"], data[1], archive, manifest)
    await target.close()
    for name, content in given.items():
        assert await stores["to"].size(name) == len(content)
        assert b"".join([piece async for piece in stores["to"].pieces(name, 0, len(content))]) == content
    left = [path for path in data[1].rglob("*") if path.is_file() and ways[1] == "bucket"]
    assert left == [], "nothing stays on this machine"


@pytest.mark.slow
async def test_a_store_that_is_away_makes_no_backup(server: Server, tmp_path: Path) -> None:
    away = open_media(Settings(data=tmp_path, media_url="s3://pictures?endpoint=http://127.0.0.1:9"))
    with pytest.raises(Unavailable):
        await write_archive(server.db, away, server.settings, tmp_path / "kept.tar")


async def test_a_database_with_rows_is_left_alone(server: Server, archive: Path, tmp_path: Path) -> None:
    manifest = verify_archive(archive)
    with pytest.raises(NotOurs, match="not empty"):
        await load_archive(server.db, server.media, tmp_path / "new", archive, manifest)


async def test_an_archive_is_readable_by_its_owner_alone(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0


async def test_a_changed_byte_is_found(archive: Path) -> None:
    with tarfile.open(archive) as members:
        middles = [member.offset_data + member.size // 2 for member in members]
    for at in middles:
        content = bytearray(archive.read_bytes())
        content[at] ^= 0x55
        spoilt = archive.with_name("spoilt.tar")
        spoilt.write_bytes(content)
        with pytest.raises(NotOurs):
            verify_archive(spoilt)


@pytest.mark.slow
async def test_a_sealed_archive_shows_nothing_and_opens_with_its_passphrase_alone(
    server: Server, archive: Path
) -> None:
    sealed = archive.with_name("sealed.tar")
    await write_archive(server.db, server.media, server.settings, sealed, passphrase="twelve small birds")
    content = sealed.read_bytes()
    assert verify_archive(sealed, "twelve small birds").tables == verify_archive(archive).tables
    assert b"manifest" not in content and b"server.key" not in content
    for wrong in ("", "twelve small bird", "nothing else"):
        with pytest.raises(NotOurs):
            verify_archive(sealed, wrong)
    with pytest.raises(NotOurs):
        verify_archive(archive, "twelve small birds")
    for at in (3, 30, 60, len(content) // 2, len(content) - 1):
        sealed.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(NotOurs):
            verify_archive(sealed, "twelve small birds")
    sealed.write_bytes(content[:-100])
    with pytest.raises(NotOurs):
        verify_archive(sealed, "twelve small birds")


async def test_a_cut_archive_is_found(archive: Path) -> None:
    content = archive.read_bytes()
    with tarfile.open(archive) as members:
        manifest = members.getmembers()[-1]
    for part in (0, 1, 511, len(content) // 2, manifest.offset_data + 5):
        cut = archive.with_name("cut.tar")
        cut.write_bytes(content[:part])
        with pytest.raises(NotOurs):
            verify_archive(cut)


def ordinary(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    return member, content


def link(name: str, target: str, kind: bytes) -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member, b""


def manifest_of(**changes: object) -> bytes:
    told = {"format": 1, "program": "x", "taken_at": 0, "domain": "x", "engine": "sqlite", "migration": 1}
    return msgspec.json.encode(told | {"tables": {}, "files": {}} | changes)


def manifest_member(content: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return ordinary(manifest_name(content), content)


STRANGE: dict[str, Callable[[], Members]] = {
    "traversal": lambda: [ordinary("files/../../etc/passwd")],
    "absolute": lambda: [ordinary("files//etc/passwd")],
    "backslash": lambda: [ordinary("files/a\\..\\b")],
    "drive": lambda: [ordinary("files/C:x")],
    "four kilobytes of name": lambda: [ordinary("files/" + "a" * 4096)],
    "deep": lambda: [ordinary("files/" + "a/" * 50 + "b")],
    "outside": lambda: [ordinary("elsewhere/a")],
    "symbolic link": lambda: [link("files/a", "/etc/passwd", tarfile.SYMTYPE)],
    "hard link": lambda: [link("files/a", "/etc/passwd", tarfile.LNKTYPE)],
    "device": lambda: [link("files/a", "", tarfile.CHRTYPE)],
    "folder": lambda: [link("files/a", "", tarfile.DIRTYPE)],
    "bomb": lambda: [ordinary("rows/facts/000000", zlib.compress(bytes(400 << 20), 9))],
    "no rows": lambda: [ordinary("rows/facts/000000", zlib.compress(b"\xc1"))],
    "unknown file": lambda: [ordinary("files/a"), manifest_member(manifest_of())],
    "changed manifest": lambda: [ordinary("manifest-00.json", manifest_of())],
    "other format": lambda: [manifest_member(manifest_of(format=99))],
    "no manifest": lambda: [ordinary("files/a")],
    "manifest of names that lead out": lambda: [manifest_member(manifest_of(files={"../a": ""}))],
    "deep manifest": lambda: [manifest_member(b"[" * 100_000)],
    "something behind the manifest": lambda: [manifest_member(manifest_of()), ordinary("files/a")],
}


@pytest.mark.parametrize("kind", STRANGE)
def test_c12_a_strange_archive_is_refused(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "strange.tar"
    with tarfile.open(target, "w") as archive:
        for member, content in STRANGE[kind]():
            archive.addfile(member, io.BytesIO(content))
    with pytest.raises(NotOurs):
        verify_archive(target)
