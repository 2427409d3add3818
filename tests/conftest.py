"""What every test may ask for: an event loop like the server's, a database on each engine, a browser."""

import asyncio
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from mesange.kit.clock import Clock, FixedClock
from mesange.kit.db import open_database
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import open_server, start
from tests.halves import ENGINES, engine_of, keep_half
from tests.postgres import PostgresCluster, running_postgres

MEMORY_DISK = Path("/dev/shm")
EMPTY_EVERY_TABLE = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
END $$
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """House tests first: they are the quickest to say what is wrong. Each test is marked with its engine, if any."""
    for item in items:
        if engine := engine_of(item):
            item.add_marker(engine)
    keep_half(config, items)
    items.sort(key=lambda item: "tests/house/" not in item.path.as_posix())


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """Async tests run on the loop the server runs on."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """`sqlite`, and `postgresql` too when MESANGE_TEST_ENGINES names it: the test runs once on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """One PostgreSQL for the whole run, started by the first test that needs it."""
    with running_postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_template(postgres_cluster: PostgresCluster) -> str:
    """Name of a database with all our tables and no row: a copy of it costs half of running the migrations."""
    settings = Settings(database_url=postgres_cluster.create("migrated"))
    asyncio.run(_migrate(settings))
    return "migrated"


async def _migrate(settings: Settings) -> None:
    database = open_database(settings)
    await database.open()
    await migrate(database, read_migrations("mesange.migrations"))
    await database.close()


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database of this test's own; the empty text is SQLite in whatever data folder the test chooses."""
    if engine == "sqlite":
        yield ""
    else:
        yield from _fresh_database(request, request.getfixturevalue("migrated_template"))


@pytest.fixture
def empty_database_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, before any migration."""
    if engine == "sqlite":
        yield ""
    else:
        yield from _fresh_database(request, "template1")


def _fresh_database(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    name = f"test_{next(_numbers)}"
    yield cluster.create(name, template=template)
    cluster.drop(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder, in memory where the system has such a place: a commit waits for no disk there."""
    with tempfile.TemporaryDirectory(prefix="mesange-", dir=MEMORY_DISK if MEMORY_DISK.exists() else None) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all our tables and no row."""
    folder = tmp_path_factory.mktemp("migrated")
    asyncio.run(_migrate(Settings(data=folder)))
    return folder / "mesange.sqlite3"


@pytest.fixture(scope="session")
def lasting_database_url(postgres_cluster: PostgresCluster, migrated_template: str) -> str:
    """One PostgreSQL database for all `server`s, one after the other: emptying it is faster than a new copy."""
    return postgres_cluster.create("lasting", template=migrated_template)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings(engine: str, folder: Path, request: pytest.FixtureRequest) -> Settings:
    """Of a server at https://here.example whose database has all our tables."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), folder)
    url = "" if engine == "sqlite" else str(request.getfixturevalue("lasting_database_url"))
    return Settings(data=folder, database_url=url, origin="https://here.example", rate_limits="off")


@pytest.fixture
async def server(settings: Settings, clock: FixedClock) -> AsyncGenerator[Server]:
    """A Server on an empty database, whose clock stands still; without consumers and jobs of its own."""
    async with started_server(settings, clock) as server:
        yield server


@asynccontextmanager
async def started_server(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Server]:
    async with open_server(settings, clock) as server:
        if settings.database_url:
            await server.db.rows(EMPTY_EVERY_TABLE)
        await start(server)
        yield server


@pytest.fixture(scope="session")
def s3_service() -> Iterator[str]:
    """Where an S3-compatible service with one bucket, `pictures`, answers."""
    from moto.server import ThreadedMotoServer  # A second of imports that few tests need.

    service = ThreadedMotoServer(port=0, verbose=False)
    service.start()
    host, port = service.get_host_and_port()
    assert httpx.put(f"http://{host}:{port}/pictures").is_success
    yield f"http://{host}:{port}"
    service.stop()


@pytest.fixture
def bucket(s3_service: str) -> str:
    """An empty folder of it, as `media_url` says it; any key opens it."""
    return f"s3://pictures/folder/{next(_numbers)}?endpoint={s3_service}&region=us-east-1"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium, for `playwright`'s executable_path."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for good.example and localhost, signed by itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "good.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "1", "-subj", "/CN=good.example", "-addext", "subjectAltName=DNS:good.example,DNS:localhost"),
            *("-keyout", str(path), "-out", f"{path}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path
