"""`mesange verify-archive`: whether the archive of an account is whole."""

from pathlib import Path
from typing import Annotated

import typer

from mesange.cli.running import fail


def verify_archive(file: Annotated[Path, typer.Argument(help="The ZIP file that a person took along.")]) -> None:
    """Read an archive of an account to its end: nothing missing, added or changed, nothing that could do harm."""
    from mesange.kit.zipped import HostileZip, verify_zip

    try:
        typer.echo(f"{file.name} is whole: {verify_zip(file)} files.")
    except HostileZip as error:
        fail(f"{file.name}: {error.public_text}")
