"""`mesange demo`."""

import asyncio
import secrets
import time
from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, migrated
from mesange.cli.serving import serve
from mesange.kit.settings import Settings, read_settings


def demo(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: DataOption = None,
    serves: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it, or only fill the folder.")] = True,
) -> None:
    """Fill an empty data folder with an invented town and serve it: people, brands, threads, pictures."""
    settings = read_settings(host=host, port=port, data=data)
    if settings.data.exists() and any(settings.data.iterdir()):
        fail(f"{settings.data} is not empty: a demonstration needs a folder of its own. Choose another --data.")
    password = secrets.token_urlsafe(9)
    started = time.perf_counter()
    asyncio.run(_filled(settings, password))
    typer.echo(
        f"Saint-Elvec is there ({time.perf_counter() - started:.1f} s). "
        f"Sign in as camille@saint-elvec.example with the password {password}"
    )
    if serves:
        serve(host, port, settings.data)


async def _filled(settings: Settings, password: str) -> None:
    from mesange.cli.demo.telling import StoryClock, Telling
    from mesange.kit.clock import DAY, SystemClock
    from mesange.main import open_server, start

    now = SystemClock().now()
    clock = StoryClock(now - 30 * DAY)
    async with open_server(settings, clock) as server:
        await migrated(server)
        await start(server)
        await Telling(server, clock, now, password).tell()
