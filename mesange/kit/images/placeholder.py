"""A BlurHash as a tiny picture inside a page, until the real one has come or instead of what is veiled.

It may come from anywhere: whatever is no BlurHash gives nothing.
"""

import struct
import zlib
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, prod

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
VALUES = {sign: value for value, sign in enumerate(SIGNS)}
WIDTH, HEIGHT = 16, 12
MOST_SIGNS = 4 + 2 * 81
Colour = tuple[float, ...]


@lru_cache(maxsize=2_000)
def placeholder(blurhash: str) -> str:
    """A `data:` address of a PNG; "" for a text that is no BlurHash."""
    if not 6 <= len(blurhash) <= MOST_SIGNS or not all(sign in VALUES for sign in blurhash):
        return ""
    across, down = VALUES[blurhash[0]] % 9 + 1, VALUES[blurhash[0]] // 9 + 1
    if len(blurhash) != 4 + 2 * across * down:
        return ""
    return f"data:image/png;base64,{b64encode(_png(_rows(blurhash, across, down))).decode()}"


def _rows(blurhash: str, across: int, down: int) -> list[bytes]:
    most = (VALUES[blurhash[1]] + 1) / 166
    average = _value(blurhash[2:6])
    factors: list[Colour] = [tuple(_linear((average >> shift) & 255) for shift in (16, 8, 0))]
    factors += [_detail(_value(blurhash[at : at + 2]), most) for at in range(6, len(blurhash), 2)]
    return [
        bytes(sign for x in range(WIDTH) for sign in _pixel(factors, across, x / WIDTH, y / HEIGHT))
        for y in range(HEIGHT)
    ]


def _pixel(factors: Sequence[Colour], across: int, x: float, y: float) -> list[int]:
    waves = [cos(pi * x * (at % across)) * cos(pi * y * (at // across)) for at in range(len(factors))]
    return [_encoded(sum(map(prod, zip(waves, parts, strict=True)))) for parts in zip(*factors, strict=True)]


def _value(signs: str) -> int:
    value = 0
    for sign in signs:
        value = value * 83 + VALUES[sign]
    return value


def _detail(value: int, most: float) -> Colour:
    parts = (value // 361 % 19, value // 19 % 19, value % 19)
    return tuple(most * abs(part - 9) * (part - 9) / 81 for part in parts)


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> int:
    value = max(0.0, min(1.0, value))
    return round((value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055) * 255)


def _png(rows: Sequence[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
