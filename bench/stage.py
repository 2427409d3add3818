"""Sets the stage of a run: server, reference, load process and ring; takes all of it down again."""

import asyncio
import multiprocessing
import resource
from collections.abc import AsyncGenerator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager

from bench.options import Options
from bench.processes import memory_megabytes
from bench.reference import Reference
from bench.server import OwnServer
from bench.target import Target

IDLE_AFTER_SECONDS = 1.0


@asynccontextmanager
async def set_stage(options: Options) -> AsyncGenerator[Target]:
    allow_many_files()
    server = OwnServer() if options.address is None else None
    reference = Reference()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as load_process:
        try:
            yield await _prepared(options, server, reference, load_process)
        finally:
            await reference.stop()
            if server is not None:
                await server.stop()
                server.remove()


async def _prepared(
    options: Options, server: OwnServer | None, reference: Reference, load_process: ProcessPoolExecutor
) -> Target:
    await reference.start()
    address = options.address
    if server is not None:
        await server.start()
        address = server.address
    assert address is not None
    target = Target(address, reference, load_process, server, options.pid, options.full, options.tokens)
    if server is not None:
        await asyncio.sleep(IDLE_AFTER_SECONDS)
        target.idle_megabytes = memory_megabytes(target.pids)
    await target.gather_ring()
    return target


def allow_many_files() -> None:
    """A thousand streams need as many sockets on both sides; the servers inherit this."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
