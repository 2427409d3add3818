"""How a command opens what it works on, and how it says that something is wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from msgspec.structs import replace

from mesange.kit.errors import MesangeError
from mesange.kit.ids import HIGHEST_NODE
from mesange.kit.server import Server
from mesange.kit.settings import Settings, read_settings

Done = TypeVar("Done")
DataOption = Annotated[Path | None, typer.Option("--data", help="Data folder [MESANGE_DATA, default var/].")]


def fail(sentence: str) -> NoReturn:
    typer.echo(f"mesange: {sentence}", err=True)
    raise typer.Exit(1)


def with_server(work: Callable[[Server], Awaitable[Done]], data: Path | None = None, *, migrates: bool = True) -> Done:
    """Run `work` on the database, beside a running server or without one."""
    settings = replace(read_settings(data=data), node=HIGHEST_NODE)  # Its ids are none of the running server's.
    return asyncio.run(_with_server(work, settings, migrates))


async def _with_server(work: Callable[[Server], Awaitable[Done]], settings: Settings, migrates: bool) -> Done:
    from mesange.main import open_server, start

    try:
        async with open_server(settings) as server:
            if migrates:
                await migrated(server)
                await start(server)
            return await work(server)
    except MesangeError as error:
        fail(error.public_text)


async def migrated(server: Server) -> list[str]:
    """Names of the migrations that had to be run."""
    from mesange.kit.db.migrate import migrate, read_migrations

    return [each.name for each in await migrate(server.db, read_migrations("mesange.migrations"))]
