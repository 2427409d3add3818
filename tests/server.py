"""A real server for tests: `mesange serve` as its own process, on its own folder and port."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from traceback import format_exception
from types import TracebackType
from typing import IO, NamedTuple, Self

from typer.testing import CliRunner

from mesange.cli import app

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "mesange.cli"]
PORTS = range(20_000, 32_000)
PATIENCE = 60.0
"""Seconds after which anything is late, on a machine that others keep busy."""
FRIENDLY = {"MESANGE_RATE_LIMITS": "off", "MESANGE_REGISTRATIONS": "open", "MESANGE_SIGN_UP_SECONDS": "0"}


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listened on a moment ago.

    Not one of those that the system deals out: somebody's connection could have it before our server listens.
    """
    while True:
        port = PORTS[secrets.randbelow(len(PORTS))]
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Done(NamedTuple):
    """How a command ended and what it printed; a fault that nobody foresaw shows its trace, as in a terminal."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class RunningServer:
    """Starts, stops and kills one server; `settings` are its MESANGE_* variables."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict[str, str])
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that the server printed so far, over every start."""
        path = self.folder.with_suffix(".log")
        return path.read_text(errors="replace") if path.exists() else ""

    def faults(self, since: int = 0) -> list[str]:
        """How each trace in the log ends, after so many signs of it."""
        traces = self.log[since:].split("Traceback (most recent call last):")[1:]
        return [next((line for line in trace.splitlines()[1:] if line[:1].strip()), "") for trace in traces]

    @property
    def cpu(self) -> float:
        """Seconds of processor time of the server, and of those processes of its own that have ended."""
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")

    @property
    def environment(self) -> dict[str, str]:
        """Ours alone: MESANGE_* variables of the person who runs the tests do not leak in."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("MESANGE_")}
        ours = {"MESANGE_DATA": str(self.folder), "MESANGE_ORIGIN": self.origin}
        return inherited | {"PYTHONPATH": str(ROOT)} | FRIENDLY | ours | self.settings

    def start(self, patience: float = PATIENCE) -> float:
        """Start and wait for health; the seconds it took."""
        began = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.folder.with_suffix(".log").open("ab") as log:
            self.process = self.launch(output=log)
        while not self.is_healthy():
            late = time.monotonic() - began > patience
            if late or self.process.poll() is not None:
                raise AssertionError(f"the server did not start:\n{self.log[-4000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    def launch(self, output: int | IO[bytes], port: int | None = None) -> subprocess.Popen[bytes]:
        """`mesange serve` on our folder, without waiting for anything."""
        where = ["--host", "127.0.0.1", "--port", str(port or self.port)]
        words = [*COMMAND, "serve", *where, "--data", str(self.folder)]
        return subprocess.Popen(words, env=self.environment, stdout=output, stderr=subprocess.STDOUT)

    def is_healthy(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", "/api/v1/streaming/health")
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def stop(self, patience: float = PATIENCE) -> float:
        """Ask it to end (SIGTERM); the seconds it took."""
        return self._end(signal.SIGTERM, patience)

    def kill(self) -> float:
        """End it without a word, as a crash would (SIGKILL)."""
        return self._end(signal.SIGKILL, PATIENCE)

    def _end(self, how: signal.Signals, patience: float) -> float:
        began = time.monotonic()
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"still running {patience} s after {how.name}") from None
            finally:
                self.process = None
        return time.monotonic() - began

    def command(self, *words: str) -> Done:
        """`mesange …` on this server's data, whether the server runs or not; in this process, to spare a start."""
        foreign = {name: None for name in os.environ if name.startswith("MESANGE_")}
        environment = foreign | self.environment
        with ThreadPoolExecutor(1) as own_thread:  # A browser's driver keeps an event loop running in this one.
            done = own_thread.submit(CliRunner().invoke, app, words, env=environment).result()
        unforeseen = done.exception if not isinstance(done.exception, SystemExit) else None
        trace = "".join(format_exception(unforeseen)) if unforeseen else ""
        return Done(done.exit_code, done.stdout, done.stderr + trace)

    def command_apart(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same as a process of its own, as a person runs it."""
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
        )

    def administer(self, *words: str) -> str:
        """The last word printed by `mesange admin …`, which must succeed."""
        done = self.command("admin", *words)
        assert done.returncode == 0, f"admin {words}: {done.stdout} {done.stderr}"
        return done.stdout.split()[-1]

    def create_account(self, name: str, *options: str) -> str:
        """A confirmed account; its password."""
        address = f"{name}@example.com"
        return self.administer("create-account", name, "--email", address, "--confirmed", *options)

    def create_token(self, name: str, scopes: str = "read write follow push") -> str:
        return self.administer("create-token", name, "--scopes", scopes)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


PrepareServer = Callable[..., RunningServer]
