"""Keeping a server in health: `migrate`, `replay`."""

from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, migrated, with_server
from mesange.kit.server import Server


def migrate(data: DataOption = None) -> None:
    """Bring the database to this version; `serve` does it by itself."""
    done = with_server(migrated, data, migrates=False)
    typer.echo(f"Done: {', '.join(done)}." if done else "The database is up to date already.")


def replay(name: Annotated[str, typer.Argument(help="Name of the consumer.")], data: DataOption = None) -> None:
    """Fill a projection again from the event log; for any other consumer, try its parked events once more."""
    from mesange.kit.consumers import ConsumerRunner
    from mesange.kit.consumers import replay as rewind
    from mesange.main import CONSUMERS

    found = {consumer.name: consumer for consumer in CONSUMERS}
    if name not in found:
        fail(f"there is no consumer {name!r}. There are: {', '.join(sorted(found))}.")
    consumer = found[name]

    async def work(server: Server) -> str:
        if consumer.projection:
            await rewind(server.db, consumer)
            return f"{name} will be filled again from the first event on."
        done, failed = await ConsumerRunner(server, server.db, server.eventlog, consumer).retry_parked()
        return f"{done} parked events of {name} are done, {failed} failed again."

    typer.echo(with_server(work, data))
