"""Runs every test, on SQLite and on PostgreSQL at once: the halves share nothing, and much of their time is waiting.

What no engine changes runs once, in one of the halves: see tests/halves.py. What the second prints comes when both
have ended.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from typing import IO

ENGINES = ("sqlite", "postgresql")


def half(number: int, output: IO[str] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]]
    environment = os.environ | {"MESANGE_TEST_ENGINES": ENGINES[number], "MESANGE_TEST_HALF": str(number)}
    return subprocess.Popen(command, env=environment, stdout=output, stderr=output, text=True)


def main() -> int:
    with (
        tempfile.TemporaryFile("w+") as said,
        half(1, output=said) as second,
        half(0) as first,
    ):
        codes = first.wait(), second.wait()
        print("\nOn PostgreSQL:", flush=True)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return int(any(codes))  # A half that a signal ended says so by a negative number.


if __name__ == "__main__":
    sys.exit(main())
