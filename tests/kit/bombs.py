"""Images that lie about their size, cost far more than they weigh, or are none: small files, all made here.

`BOMBS` are those that must be refused.
"""

import os
import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.kit.pictures import encoded, striped


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IEND", b"")


def deflated(count: int) -> bytes:
    return zlib.compress(bytes(count), 9)


def jpeg_of_size(width: int, height: int) -> bytes:
    body = bytearray(encoded(striped(16, 16), "JPEG"))
    at = body.index(b"\xff\xc0") + 5
    body[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(body)


def gif_of_size(canvas: tuple[int, int], frame: tuple[int, int]) -> bytes:
    body = bytearray(encoded(Image.new("P", (9, 9)), "GIF"))
    body[6:10] = struct.pack("<HH", *canvas)
    at = body.index(b",", 13) + 5
    body[at : at + 4] = struct.pack("<HH", *frame)
    return bytes(body)


def webp_of_size(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    inner = encoded(striped(16, 16), "WEBP")[12:]
    body = b"WEBPVP8X\x0a\0\0\0" + bytes(4) + size + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_of_many_scans(most: int = 2_000) -> bytes:
    """A progressive JPEG whose last scan is repeated again and again: seconds of work for each megabyte."""
    body = encoded(Image.new("RGB", (5000, 5000)), "JPEG", progressive=True)
    scan = body[body.rindex(b"\xff\xda") : -2]
    return body[:-2] + scan * min(most, 7_000_000 // len(scan)) + b"\xff\xd9"


def gif_of_frames(many: int) -> bytes:
    """An animation of so many frames, ten bytes and more each."""
    body = encoded(Image.new("P", (9, 9)), "GIF")
    frame = b"\x21\xf9\x04\0\1\0\0\0" + body[body.index(b",", 13) : -1]
    return body[:-1] + frame * many + b";"


def cut(body: bytes) -> bytes:
    return body[: len(body) // 2]


BOMBS: dict[str, Callable[[], bytes]] = {
    "png of 10 gigapixels": lambda: png(100_000, 100_000, chunk(b"IDAT", deflated(1000))),
    "png of 2^31 pixels a side": lambda: png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", b"")),
    "png just over the cap": lambda: encoded(Image.new("1", (5761, 5760)), "PNG"),
    "png of no pixels": lambda: png(0, 0, chunk(b"IDAT", deflated(0))),
    "png with a text bomb": lambda: png(
        9, 9, chunk(b"zTXt", b"a\0\0" + deflated(1 << 27)), chunk(b"IDAT", deflated(300))
    ),
    "png with a profile bomb": lambda: png(9, 9, chunk(b"iCCP", b"a\0\0" + deflated(1 << 27))),
    "png cut short": lambda: cut(encoded(Image.effect_noise((99, 99), 50), "PNG")),
    "png with a bad sum": lambda: encoded(striped(), "PNG").replace(b"IDAT", b"IDAT\1", 1),
    "png that is only a beginning": lambda: b"\x89PNG\r\n\x1a\n",
    "jpeg of 4 gigapixels": lambda: jpeg_of_size(65_500, 65_500),
    "jpeg of no pixels": lambda: jpeg_of_size(0, 0),
    "jpeg cut short": lambda: cut(encoded(Image.effect_noise((99, 99), 50), "JPEG")),
    "jpeg that is a page": lambda: b"\xff\xd8\xff<html><script>alert(1)</script>",
    "jpeg of two thousand scans": jpeg_of_many_scans,
    "gif of 4 gigapixels": lambda: gif_of_size((65_535, 65_535), (9, 9)),
    "gif with a frame beyond its canvas": lambda: gif_of_size((9, 9), (65_535, 65_535)),
    "gif cut short": lambda: cut(encoded(Image.effect_noise((99, 99), 50), "GIF")),
    "gif that is a script": lambda: b"GIF89a/*" + b"\0" * 50 + b"*/=alert(1)",
    "webp of 268 megapixels": lambda: webp_of_size(16_383, 16_383),
    "webp of 2^48 pixels": lambda: webp_of_size(1 << 24, 1 << 24),
    "webp cut short": lambda: cut(encoded(Image.effect_noise((99, 99), 50), "WEBP")),
    "webp of noise": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8L" + os.urandom(1000),
}
