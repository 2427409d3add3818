"""What every test may ask for: an event loop like the server's, a database on each engine, a browser."""

import itertools
import os
import shutil
from collections.abc import Iterator

import pytest

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


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of this test's own; the empty text is SQLite in whatever data folder the test chooses."""
    if engine == "sqlite":
        yield ""
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    name = f"test_{next(_numbers)}"
    yield cluster.create(name)
    cluster.drop(name)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium, for `playwright`'s executable_path."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found
