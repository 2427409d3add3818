"""Reading a CSV file that somebody brought: good lines are taken, bad ones are named with their reasons."""

import asyncio
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import get_account
from mesange.core.archives.actions.claims import claim, tell_progress
from mesange.core.archives.actions.taking import TAKERS, Taker
from mesange.core.archives.model import FORMS, Import, Kind, Problem, Work, checked_lines, read_lines
from mesange.core.archives.queries import may_take_along
from mesange.core.archives.queries.work import MOST_PROBLEMS
from mesange.core.archives.tables import imports
from mesange.kit.db import Transaction
from mesange.kit.errors import Conflict, Forbidden, Gone, MesangeError, NotFound, Unavailable
from mesange.kit.secrets import new_secret
from mesange.kit.server import Server
from mesange.kit.text import clean

TOLD_EVERY = 50
SHOWN_OF_LINE = 200


class StillReading(Conflict):
    public_text = "Another of your files is still being read. Wait until it is done, then send this one."


async def ask_import(server: Server, viewer: Viewer, kind: Kind, content: bytes, *, is_overwriting: bool) -> Import:
    """Have the file read. Raises Forbidden, StillReading, and what `checked_lines` raises: then nothing is done."""
    account_id = acting_account(viewer)
    if not await may_take_along(server.db, viewer, await get_account(server, account_id)):
        raise Forbidden("Only the owner of this account brings files for it.")
    lines = await asyncio.to_thread(checked_lines, content, FORMS[kind])
    name = f"{new_secret()}.csv"
    asked = Import(server.ids.next(), account_id, viewer.user_id, kind, is_overwriting, name, Work.ASKED, lines)
    await asyncio.to_thread(_write, import_path(server, name), content)
    async with server.db.transaction() as tx:
        await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
        busy = "SELECT 1 FROM imports WHERE account_id = ? AND state IN ('asked', 'making')"
        if await tx.value(busy, account_id):
            import_path(server, name).unlink(missing_ok=True)
            raise StillReading()
        await tx.insert(imports, asked)
    return asked


def import_path(server: Server, file: str) -> Path:
    return server.settings.data / "imports" / file


async def run_imports(server: Server) -> None:
    """Read every file that waits, one after the other. What was read before a crash is read again: it changes
    nothing."""
    while waiting := await claim(server, imports):
        await _read(server, waiting)


async def _read(server: Server, given: Import) -> None:
    viewer = Viewer(account_id=given.account_id, user_id=given.user_id)
    reading = _Reading(server, viewer, given, TAKERS[given.kind])
    path = import_path(server, given.file)
    try:
        # At most 5 MB were taken in.
        with io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="") as lines:
            await reading.lines(read_lines(lines, FORMS[given.kind]))
        removed = await reading.remove_others() if given.is_overwriting and reading.good else 0
        state = Work.READY
    except (OSError, MesangeError):
        removed, state = 0, Work.FAILED
    async with server.db.transaction() as tx:
        await reading.write_problems(tx)
        await tx.execute(
            "UPDATE imports SET state = ?, good = ?, bad = ?, removed = ?, finished_at = ?, claimed_at = NULL "
            "WHERE id = ?",
            state.value, reading.good, reading.bad, removed, server.clock.now(), given.id,
        )  # fmt: skip
    await asyncio.to_thread(path.unlink, missing_ok=True)


class _Reading:
    """One reading of one file."""

    def __init__(self, server: Server, viewer: Viewer, given: Import, taker: Taker) -> None:
        self._server = server
        self._viewer = viewer
        self._given = given
        self._taker = taker
        self._kept = set[int]()
        self._problems: list[Problem] = []
        self.good = self.bad = 0

    async def lines(self, lines: Iterator[tuple[int, dict[str, str]]]) -> None:
        for number, cells in lines:
            try:
                self._kept.add(await self._taker.take(self._server, self._viewer, cells))
                self.good += 1
            except Unavailable:
                raise
            except MesangeError as error:
                self._note(number, cells, error.public_text)
            if (self.good + self.bad) % TOLD_EVERY == 0:
                await tell_progress(self._server, imports, self._given.id, good=self.good, bad=self.bad)

    def _note(self, number: int, cells: dict[str, str], reason: str) -> None:
        self.bad += 1
        if len(self._problems) < MOST_PROBLEMS:
            text = clean(", ".join(cells.values()), SHOWN_OF_LINE)
            self._problems.append(Problem(number, text, reason))

    async def remove_others(self) -> int:
        """What stands here and not in the file goes; how many that were."""
        removed = 0
        for id in await self._taker.held(self._server, self._viewer):
            if id not in self._kept:
                with suppress(NotFound, Gone):  # An account that is hidden now stays as it was.
                    await self._taker.remove(self._server, self._viewer, id)
                    removed += 1
        return removed

    async def write_problems(self, tx: Transaction) -> None:
        await tx.execute("DELETE FROM import_problems WHERE import_id = ?", self._given.id)
        for problem in self._problems:
            await tx.execute(
                "INSERT INTO import_problems (import_id, line, text, reason) VALUES (?, ?, ?, ?)",
                self._given.id,
                problem.line,
                problem.text,
                problem.reason,
            )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unavailable() from error
