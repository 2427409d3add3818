"""Keeping a server in health: `migrate`, `replay`, `doctor`."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, migrated, with_server
from mesange.kit.server import Server
from mesange.kit.settings import read_settings

LITTLE_SPACE = 500_000_000


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


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `remedy` is empty when it is well."""

    what: str
    remedy: str = ""


def doctor(data: DataOption = None) -> None:
    """Say what is wrong with this installation and how to mend it."""
    findings = _look_at_folder(read_settings(data=data).data) + with_server(_look_at_database, data)
    for finding in findings:
        typer.echo(f"{'ok  ' if not finding.remedy else 'WRONG'} {finding.what}")
        if finding.remedy:
            typer.echo(f"      → {finding.remedy}")
    if any(finding.remedy for finding in findings):
        raise typer.Exit(1)


def _look_at_folder(folder: Path) -> list[Finding]:
    from mesange.kit.lock import serving_process

    pid = serving_process(folder)
    findings = [Finding(f"server: {f'running as process {pid}' if pid is not None else 'not running'}")]
    if not folder.exists():
        return [*findings, Finding(f"data folder {folder}", "It does not exist yet: `mesange serve` makes it.")]
    free = shutil.disk_usage(folder).free
    remedy = "Free some space: without it nothing can be posted." if free < LITTLE_SPACE else ""
    findings.append(Finding(f"free space in {folder}: {free // 1_000_000} MB", remedy))
    for path in sorted(folder.glob("mesange.sqlite3*")):
        is_open = path.stat().st_mode & 0o077
        findings.append(Finding(f"rights of {path.name}", f"Others can read it: chmod 600 {path}" if is_open else ""))
    return findings


async def _look_at_database(server: Server) -> list[Finding]:
    from mesange.core.accounts.queries import has_owner
    from mesange.kit.consumers import saved_position
    from mesange.main import CONSUMERS

    findings = [Finding(f"database: {server.db.engine}, {await server.db.size() // 1000} kB")]
    if trouble := await server.db.check():
        findings.append(Finding(f"database content: {trouble}", "Restore the newest backup; keep this file aside."))
    owner = "" if await has_owner(server.db) else "Open the link that `mesange serve` prints."
    findings.append(Finding("owner" if not owner else "no owner yet", owner))
    newest = await server.db.newest_position()
    for consumer in CONSUMERS:
        behind = newest[1] - (await saved_position(server.db, consumer.name) or (0, 0))[1]
        findings.append(Finding(f"consumer {consumer.name}: saved at most {max(behind, 0)} events behind"))
    parked = await server.db.value("SELECT count(*) FROM parked_events")
    remedy = "Look at their errors in the log, mend the cause, then `mesange replay NAME`." if parked else ""
    findings.append(Finding(f"parked events: {parked}", remedy))
    unsent = await server.db.value("SELECT count(*) FROM mails WHERE failed_reason IS NOT NULL")
    findings.append(Finding(f"mails given up: {unsent}", "Check MESANGE_SMTP_URL." if unsent else ""))
    return findings
