"""Real inputs that are never copied into the project: found when they are there, else skipped."""

import os
from pathlib import Path

import pytest

from tests.server import ROOT

FOLDER = Path(os.environ.get("MESANGE_SHARED_DATA", ROOT.parent / "shared" / "data"))


def shared_file(name: str) -> Path:
    """Where the file is; skips the test by the file's name when it is absent."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not there (MESANGE_SHARED_DATA)")
    return path
