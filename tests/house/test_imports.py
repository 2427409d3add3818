"""The import contracts of .importlinter hold: floors, order of the rooms, pure models, reads that never write."""

import subprocess
import sys

from scripts.code import ROOT


def test_import_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
