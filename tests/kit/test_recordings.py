"""Films and sounds: copied unchanged but for what was said beside them, and refused when they lie."""

import io
import tempfile
from contextlib import suppress

import av
import pytest
from PIL import Image

from mesange.kit.errors import Invalid
from mesange.kit.recordings import Recording, Recordings, container_of
from mesange.kit.recordings.processing import recording_in
from tests.costs import children_cpu
from tests.kit.recordings import KINDS, SECRET, recording

TYPES = {
    "mp4": "video/mp4", "mov": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "flac": "audio/flac", "wav": "audio/wav", "m4a": "audio/mp4",
}  # fmt: skip


async def copied(original: bytes, container: str = "") -> tuple[Recording, bytes]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(original)
        given.flush()
        found = await Recordings().copy(given, container or container_of(original[:64]), made)
        made.seek(0)
        return found, made.read()


def packets_of(body: bytes) -> list[tuple[str, bytes]]:
    with av.open(io.BytesIO(body)) as source:
        return [(packet.stream.type, bytes(packet)) for packet in source.demux() if packet.size]


@pytest.mark.parametrize("kind", KINDS)
async def test_j4_a_copy_holds_the_same_sounds_and_nothing_said_beside_them(kind: str) -> None:
    original = recording(kind)
    assert SECRET.encode() in original

    found, body = await copied(original)

    assert found.media_type == TYPES[kind]
    assert SECRET.encode() not in body
    assert b"48.8584" not in body
    with av.open(io.BytesIO(body)) as made:
        assert not [
            key for key in made.metadata if key not in ("major_brand", "minor_version", "compatible_brands", "encoder")
        ]
    before, after = ([packet for packet in packets_of(each) if packet[0] == "audio"] for each in (original, body))
    assert before[-len(after) :] == after
    assert len(before) - len(after) <= 1, "only what is before the beginning may go"
    assert 400 < found.duration < 3_000


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
async def test_a_film_has_a_poster_and_can_be_played_as_before(kind: str) -> None:
    found, body = await copied(recording(kind))
    assert (found.width, found.height, found.frame_rate // 1000) == (160, 120, found.frame_rate // 1000)
    assert 20 < found.frame_rate / 1000 < 30
    with Image.open(io.BytesIO(found.preview), formats=["WEBP"]) as poster:
        assert poster.size == (found.preview_width, found.preview_height) == (160, 120)
    assert len(found.blurhash) == 28
    with av.open(io.BytesIO(body)) as made:
        assert sum(1 for _ in made.decode(video=0)) == 30


async def test_a_film_begins_to_play_before_it_has_come_whole() -> None:
    _, body = await copied(recording("mp4"))
    assert 0 < body.index(b"moov") < body.index(b"mdat")


STRANGERS = {
    "a playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a list of files": b"ffconcat version 1.0\nfile '/etc/passwd'\n",
    "a session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\n",
    "a web page": b"<!doctype html><video src=x>",
    "an avi": b"RIFF\0\0\0\0AVI LIST",
    "an flv": b"FLV\x01\x05\0\0\0\x09",
    "an mpeg stream": b"\0\0\x01\xba" + bytes(60),
    "a heic": b"\0\0\0\x18ftypheic" + bytes(50),
    "an avif": b"\0\0\0\x1cftypavif" + bytes(50),
    "nothing": b"",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_c11_only_containers_that_are_known_reach_a_decoder(name: str) -> None:
    assert container_of(STRANGERS[name]) == ""


@pytest.mark.parametrize("container", ["mov", "matroska", "mp3", "ogg", "flac", "wav"])
@pytest.mark.parametrize("name", ["a playlist", "a list of files", "a web page"])
async def test_c11_a_playlist_that_says_it_is_a_film_reads_nothing(name: str, container: str) -> None:
    before = children_cpu()
    with pytest.raises(Invalid):
        await copied(STRANGERS[name] * 50, container)
    assert children_cpu() - before < 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.1, 0.6])
async def test_what_is_cut_short_is_refused_or_copied_as_far_as_it_goes(kind: str, part: float) -> None:
    original = recording(kind)
    with suppress(Invalid):
        found, _ = await copied(original[: int(len(original) * part)])
        assert found.media_type == TYPES[kind]


async def test_a_film_of_too_many_frames_each_second_is_refused() -> None:
    with pytest.raises(Invalid, match="too many"):
        await copied(recording("mp4", frames=600, size=(16, 16), rate=400))


@pytest.mark.parametrize("lie", [b"", b"\0\5hello", b"\xff\xff", b"\0\x25text/html 1 1 1 1 0 0 0 LLLLLLLLLLLLLL"])
def test_c10_a_cage_that_lies_about_a_film_is_not_believed(lie: bytes) -> None:
    with pytest.raises(Invalid):
        recording_in(lie)
