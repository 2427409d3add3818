"""The real `toot`, run as a person types it, with a configuration folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.journeys.people import Person
from tests.journeys.signing_in import consent_out_of_band
from tests.server import PATIENCE

PROGRAM = Path(sys.executable).parent / "toot"


@dataclass
class Toot:
    """`toot` of one person: signed in as a process, as one does it; then in this one, which spares its start."""

    folder: Path
    person: Person

    @property
    def environment(self) -> dict[str, str]:
        home = {"XDG_CONFIG_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)}
        return os.environ | home | {"HOME": str(self.folder), "NO_COLOR": "1", "PAGER": "cat"}

    def run(self, *words: str) -> str:
        """What toot prints; fails with its complaint when it fails."""
        done = CliRunner().invoke(import_module("toot.cli").cli, words, env=self.environment)
        assert done.exit_code == 0, f"toot {' '.join(words)}: {done.output}\n{done.exception!r}"
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))

    def log_in(self) -> str:
        """`toot login`: read the address it prints, consent there, type the code."""
        words = [PROGRAM, "login", "--instance", self.person.server.origin]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as login:
            assert login.stdout is not None
            address = next(filter(_is_address, login.stdout), "")
            code = consent_out_of_band(self.person, address.strip()) if address else ""
            shown, complaint = login.communicate(f"n\n{code}\n", timeout=PATIENCE)
        assert login.returncode == 0, shown + complaint
        return shown


def _is_address(line: str) -> bool:
    return line.startswith("http")


def toot_of(person: Person, folder: Path) -> Toot:
    """A logged in toot; skips by name where the program is not installed."""
    if not PROGRAM.exists():
        pytest.skip("toot is not installed")
    toot = Toot(folder, person)
    toot.log_in()
    return toot
