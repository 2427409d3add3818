"""A fresh `mesange serve` of this checkout: its own data folder, a free port, no rate limits."""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.failure import MeasureFailed
from bench.wire import Address, Wire, get

CHECKOUT = Path(__file__).parent.parent
MESANGE = (sys.executable, "-m", "mesange.cli")
READY_WITHIN_SECONDS = 20.0


class OwnServer:
    """Started, stopped and started again on the same data; the data go when the run ends."""

    def __init__(self) -> None:
        # Beside the checkout and not in /tmp, which is often memory: durable must mean the disk.
        (CHECKOUT / "var").mkdir(exist_ok=True)
        self.data = Path(tempfile.mkdtemp(prefix="bench-", dir=CHECKOUT / "var"))
        self.address = Address("127.0.0.1", free_port())
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> float:
        """Answers the seconds from the command to its first 200."""
        started = time.perf_counter()
        serve = ("serve", "--host", self.address.host, "--port", str(self.address.port), "--data", str(self.data))
        with (self.data / "server.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *MESANGE, *serve, env=environment(self.data), stdout=log, stderr=log
            )
        if not await first_success(self.address, self._process):
            raise MeasureFailed(f"the server did not answer: {(self.data / 'server.log').read_text()[-500:].strip()}")
        return time.perf_counter() - started

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def run(self, command: Sequence[str]) -> str:
        """Runs a command on this server's data and answers what it printed."""
        process = await asyncio.create_subprocess_exec(
            *command, env=environment(self.data), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        printed, complaint = await process.communicate()
        if process.returncode:
            last_line = complaint.decode().strip().rpartition("\n")[2]
            raise MeasureFailed(f"{' '.join(command[1:])}: {last_line}")
        return printed.decode()

    async def create_tokens(self, prefix: str, count: int) -> list[str]:
        return (await self.run((sys.executable, "-m", "bench.seeding", prefix, str(count)))).split()

    def remove(self) -> None:
        shutil.rmtree(self.data)


async def first_success(address: Address, process: asyncio.subprocess.Process) -> bool:
    """True at the first 200, looking every 5 ms; False when the process ended or took too long."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.returncode is None:
        try:
            wire = await Wire.open(address)
            answer = await wire.ask(get("/api/v1/instance"))
            wire.close()
            if answer.status == 200:
                return True
        except OSError:
            pass
        await asyncio.sleep(0.005)
    return False


def environment(data: Path) -> dict[str, str]:
    """This checkout's package, compiled modules kept as in an installed environment."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"MESANGE_DATA": str(data), "MESANGE_RATE_LIMITS": "off", "PYTHONPATH": str(CHECKOUT)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
