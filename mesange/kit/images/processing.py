"""Sending images into the cage, one at a time, and believing nothing that comes out before it was looked at."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import BinaryIO, NamedTuple

from mesange.kit.cage import TOO_LARGE, SaysTooMuch, TakesTooLong, put_into_cage
from mesange.kit.errors import Invalid, Unavailable
from mesange.kit.images.kinds import MOST_PICTURE_BYTES, MOST_PIXELS, ImageKind, checked_format

MOST_WAITING = 16
MOST_CUT_BYTES = 4_000_000
MOST_PREVIEW_BYTES = 1_000_000
MOST_HEAD = 200
UNREADABLE = "This image is damaged, or too large to be read."
HEAD = re.compile(
    rb"(image/(?:jpeg|png|webp)) (\d{1,8}) (\d{1,5}) (\d{1,5}) (\d{1,7}) (\d{1,4}) (\d{1,4}) ([0-9A-Za-z#-~]{6,60})"
)


class ProcessedImage(NamedTuple):
    body: bytes
    media_type: str


class Picture(NamedTuple):
    """A picture made anew, and its preview, a WebP of some 640 by 360 pixels in the same proportions."""

    body: bytes
    media_type: str
    width: int
    height: int
    preview: bytes
    preview_width: int
    preview_height: int
    blurhash: str


class Images:
    """Makes pictures, portraits and banners, one at a time."""

    def __init__(self, *, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def process(self, original: bytes, kind: ImageKind) -> ProcessedImage:
        """The image in the size of its kind, static, without metadata, as WebP.

        Raises Invalid (422) with a text for the person, Unavailable (503) when too many images wait.
        """
        name = checked_format(original)
        async with self._place():
            width, height = kind.size
            body = await self._made("cut", name, str(width), str(height), given=original, most=MOST_CUT_BYTES)
        return ProcessedImage(body, "image/webp")

    async def picture(self, original: BinaryIO, image_format: str) -> Picture:
        """The picture for a post, without metadata; waits for its turn as long as it takes. Raises Invalid."""
        async with self._turn:
            most = MOST_PICTURE_BYTES + MOST_PREVIEW_BYTES + MOST_HEAD
            return picture_in(await self._made("picture", image_format, given=original, most=most))

    @asynccontextmanager
    async def _place(self) -> AsyncGenerator[None]:
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Many images are being prepared. Please try again in a moment.")
        self._waiting += 1
        try:
            async with self._turn:
                yield
        finally:
            self._waiting -= 1

    async def _made(self, *words: str, given: bytes | BinaryIO, most: int) -> bytes:
        try:
            code, answer = await put_into_cage(*words, given=given, most=most, seconds=self._seconds)
        except TakesTooLong:
            raise Invalid("This image takes too long to read.") from None
        except SaysTooMuch:
            raise Invalid(UNREADABLE) from None
        if code == TOO_LARGE:
            raise Invalid("This image has too many pixels.")
        if code != 0 or not answer:
            raise Invalid(UNREADABLE)
        return answer


def picture_in(answer: bytes) -> Picture:
    """Raises Invalid for an answer that no honest cage would give."""
    start = 2 + int.from_bytes(answer[:2], "big")
    found = HEAD.fullmatch(answer[2:start])
    if found is None:
        raise Invalid(UNREADABLE)
    size, width, height, preview_size, preview_width, preview_height = map(int, found.groups()[1:7])
    body, preview = answer[start : start + size], answer[start + size :]
    is_sound = len(body) == size and len(preview) == preview_size
    if not is_sound or not 0 < width * height <= MOST_PIXELS or not preview_width * preview_height:
        raise Invalid(UNREADABLE)
    media_type, blurhash = found[1].decode(), found[8].decode()
    return Picture(body, media_type, width, height, preview, preview_width, preview_height, blurhash)
