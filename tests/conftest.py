"""What every test may ask for: an event loop like the server's, a database on each engine, a browser."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Iterator

import pytest

from mesange.kit.db import open_database
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.settings import Settings
from tests.postgres import PostgresCluster, running_postgres

ENGINES = os.environ.get("MESANGE_TEST_ENGINES", "sqlite").split(",")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """House tests first: they are the quickest to say what is wrong."""
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


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium, for `playwright`'s executable_path."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found
