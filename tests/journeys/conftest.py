"""One running server per engine for all journeys; journeys that break things start their own."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.people import Person, Welcome, welcome
from tests.postgres import PostgresCluster
from tests.server import PrepareServer, RunningServer

FreshDatabase = Callable[[], dict[str, str]]
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def fresh_database(engine: str, request: pytest.FixtureRequest) -> FreshDatabase:
    """Makes an empty database of the engine under test; the settings that name it."""
    if engine == "sqlite":
        return dict[str, str]
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    return lambda: {"MESANGE_DATABASE_URL": cluster.create(f"journey_{next(_numbers)}")}


@pytest.fixture(scope="session")
def server(fresh_database: FreshDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The shared server: journeys keep apart by the names of their people."""
    with RunningServer(tmp_path_factory.mktemp("shared") / "data", fresh_database()) as running:
        yield running


@pytest.fixture
def prepare_server(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[PrepareServer]:
    """A server of one's own, not yet started, with the given MESANGE_* settings."""
    with ExitStack() as leaving:

        def prepare(**settings: str) -> RunningServer:
            own = RunningServer(tmp_path / "data", fresh_database() | settings)
            leaving.callback(own.stop)
            return own

        yield prepare


@pytest.fixture(scope="module")
def welcome_person(server: RunningServer) -> Welcome:
    return lambda name: welcome(server, name)


@pytest.fixture(scope="module")
def alice(welcome_person: Welcome) -> Person:
    return welcome_person("alice")


@pytest.fixture(scope="module")
def bob(welcome_person: Welcome) -> Person:
    return welcome_person("bob")


@pytest.fixture(scope="module")
def carol(welcome_person: Welcome) -> Person:
    return welcome_person("carol")
