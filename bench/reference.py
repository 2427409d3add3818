"""Starts the static reference server beside the measured one."""

import asyncio
import sys

from bench.server import CHECKOUT, environment, free_port
from bench.wire import Address, Wire


class Reference:
    """Fixed bytes from the same serving stack, in its own process."""

    def __init__(self) -> None:
        self.address = Address("127.0.0.1", free_port())
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        command = (sys.executable, "-m", "bench.static_app", str(self.address.port))
        self._process = await asyncio.create_subprocess_exec(*command, env=environment(CHECKOUT / "var"))
        while True:
            try:
                (await Wire.open(self.address)).close()
                return
            except OSError:
                await asyncio.sleep(0.02)

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
