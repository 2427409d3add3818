"""Sending films and sounds into the cage, one at a time, and believing nothing that it says before it was looked at."""

import asyncio
import re
from typing import BinaryIO, NamedTuple

from mesange.kit.cage import NO_ROOM, TOO_LARGE, UNSUPPORTED, SaysTooMuch, TakesTooLong, put_into_cage
from mesange.kit.errors import Invalid, NoRoom
from mesange.kit.recordings.kinds import MOST_FRAME_PIXELS

MOST_ANSWER = 1_000_000
UNREADABLE = "This file is damaged, or too large to be read."
HEAD = re.compile(
    rb"((?:video|audio)/(?:mp4|webm|mpeg|ogg|flac|wav)) (\d{1,8}) (\d{1,5}) (\d{1,5}) (\d{1,6}) (\d{1,7}) (\d{1,4}) "
    rb"(\d{1,4}) ([0-9A-Za-z#-~]{6,60})"
)


class Recording(NamedTuple):
    """What was found out: `duration` in milliseconds, `frame_rate` in frames per 1 000 seconds; a film's poster."""

    media_type: str
    duration: int
    width: int
    height: int
    frame_rate: int
    preview: bytes
    preview_width: int
    preview_height: int
    blurhash: str


class Recordings:
    def __init__(self, *, seconds: float = 30.0) -> None:
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)

    async def copy(self, original: BinaryIO, container: str, made: BinaryIO) -> Recording:
        """Write the clean copy into `made`. Raises Invalid with a text for the person, NoRoom."""
        async with self._turn:
            try:
                code, answer = await put_into_cage(
                    *("recording", container), given=original, most=MOST_ANSWER, seconds=self._seconds, made=made
                )
            except TakesTooLong:
                raise Invalid("This file takes too long to read.") from None
            except SaysTooMuch:
                raise Invalid(UNREADABLE) from None
        if code == UNSUPPORTED:
            raise Invalid("Browsers do not play this kind of film or sound. Send MP4 (H.264), WebM, MP3, Ogg or FLAC.")
        if code == TOO_LARGE:
            raise Invalid("This film has too many pixels, frames or hours.")
        if code == NO_ROOM:
            raise NoRoom()
        if code != 0:
            raise Invalid(UNREADABLE)
        return recording_in(answer)


def recording_in(answer: bytes) -> Recording:
    """Raises Invalid for an answer that no honest cage would give."""
    start = 2 + int.from_bytes(answer[:2], "big")
    found = HEAD.fullmatch(answer[2:start])
    if found is None:
        raise Invalid(UNREADABLE)
    duration, width, height, rate, size, preview_width, preview_height = map(int, found.groups()[1:8])
    preview = answer[start:]
    if len(preview) != size or width * height > MOST_FRAME_PIXELS:
        raise Invalid(UNREADABLE)
    blurhash = found[9].decode() if preview else ""
    return Recording(found[1].decode(), duration, width, height, rate, preview, preview_width, preview_height, blurhash)
