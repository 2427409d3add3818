"""One server per data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from mesange.kit.lock import AlreadyServing, DataLock, serving_process

SERVER = """
import sys
from pathlib import Path
from mesange.kit.lock import DataLock
lock = DataLock(Path(sys.argv[1]))
lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> subprocess.Popen[str]:
    """Another server on the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    process.stdout.readline()
    return process


def test_a_second_server_is_refused_and_told_who_holds_the_folder(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    assert serving_process(tmp_path) == other.pid
    with pytest.raises(AlreadyServing, match=str(other.pid)):
        DataLock(tmp_path).take()
    assert serving_process(tmp_path) == other.pid, "the refusal changes nothing"
    other.kill()
    other.wait()
    assert serving_process(tmp_path) is None, "the kernel frees it, however it ends"
    DataLock(tmp_path).take()


def test_a_folder_without_a_server(tmp_path: Path) -> None:
    assert serving_process(tmp_path / "nothing") is None
    lock = DataLock(tmp_path / "new" / "folder")
    lock.take()
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o077 == 0, "for nobody else's eyes"
