"""Sending images into the cage, one at a time, and waiting no longer than the limits say.

The process is started for one image and ends with it: an idle server holds no decoder in memory, and what a hostile
image did to a process cannot reach the next person's image. Starting it costs some 60 ms, against 50 to 500 ms of work.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mesange.kit.errors import Invalid, Unavailable
from mesange.kit.images.kinds import ImageKind, image_format

WORKER = Path(__file__).with_name("worker.py")
TOO_LARGE = 3  # said by the worker, which cannot be imported here without its decoders
MOST_WAITING = 16
MOST_RESULT_BYTES = 4_000_000
UNREADABLE = "This image is damaged, or too large to be read."


class ProcessedImage(NamedTuple):
    body: bytes
    media_type: str


class Images:
    """Makes avatars and headers, one at a time."""

    def __init__(self, *, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._cage = asyncio.Semaphore(1)
        self._waiting = 0

    async def process(self, original: bytes, kind: ImageKind) -> ProcessedImage:
        """The image in the size of its kind, static, without metadata, as WebP.

        Raises Invalid (422) with a text for the person, Unavailable (503) when too many images wait.
        """
        name = image_format(original)
        if self._waiting >= MOST_WAITING:
            raise Unavailable("Many images are being prepared. Please try again in a moment.")
        self._waiting += 1
        try:
            async with self._cage:
                return ProcessedImage(await self._made_anew(original, name, kind), "image/webp")
        finally:
            self._waiting -= 1

    async def _made_anew(self, original: bytes, name: str, kind: ImageKind) -> bytes:
        width, height = kind.size
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", str(WORKER), name, str(width), str(height)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={},  # the worker has no business with our settings
        )
        try:
            async with asyncio.timeout(self._seconds):
                result = await converse(process, original)
        except TimeoutError:
            raise Invalid("This image takes too long to read.") from None
        finally:
            await end(process)
        if process.returncode == TOO_LARGE:
            raise Invalid("This image has too many pixels.")
        if process.returncode != 0 or not result:
            raise Invalid(UNREADABLE)
        return result


async def converse(process: Process, original: bytes) -> bytes:
    """Give the worker its image and take what it answers, though no more than an image of ours can be."""
    assert process.stdin is not None  # noqa: S101 - what PIPE promises, told to the type checker
    assert process.stdout is not None  # noqa: S101
    with suppress(ConnectionError):
        process.stdin.write(original)
        await process.stdin.drain()
        process.stdin.close()
    result = b""
    while len(result) <= MOST_RESULT_BYTES and (part := await process.stdout.read(65_536)):
        result += part
    if len(result) > MOST_RESULT_BYTES:
        raise Invalid(UNREADABLE)
    await process.wait()
    return result


async def end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
