"""One server per data folder: a locked file that says who holds it."""

import fcntl
import os
from pathlib import Path


class AlreadyServing(Exception):
    """Another server holds the data folder; its process id is in the sentence."""


class DataLock:
    """Held until the process ends, however it ends; the kernel frees it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "server.pid"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = self._path.open("a+", encoding="ascii")

    def take(self) -> None:
        """Raises AlreadyServing."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            pid = self._file.read().strip() or "unknown"
            raise AlreadyServing(
                f"a server already runs on {self._path.parent} (process {pid}). Stop it first, or use another --data."
            ) from None
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()


def serving_process(folder: Path) -> int | None:
    """Process id of the server that runs on this folder, or None."""
    path = folder / "server.pid"
    if not path.exists():
        return None
    with path.open("r", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = file.read().strip()
            return int(text) if text.isdigit() else 0
    return None
