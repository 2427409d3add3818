"""Moves pages from SQLite's log into its main file, beside the writers instead of in their way."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import apsw

PAGES = 4_000


class Checkpointer:
    """Runs a passive checkpoint in its own thread and connection whenever the log has grown by `PAGES` pages."""

    def __init__(self, path: Path, writer: Any) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "checkpoint")
        self._pages = 0
        self._running = False
        self._connection: Any = None
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.set_wal_hook(self._grown)

    def look(self) -> None:
        if self._pages >= PAGES and not self._running:
            self._running = True
            self._thread.submit(self._checkpoint)

    def close(self) -> None:
        self._thread.shutdown()
        if self._connection:
            self._connection.close()

    def _grown(self, connection: object, name: str, pages: int) -> int:
        self._pages = pages
        return apsw.SQLITE_OK

    def _checkpoint(self) -> None:
        try:
            if self._connection is None:
                self._connection = apsw.Connection(str(self._path))
                self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            self._pages = 0
        except (apsw.BusyError, apsw.FullError, apsw.IOError):
            pass  # The log keeps the pages; the next commit asks again.
        finally:
            self._running = False
