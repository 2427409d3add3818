"""The single file of SQLite's writers, with group commit.

Bodies of transactions run one after the other on the loop's thread (a statement takes microseconds); what is slow,
the flush to the disk, runs in the commit thread for all bodies of a group together. Each is answered after it.
"""

import asyncio
import contextlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import apsw

from mesange.kit.db import Database, Emitted
from mesange.kit.db.checkpoint import Checkpointer
from mesange.kit.db.dialect import Sqlite
from mesange.kit.errors import Unavailable
from mesange.kit.logging import log

WAITING_WRITERS = 2_000
WAIT_SECONDS = 10.0
GROUP_SIZE = 48  # While one group is flushed, the next is read and composed.
DISK_TROUBLE = (apsw.FullError, apsw.IOError, apsw.ReadOnlyError, apsw.CantOpenError)


class Lane:
    """A writer runs its body, then waits with its group for the commit."""

    def __init__(self, database: Database, connection: Any, checkpointer: Checkpointer, wait_seconds: float) -> None:
        self._database = database
        self._connection = connection
        self._checkpointer = checkpointer
        self._wait_seconds = wait_seconds
        self._thread = ThreadPoolExecutor(1, "commit")
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._group: list[tuple[asyncio.Future[None], list[Emitted]]] = []
        self._taken = False
        self._open = False
        self._committing: asyncio.Task[None] | None = None
        self.groups = 0
        self.bodies = 0

    async def enter(self) -> None:
        if self._taken:
            await self._wait()
        self._taken = True
        try:
            if not self._open:
                await self._begin()
            self._connection.execute("SAVEPOINT body")
        except BaseException as error:
            self._pass_on()
            if isinstance(error, DISK_TROUBLE):
                raise Unavailable() from error
            raise

    async def leave(self, events: list[object]) -> None:
        try:
            emitted = [self._append(event) for event in events]
            self._connection.execute("RELEASE body")
        except BaseException as error:
            self.undo()
            if isinstance(error, DISK_TROUBLE):
                raise Unavailable() from error
            raise
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._group.append((durable, emitted))
        self._pass_on()
        await durable

    def undo(self) -> None:
        try:
            self._connection.execute("ROLLBACK TO body")
            self._connection.execute("RELEASE body")
        except apsw.Error:  # SQLite gave the whole transaction up (disk full): so must the group.
            self._roll_back()
            self._refuse_group()
        self._pass_on()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def close(self) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self._taken or self._waiting or self._group:
                await asyncio.sleep(0.01)
        self._thread.shutdown()
        self._checkpointer.close()

    def _append(self, event: object) -> Emitted:
        data = self._database.encode_event(event)
        self._connection.execute(Sqlite.append_event, (data,))
        return (0, self._connection.last_insert_rowid()), data

    async def _wait(self) -> None:
        if len(self._waiting) >= WAITING_WRITERS:
            raise Unavailable()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        limit = loop.call_later(self._wait_seconds, _give_up, turn)
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._pass_on()
            raise
        finally:
            limit.cancel()

    async def _begin(self) -> None:
        """Another process (an administration command) may hold the file for a moment."""
        deadline = asyncio.get_running_loop().time() + self._wait_seconds
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                self._open = True
                return
            except apsw.BusyError as error:
                if asyncio.get_running_loop().time() > deadline:
                    raise Unavailable() from error
            await asyncio.sleep(0.005)

    def _pass_on(self) -> None:
        if len(self._group) < GROUP_SIZE:
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._taken = False
        if self._group:
            asyncio.get_running_loop().call_soon(self._start_commit)
        elif self._open:  # Every body was undone. Other processes may want the file.
            self._roll_back()

    def _start_commit(self) -> None:
        """Deferred once, so that whoever became ready in the same turn joins the group."""
        if self._group and not self._taken:
            self._taken = True
            self._committing = asyncio.get_running_loop().create_task(self._commit())

    async def _commit(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, self._connection.execute, "COMMIT")
        except Exception:  # Whatever it was, the group must hear of it.
            log.exception("commit failed")
            self._roll_back()
            self._refuse_group()
        else:
            self._open = False
            await self._answer_group()
        self._checkpointer.look()
        self._pass_on()

    async def _answer_group(self) -> None:
        group, self._group = self._group, []
        self.groups += 1
        self.bodies += len(group)
        emitted = [event for _, events in group for event in events]
        if emitted:
            await self._tell(emitted)
        for durable, _ in group:
            if not durable.done():
                durable.set_result(None)

    async def _tell(self, emitted: list[Emitted]) -> None:
        try:
            await self._database.after_commit(emitted)
        except Exception:  # What is durable is answered, whatever becomes of those who listen.
            log.exception("events were not told")

    def _refuse_group(self) -> None:
        group, self._group = self._group, []
        for durable, _ in group:
            if not durable.done():
                durable.set_exception(Unavailable())

    def _roll_back(self) -> None:
        self._open = False
        if self._connection.in_transaction:
            with contextlib.suppress(apsw.Error):
                self._connection.execute("ROLLBACK")


def _give_up(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_exception(Unavailable())
