"""A film or a sound: its packets copied into a new file, undecoded, without anything that was said beside them.

Read from the one open file, written to the other; the answer is a head of words, and a poster of a film.
"""

import io
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import av
from av.bitstream import BitStreamFilterContext
from picture import PREVIEW_PIXELS, shrunk
from PIL import Image

UNSUPPORTED = 4
MOST_PIXELS = 8_294_400
MOST_FRAMES_PER_SECOND = 120
MOST_SECONDS = 3 * 3600
MOST_PACKETS = 3_000_000
MOST_TRIED = 60
# What browsers play, by container: pictures, sounds, and the type of the new file with and without pictures.
CONTAINERS = {
    "mov": ({"h264", "av1", "vp9"}, {"aac", "mp3", "opus", "flac"}, ("mp4", "video/mp4"), ("ipod", "audio/mp4")),
    "matroska": ({"vp8", "vp9", "av1"}, {"opus", "vorbis"}, ("webm", "video/webm"), ("ogg", "audio/ogg")),
    "mp3": (set[str](), {"mp3"}, ("", ""), ("mp3", "audio/mpeg")),
    "ogg": (set[str](), {"opus", "vorbis", "flac"}, ("", ""), ("ogg", "audio/ogg")),
    "flac": (set[str](), {"flac"}, ("", ""), ("flac", "audio/flac")),
    "wav": (set[str](), {"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"}, ("", ""), ("wav", "audio/wav")),
}
# Words for the decoder hide in the pictures themselves: H.264's SEI, AV1's metadata.
CLEANED = {"h264": "filter_units=remove_types=6", "av1": "filter_units=remove_types=5"}


library: Any = av
given: Any = sys.stdin.buffer
output: Any = sys.stdout.buffer
cleaning: Any = BitStreamFilterContext


class Unsupported(Exception):
    """Browsers do not play it."""


class Made:
    """The new file, written whole or not at all: PyAV takes no notice when a disk that fills up takes half of it."""

    def __init__(self) -> None:
        self._file: Any = output.raw
        self.seek: Any = self._file.seek
        self.tell: Any = self._file.tell

    def write(self, content: bytes) -> int:
        rest = memoryview(content)
        while rest:
            rest = rest[self._file.write(rest) :]
        return len(content)


# PyAV imports the rest of itself when it meets a stream that needs it; in the cage it would be too late.
for module in walk_packages(av.__path__, "av."):
    if module.name not in ("av.__main__", "av.datasets"):
        import_module(module.name)


def recording(container: str, hashed: Callable[[Image.Image], str]) -> bytes:
    """Raises Unsupported for what browsers do not play, MemoryError for what is too large."""
    library.logging.set_level(library.logging.PANIC)
    source = library.open(given.raw, format=container, options={"protocol_whitelist": "none"})
    pictures, sounds, as_film, as_sound = CONTAINERS[container]
    film = next((each for each in source.streams.video if not is_cover(each)), None)
    sound = next(iter(source.streams.audio), None)
    if film is not None and container in ("mov", "matroska"):
        if name_of(film) not in pictures:
            raise Unsupported
    else:
        film = None
    if sound is not None and name_of(sound) not in sounds:
        raise Unsupported
    if film is None and sound is None:
        raise Unsupported
    packets, rate, seconds = counted(source, film, sound)
    check(film, rate, seconds)
    new_format, media_type = as_film if film is not None else as_sound
    poster = poster_of(source, film) if film is not None else None
    copy(source, [each for each in (film, sound) if each is not None], new_format, packets)
    width, height = (film.width, film.height) if film is not None else (0, 0)
    if poster and (poster.width > poster.height) != (width > height):  # A telephone held upright.
        width, height = height, width
    return answer(media_type, seconds, rate, width, height, poster, hashed)


def name_of(stream: Any) -> str:
    """The codec, whichever of its decoders is at work."""
    return str(stream.codec_context.codec.canonical_name)


def is_cover(stream: Any) -> bool:
    return bool(stream.disposition & library.stream.Disposition.attached_pic)


def counted(source: Any, film: Any, sound: Any) -> tuple[int, float, float]:
    """What is really in the file, whatever its head says: packets, frames per second, seconds."""
    packets, frames, end, film_end = 0, 0, 0.0, 0.0
    for packet in source.demux([each for each in (film, sound) if each is not None]):
        if not packet.size:
            continue
        packets += 1
        frames += packet.stream is film
        if packets > MOST_PACKETS:
            raise MemoryError
        if packet.pts is not None:
            here = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            end = max(end, here)
            film_end = max(film_end, here) if packet.stream is film else film_end
    if packets == 0 or end <= 0:
        raise Unsupported
    return packets, frames / film_end if film_end > 0 else 0.0, end


def check(film: Any, rate: float, seconds: float) -> None:
    """Raises MemoryError."""
    is_large = film is not None and not 0 < film.width * film.height <= MOST_PIXELS
    if seconds > MOST_SECONDS or rate > MOST_FRAMES_PER_SECOND + 1 or is_large:
        raise MemoryError


def poster_of(source: Any, film: Any) -> Image.Image | None:
    """The first whole picture, small and upright."""
    source.seek(0)
    film.codec_context.thread_count = 1
    for tried, packet in enumerate(source.demux(film)):
        frames = film.codec_context.decode(packet) or film.codec_context.decode(None)
        if frames:
            scale = min(1.0, (PREVIEW_PIXELS / (frames[0].width * frames[0].height)) ** 0.5)
            size = (max(2, int(frames[0].width * scale)), max(2, int(frames[0].height * scale)))
            image = frames[0].reformat(width=size[0], height=size[1], format="rgb24").to_image()
            return image.rotate(frames[0].rotation, expand=True) if frames[0].rotation % 360 else image
        if tried > MOST_TRIED:
            break
    return None


def copy(source: Any, streams: list[Any], new_format: str, packets: int) -> None:
    source.seek(0)
    options = {"fflags": "+bitexact"}
    if new_format in ("mp4", "ipod"):
        options["moov_size"] = str(16_384 + 48 * packets)  # Room at the front, so that it plays while it comes.
    target = library.open(Made(), "w", format=new_format, options=options)
    copies = {stream.index: target.add_stream_from_template(stream) for stream in streams}
    for each in copies.values():
        each.metadata.clear()
    filters: dict[int, Any] = {
        stream.index: cleaning(CLEANED[name_of(stream)], stream, copies[stream.index])
        for stream in streams
        if name_of(stream) in CLEANED
    }
    target.metadata.clear()
    for packet in source.demux(streams):
        if packet.dts is None:
            continue
        index = packet.stream.index
        for cleaned in filters[index].filter(packet) if index in filters else (packet,):
            cleaned.stream = copies[index]
            target.mux(cleaned)
    target.close()


def answer(
    media_type: str,
    seconds: float,
    rate: float,
    width: int,
    height: int,
    poster: Image.Image | None,
    hashed: Callable[[Image.Image], str],
) -> bytes:
    preview, size, code = b"", (0, 0), "------"
    if poster is not None:
        small = shrunk(poster, PREVIEW_PIXELS)
        body = io.BytesIO()
        small.save(body, "WEBP", quality=80, method=2)
        preview, size, code = body.getvalue(), small.size, hashed(small)
    told = (media_type, int(seconds * 1000), width, height, int(rate * 1000), len(preview), *size, code)
    head = " ".join(map(str, told)).encode()
    return struct.pack(">H", len(head)) + head + preview
