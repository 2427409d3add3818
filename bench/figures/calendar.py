"""An editorial calendar with 5 000 publications in one month: what making its page takes, on each engine."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

from bench.figure import Figure
from bench.server import CHECKOUT
from bench.target import Target
from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import create_organization
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import open_server, start
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.model.planning import plan_at
from mesange.workspace.publishing.tables import publications
from tests.core.people import organization_account
from tests.edges.reader import ORIGIN, Reader, create
from tests.postgres import running_postgres

PUBLICATIONS, ACCOUNTS, READS = 5_000, 30, 40
APART = 8 * MINUTE
SLOWEST_MILLISECONDS = 100


async def measure(target: Target) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-calendar-", dir=CHECKOUT / "var") as folder:
        figures = [await _engine("SQLite", Path(folder), "")]
        with running_postgres(durable=True) as url_for:
            figures.append(await _engine("PostgreSQL", Path(folder), url_for("calendar")))
    return figures


async def _engine(name: str, folder: Path, url: str) -> Figure:
    settings = Settings(data=folder, database_url=url, origin=ORIGIN, sign_up_effort=0, sign_up_seconds=0)
    async with open_server(settings) as server:
        await migrate(server.db, read_migrations("mesange.migrations"))
        await start(server)
        reader, day = await _planned(server)
        times = await _reads(reader, f"/publishing?view=month&day={day}")
    shares = quantiles(times, n=20)
    size = len(reader.page.content) // 1000
    detail = f"p50 {shares[9]:.1f} ms; {PUBLICATIONS} publications of {ACCOUNTS} accounts, {size} kB"
    return Figure(f"calendar of a month, {name}, p95", shares[18], "ms", SLOWEST_MILLISECONDS, detail=detail)


async def _planned(server: Server) -> tuple[Reader, str]:
    """The owner of an organization, signed in, and a day of the month in which everything stands."""
    owner, _account, _viewer = await create(server, "owner")
    organization = await create_organization(server, "Bench", owner.id)
    accounts = [await organization_account(server, f"bench{n}", organization.id) for n in range(ACCOUNTS)]
    plan = plan_at(server.clock.now() + 40 * DAY, "UTC")
    first = plan_at(replace(plan, wall=f"{plan.wall[:7]}-01T00:00").instant, "UTC")
    viewer = Viewer(account_id=accounts[0].id, user_id=owner.id)
    made = await write_publication(server, viewer, accounts[0].id, [Draft("A phrase of middling length #bench")], first)
    async with server.db.transaction() as tx:
        for number in range(PUBLICATIONS):
            account = accounts[number % ACCOUNTS]
            at = first.instant + number * APART
            await tx.insert(publications, replace(made, id=server.ids.next(), account_id=account.id, planned_at=at))
    reader = Reader(server)
    await reader.sign_in("owner")
    return reader, first.wall[:10]


async def _reads(reader: Reader, path: str) -> list[float]:
    """Milliseconds of each; the first ones compile the template."""
    times: list[float] = []
    for _ in range(READS + 5):
        started = time.perf_counter()
        await reader.open(path)
        times.append((time.perf_counter() - started) * 1000)
    return times[5:]
