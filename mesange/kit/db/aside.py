"""Reads that may take their time, beside the loop: two threads, each with a connection of its own."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local
from typing import Any

import apsw

from mesange.kit.errors import TooSlow, Unavailable

THREADS = 2
MOST_WAITING = 64
LONGEST_SECONDS = 1.0
STEPS_BETWEEN_LOOKS = 5_000


class Aside:
    """What waits too long, or finds too many waiting already, is refused rather than kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = ThreadPoolExecutor(THREADS, "aside")
        self._here = local()
        self._opened: list[Any] = []
        self._waiting = 0

    async def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._waiting >= MOST_WAITING:
            raise Unavailable()
        deadline = time.monotonic() + LONGEST_SECONDS
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, sql, values, deadline)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._opened:
            connection.close()

    def _read(self, sql: str, values: Sequence[Any], deadline: float) -> list[tuple[Any, ...]]:
        connection = self._connection()
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)
        try:
            return connection.execute(sql, values).fetchall()
        except apsw.InterruptError as error:
            raise TooSlow() from error

    def _connection(self) -> Any:
        connection = getattr(self._here, "connection", None)
        if connection is None:
            connection = self._here.connection = apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY)
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA cache_size = -8000")
            self._opened.append(connection)
        return connection
