"""Small disks that can be filled without harm to anything else (as root, on Linux)."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(megabytes: int = 24, at: Path | None = None) -> Iterator[Path]:
    """A folder that can be filled without harm to anything else: that one, or any."""
    with tempfile.TemporaryDirectory() as name:
        folder = at or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def little_space_left(disk: Path, kilobytes: int = 256) -> Iterator[None]:
    """Room for a few posts more, then for none; all of it is given back at the end."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
    except OSError:
        os.truncate(ballast, ballast.stat().st_size - kilobytes * 1024)
    try:
        yield
    finally:
        ballast.unlink()


def can_mount() -> bool:
    return os.geteuid() == 0 and sys.platform == "linux"
