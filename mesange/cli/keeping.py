"""Keeping everything: `backup`, `restore`."""

import asyncio
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.clock import iso
from mesange.kit.errors import MesangeError
from mesange.kit.server import Server
from mesange.kit.settings import Settings, read_settings

if TYPE_CHECKING:
    from mesange.kit.backup import Manifest

FEWEST_PASSPHRASE = 12
PassphraseOption = Annotated[
    Path | None, typer.Option("--passphrase-file", help="Seal the archive with the first line of this file.")
]


def backup(
    archive: Annotated[Path, typer.Argument(help="File to write, such as mesange-2026-11-24.tar.")],
    data: DataOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Save everything in one archive, while the server runs: database, media, keys, settings; then verify it."""
    from mesange.kit.backup import NotOurs

    if archive.exists():
        fail(f"{archive} exists already.")
    passphrase = _passphrase(passphrase_file)
    os.nice(10)  # Whoever reads and writes posts goes first.
    started = time.perf_counter()
    try:
        manifest = with_server(lambda server: _taken(server, archive, passphrase), data)
    except (OSError, NotOurs) as error:
        fail(f"no backup was made: {error}")
    rows = sum(table.rows for table in manifest.tables.values())
    typer.echo(
        f"{archive}: {rows} rows and {len(manifest.files)} files, {archive.stat().st_size // 1000} kB, "
        f"verified, {time.perf_counter() - started:.1f} s. "
        + ("It is sealed: keep the passphrase elsewhere." if passphrase else "It holds your keys: let nobody read it.")
    )


async def _taken(server: Server, archive: Path, passphrase: str) -> "Manifest":
    from mesange.kit.backup import MadeAgain, take_archive

    without = server.of(MadeAgain).tables
    return await take_archive(server.db, server.media, server.settings, archive, without, passphrase)


def _passphrase(file: Path | None) -> str:
    """The first line of the file; "" when there is none."""
    if file is None:
        return ""
    try:
        passphrase = file.read_text("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"the passphrase cannot be read: {error}")
    if len(passphrase) < FEWEST_PASSPHRASE:
        fail(f"a passphrase has at least {FEWEST_PASSPHRASE} signs.")
    return passphrase


def restore(
    archive: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    data: DataOption = None,
    passphrase_file: PassphraseOption = None,
    sends: Annotated[bool, typer.Option("--send-waiting", help="Send the mails that waited, too.")] = False,
) -> None:
    """Put a backup back: into an empty data folder, and into the empty database if the settings name one.

    What waited to be sent is held back, for the server that was saved may have sent it since.
    """
    from mesange.kit.backup import NotOurs, verify_archive

    settings = read_settings(data=data)
    if settings.data.exists() and any(settings.data.iterdir()):
        fail(f"{settings.data} is not empty. Choose another --data, or move what it holds away.")
    started = time.perf_counter()
    try:
        passphrase = _passphrase(passphrase_file)
        manifest = verify_archive(archive, passphrase)
        typer.echo(f"{archive} is sound: {manifest.domain} as it was on {iso(manifest.taken_at)}.")
        held = asyncio.run(_restored(settings, archive, manifest, passphrase, sends))
    except (OSError, NotOurs, MesangeError) as error:
        for path in settings.data.glob("*"):  # It was empty: all of it is ours.
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        fail(f"nothing was restored from {archive}: {error}")
    typer.echo(
        f"{settings.data} holds everything again, row by row the same, {time.perf_counter() - started:.1f} s. "
        f"Held back: {held} messages that the other server may have sent."
    )


async def _restored(settings: Settings, archive: Path, manifest: "Manifest", passphrase: str, sends: bool) -> int:
    """How many outgoing messages are held back."""
    from mesange.kit.backup import NotOurs, load_archive
    from mesange.kit.consumers import ConsumerRunner, replay
    from mesange.kit.db.migrate import migrate, read_migrations
    from mesange.main import CONSUMERS, INDEXES, open_server, start

    migrations = read_migrations("mesange.migrations")
    if manifest.migration > migrations[-1].version:
        raise NotOurs("a newer version of this program made it. Install that version first.")
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    async with open_server(settings) as server:
        await migrate(server.db, [each for each in migrations if each.version <= manifest.migration])
        await load_archive(server.db, server.media, settings.data, archive, manifest, passphrase)
        await migrate(server.db, migrations)
        await start(server)
        for index in INDEXES:
            await replay(server.db, index)
        # What was to be told when the backup was taken is told now, so that it can be held back with the rest.
        for consumer in CONSUMERS:
            runner = ConsumerRunner(server, server.db, server.eventlog, consumer)
            while await runner.step():
                pass
        return 0 if sends else await server.mail.hold_back()
