"""What people take along and how they leave: `mesange verify-archive`, `mesange admin delete-account`."""

from pathlib import Path
from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.server import Server


def verify_archive(file: Annotated[Path, typer.Argument(help="The ZIP file that a person took along.")]) -> None:
    """Read an archive of an account to its end: nothing missing, added or changed, nothing that could do harm."""
    from mesange.kit.zipped import HostileZip, verify_zip

    try:
        typer.echo(f"{file.name} is whole: {verify_zip(file)} files.")
    except HostileZip as error:
        fail(f"{file.name}: {error.public_text}")


def delete_account(
    name: Annotated[str, typer.Argument(help="Name of the account, without @.")],
    now: Annotated[bool, typer.Option("--now", help="Erase it at once, without days of regret.")] = False,
    data: DataOption = None,
) -> None:
    """Hide an account at once and erase it when the days of regret are over; its name stays taken."""
    from mesange.core.accounts.queries import find_account_by_acct
    from mesange.core.archives.actions import dismiss_account, erase_departed

    async def work(server: Server) -> str:
        account = await find_account_by_acct(server, name)
        if account is None or (account.deleted_at is not None and account.withdrawn_at is None):
            fail(f"there is no account {name!r}.")
        await dismiss_account(server, account, at_once=now)
        if now:
            await erase_departed(server)
            return f"{name} is erased."
        return (
            f"{name} is hidden and will be erased in {server.settings.deletion_days} days, unless its owner signs in."
        )

    typer.echo(with_server(work, data))
