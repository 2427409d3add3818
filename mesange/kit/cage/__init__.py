"""The cage: a process that is started for one file from a stranger, reads it, says what it is, and ends.

It has no settings, no network, no other file, little memory and little time (`inside/limits.py`). What a hostile file
did to a process cannot reach the next person's file. Starting it costs some 60 ms, against 50 to 500 ms of work.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

INSIDE = Path(__file__).with_name("inside")
TOO_LARGE = 3
"""Said by the process; `inside/` cannot be imported here without its decoders."""
PIECE = 1 << 20
PATIENCE = 10
"""Its niceness: where processors are few, pages come before pictures."""


class Said(NamedTuple):
    """How the process ended and what it answered. A cage may lie: whoever reads this checks it."""

    code: int
    answer: bytes


class TakesTooLong(Exception):
    """The process was ended; the caller has its own words for the person."""


class SaysTooMuch(Exception):
    """The process answered more than anything honest can be."""


UNSUPPORTED = 4
"""Said too: a sound file, but of a kind that browsers do not play."""
NO_ROOM = 5
"""Said too: the copy found no room on the disk."""


async def put_into_cage(
    *words: str, given: bytes | BinaryIO, most: int, seconds: float, made: BinaryIO | None = None
) -> Said:
    """Run `inside` with these words and this file, given as bytes or open; at most `most` bytes of answer.

    An open file is read from its beginning. What is too large for an answer is written to `made`, where it is given.

    Raises TakesTooLong, SaysTooMuch.
    """
    if not isinstance(given, bytes):
        os.lseek(given.fileno(), 0, os.SEEK_SET)
    async with _process(words, given, made) as process:
        try:
            async with asyncio.timeout(seconds):
                answer = await _converse(process, given if isinstance(given, bytes) else b"", most)
        except TimeoutError:
            raise TakesTooLong() from None
    return Said(process.returncode or 0, answer)


@asynccontextmanager
async def _process(words: tuple[str, ...], given: bytes | BinaryIO, made: BinaryIO | None) -> AsyncGenerator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", str(INSIDE), *words),
        stdin=PIPE if isinstance(given, bytes) else given,
        stdout=made or PIPE,
        stderr=PIPE if made else DEVNULL,
        env={},  # it has no business with our settings
        limit=PIECE,
    )
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, process.pid, PATIENCE)
    try:
        yield process
    finally:
        await _end(process)


async def _converse(process: Process, given: bytes, most: int) -> bytes:
    if process.stdin is not None:
        with suppress(ConnectionError):
            process.stdin.write(given)
            await process.stdin.drain()
            process.stdin.close()
    answering = process.stdout or process.stderr
    assert answering is not None  # noqa: S101 - what PIPE promises, told to the type checker
    answer = bytearray()
    while len(answer) <= most and (part := await answering.read(PIECE)):
        answer += part
    if len(answer) > most:
        raise SaysTooMuch()
    await process.wait()
    return bytes(answer)


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
