"""`mesange doctor`: what is wrong with this installation, how to mend it, and mending what can be mended by itself."""

from typing import Annotated

import typer

from mesange.cli.doctor.finding import Finding
from mesange.cli.running import DataOption, with_server
from mesange.kit.server import Server
from mesange.kit.settings import read_settings


def doctor(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Close what others can read, count and index again, delete files nobody needs."),
    ] = False,
    data: DataOption = None,
) -> None:
    """Say what is wrong with this installation and how to mend it."""
    from mesange.cli.doctor.folder import look_at_folder

    findings = look_at_folder(read_settings(data=data).data, repair=repair)
    findings += with_server(lambda server: _look_inside(server, repair=repair), data)
    for finding in findings:
        typer.echo(f"{'ok  ' if not finding.remedy else 'WRONG'} {finding.what}")
        if finding.remedy:
            typer.echo(f"      → {finding.remedy}")
    if any(finding.remedy for finding in findings):
        raise typer.Exit(1)


async def _look_inside(server: Server, *, repair: bool) -> list[Finding]:
    from mesange.cli.doctor.database import look_at_database
    from mesange.cli.doctor.files import look_at_files
    from mesange.cli.doctor.index import look_at_index

    return [
        *await look_at_database(server, repair=repair),
        await look_at_index(server, repair=repair),
        *await look_at_files(server, repair=repair),
    ]
