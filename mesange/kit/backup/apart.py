"""A backup taken in a process of its own, whose work makes nobody wait: `python -m mesange.kit.backup`."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from mesange.kit.backup.manifest import NotOurs
from mesange.kit.backup.whole import PART, take_archive
from mesange.kit.db import open_database
from mesange.kit.media import open_media
from mesange.kit.settings import Settings

LOOK_SECONDS = 1.0
LONGEST_REASON = 300


class Order(msgspec.Struct):
    """What such a process is told, on its standard input: never on its command line, which others can read."""

    settings: Settings
    target: Path
    without: tuple[str, ...]


class BackupFailed(Exception):
    """No backup was made; its text says why."""


async def take_apart(
    settings: Settings, target: Path, without: Sequence[str], tell: Callable[[int], Awaitable[None]]
) -> None:
    """Take and verify a backup; `tell` hears now and then how many bytes are written. Raises BackupFailed.

    When the caller is cancelled, the process ends and nothing unfinished stays.
    """
    unfinished = target.with_name(target.name + PART)
    unfinished.unlink(missing_ok=True)
    try:
        order = msgspec.json.encode(Order(settings, target, tuple(without)), enc_hook=str)
        async with _process() as process:
            ending = asyncio.ensure_future(process.communicate(order))
            while not (await asyncio.wait((ending,), timeout=LOOK_SECONDS))[0]:
                with suppress(FileNotFoundError):
                    await tell(unfinished.stat().st_size)
            if process.returncode:
                raise BackupFailed(ending.result()[1].decode(errors="replace").strip()[-LONGEST_REASON:])
    finally:
        unfinished.unlink(missing_ok=True)


@asynccontextmanager
async def _process() -> AsyncGenerator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "mesange.kit.backup"), stdin=PIPE, stdout=DEVNULL, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def main() -> None:
    """The process itself: reads its order, takes the backup, and says on its way out what went wrong."""
    os.nice(10)  # Whoever reads and writes posts goes first.
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order, dec_hook=_made)
    try:
        asyncio.run(_taken(order))
    except (OSError, NotOurs) as error:
        sys.exit(str(error))


async def _taken(order: Order) -> None:
    db = open_database(order.settings)
    await db.open()
    try:
        await take_archive(db, open_media(order.settings), order.settings, order.target, order.without)
    finally:
        await db.close()


def _made(kind: type, value: Any) -> Any:
    return kind(value)
