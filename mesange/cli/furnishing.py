"""`mesange admin add-emoji | remove-emoji | announce | withdraw`: what makes a place one's own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.server import Server

Shortcode = Annotated[str, typer.Argument(help="What is written between colons.")]


def register(app: typer.Typer) -> None:
    app.command()(add_emoji)
    app.command()(remove_emoji)
    app.command()(announce)
    app.command()(withdraw)


def add_emoji(
    shortcode: Shortcode,
    file: Annotated[Path, typer.Argument(help="A PNG, JPEG, GIF or WebP image; it is made 128 pixels square.")],
    category: Annotated[str, typer.Option(help="Under what name clients group it.")] = "",
    data: DataOption = None,
) -> None:
    """Give this server an emoji of its own, or a new picture to one that it has."""
    from mesange.core.emojis.actions import add_emoji as add

    try:
        original = file.read_bytes()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")

    async def work(server: Server) -> str:
        return (await add(server, shortcode, original, category)).shortcode

    typer.echo(f":{with_server(work, data)}: is ready.")


def remove_emoji(shortcode: Shortcode, data: DataOption = None) -> None:
    """Take an emoji away; posts show its shortcode from now on."""
    from mesange.core.emojis.actions import remove_emoji as remove

    async def work(server: Server) -> None:
        await remove(server, shortcode)

    with_server(work, data)
    typer.echo(f"{shortcode} is gone.")


def announce(
    text: Annotated[str, typer.Argument(help="What everyone on this server is told.")],
    starts: Annotated[datetime | None, typer.Option(help="When what it tells of begins, in UTC.")] = None,
    ends: Annotated[datetime | None, typer.Option(help="When it ends, in UTC; then it is no longer shown.")] = None,
    data: DataOption = None,
) -> None:
    """Tell everyone something, on top of their home until they put it away. The last word printed is its id."""
    from mesange.core.announcements.actions import announce as tell
    from mesange.core.announcements.model import Plan

    async def work(server: Server) -> int:
        return (await tell(server, text, Plan(_milliseconds(starts), _milliseconds(ends)))).id

    typer.echo(f"Announced: {with_server(work, data)}")


def withdraw(
    announcement: Annotated[int, typer.Argument(help="Id of the announcement.")], data: DataOption = None
) -> None:
    """Take an announcement back."""
    from mesange.core.announcements.actions import withdraw_announcement

    async def work(server: Server) -> None:
        await withdraw_announcement(server, announcement)

    with_server(work, data)
    typer.echo("It is withdrawn.")


def _milliseconds(at: datetime | None) -> int | None:
    return int(at.replace(tzinfo=UTC).timestamp() * 1_000) if at else None
