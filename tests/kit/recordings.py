"""Films and sounds of a test, made here, with words planted wherever a container takes some."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import av

SECRET = "planted secret +48.8584+002.2945/"
KINDS = {
    "mp4": ("mp4", "libx264", "aac"),
    "mov": ("mov", "libx264", "aac"),
    "webm": ("webm", "libvpx", "libopus"),
    "mp3": ("mp3", "", "libmp3lame"),
    "ogg": ("ogg", "", "libopus"),
    "flac": ("flac", "", "flac"),
    "wav": ("wav", "", "pcm_s16le"),
    "m4a": ("ipod", "", "aac"),
}


@cache
def recording(kind: str, *, frames: int = 30, size: tuple[int, int] = (160, 120), rate: int = 25) -> bytes:
    """Two seconds or so, with title, artist, comment and place."""
    container, film, sound = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        with av.open(str(path), "w", format=container) as target:
            target.metadata.update(dict.fromkeys(("title", "artist", "comment", "location", "copyright"), SECRET))
            pictures = _film_stream(target, film, size, rate) if film else None
            sounds = target.add_stream(sound, rate=48_000, layout="stereo")
            if pictures:
                _film(target, pictures, frames, size)
            _sound(target, sounds, frames)
        return path.read_bytes()


def _film_stream(target: Any, codec: str, size: tuple[int, int], rate: int) -> Any:
    stream = target.add_stream(codec, rate=rate)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    return stream


def _film(target: Any, stream: Any, frames: int, size: tuple[int, int]) -> None:
    for number in range(frames):
        frame = av.VideoFrame(*size, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([number * 5 % 255]) * plane.buffer_size)
        frame.pts = number
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))


def _sound(target: Any, stream: Any, frames: int) -> None:
    samples = stream.codec_context.frame_size or 1_024
    for number in range(frames):
        frame = av.AudioFrame(format=stream.codec_context.format.name, layout="stereo", samples=samples)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        frame.sample_rate, frame.pts = 48_000, number * samples
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))
