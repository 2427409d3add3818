"""Files that hide something, lie about what they are, or cost more than they weigh, sent as clients send them."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from tests.journeys.people import Person, eventually
from tests.kit.bombs import BOMBS, gif_of_frames
from tests.kit.pictures import encoded, striped
from tests.kit.planted import WORDS, planted_files
from tests.kit.recordings import KINDS

PLACE = b"48.8584"
SEGMENT = re.compile(rb"\xff([\xe1-\xed\xef\xfe])")
PLAIN_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
PLAIN_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def settled(person: Person, content: bytes) -> httpx.Response:
    """The answer once the file is ready or refused."""
    answer = person.http.post("/api/v2/media", files={"file": ("given", content)})
    if answer.status_code == 202:
        path = f"/api/v1/media/{answer.json()['id']}"
        answer = eventually(lambda: person.http.get(path), lambda seen: seen.status_code != 206)
    return answer


def served(answer: httpx.Response) -> Iterator[httpx.Response]:
    """The file and its preview, as anyone gets them."""
    assert answer.status_code == 200, answer.text
    for address in {answer.json()["url"], answer.json()["preview_url"]} - {None}:
        yield httpx.get(address).raise_for_status()


def words_beside(content: bytes) -> list[bytes]:
    """Parts of an image that are no pixels."""
    if content.startswith(b"\xff\xd8"):
        head = content[: content.index(b"\xff\xda")]
        return [found for found in SEGMENT.findall(head) if found != b"\xee"]
    if content.startswith(b"\x89PNG"):
        return sorted(set(chunks_of(content, 8, ">", 12)) - PLAIN_CHUNKS)
    return sorted(set(chunks_of(content, 12, "<", 8)) - PLAIN_WEBP)


def chunks_of(content: bytes, at: int, order: str, more: int) -> Iterator[bytes]:
    while at < len(content):
        first, second = content[at : at + 4], content[at + 4 : at + 8]
        name, size = (second, first) if order == ">" else (first, second)
        yield name
        length = struct.unpack(f"{order}I", size)[0]
        at += length + more + (length % 2 if order == "<" else 0)


@pytest.mark.slow
def test_j4_of_fifty_files_nothing_that_was_said_beside_the_picture_is_left(alice: Person) -> None:
    files = dict(planted_files())
    assert len(files) >= 50
    for name, original in files.items():
        for answer in served(settled(alice, original)):
            kind = answer.headers["content-type"]
            assert WORDS not in answer.content and PLACE not in answer.content, name
            if kind.startswith("image/"):
                assert words_beside(answer.content) == [], name
                with Image.open(io.BytesIO(answer.content)) as image:
                    assert not image.getexif() and getattr(image, "n_frames", 1) == 1, name
            else:
                assert name.partition(":")[0] in KINDS
    left = [path.name for path in kept_files(alice.server.folder) if WORDS in path.read_bytes()]
    assert left == [], "an original was kept"


def kept_files(data: Path) -> Iterator[Path]:
    return (path for path in data.rglob("*") if path.is_file())


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("canary.js", b"alert('canary')")
    return file.getvalue()


ALSO: dict[str, bytes] = {
    "an archive": zipped(),
    "a page": b"<html><body><script>alert('canary')</script></body></html>",
    "a script of the server": b"<?php system($_GET['canary']); ?>",
    "a document": b"%PDF-1.4\n%canary\ntrailer<</Root 1 0 R>>\n%%EOF",
    "a program": b"MZ" + b"\0" * 58 + b"canary",
}


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("also", ALSO)
def test_c1_a_picture_that_is_something_else_too_is_a_picture_alone_afterwards(
    alice: Person, also: str, image_format: str
) -> None:
    both = encoded(striped(), image_format) + ALSO[also]
    if also == "an archive":
        assert zipfile.is_zipfile(io.BytesIO(both))
    for answer in served(settled(alice, both)):
        assert b"canary" not in answer.content
        assert not zipfile.is_zipfile(io.BytesIO(answer.content))
        assert answer.headers["content-type"].startswith("image/")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert words_beside(answer.content) == []


@pytest.mark.parametrize("path", ["/api/v1/media", "/api/v2/media"])
def test_a_file_of_no_bytes_is_refused_in_words(alice: Person, path: str) -> None:
    answer = alice.http.post(path, files={"file": ("empty.png", b"", "image/png")})
    assert answer.status_code == 422
    assert answer.json()["error"] == "Validation failed: File can't be blank"


def test_of_an_animation_of_a_hundred_thousand_frames_the_first_one_is_shown(alice: Person) -> None:
    before = alice.server.cpu
    answer = settled(alice, gif_of_frames(100_000))
    assert alice.server.cpu - before < 3
    assert answer.json()["meta"]["original"]["size"] == "9x9"
    for seen in served(answer):
        with Image.open(io.BytesIO(seen.content)) as image:
            assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("name", BOMBS)
def test_c9_a_bomb_sent_by_a_client_is_refused_in_words(alice: Person, name: str) -> None:
    answer = settled(alice, BOMBS[name]())
    assert answer.status_code == 422
    assert "image" in answer.json()["error"]
    assert alice.server.is_healthy()
