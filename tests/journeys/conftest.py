"""One running server per engine for all journeys; journeys that break things start their own."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import OPENED, quiet_chromium
from tests.journeys.mastodon_client import logged_in
from tests.journeys.openapi import Contract, read_contract
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


@pytest.fixture(scope="session")
def migrated_database(engine: str, request: pytest.FixtureRequest) -> FreshDatabase:
    """The same with all our tables, a copy: that the server makes them is seen where it is shared."""
    if engine == "sqlite":
        return dict[str, str]
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    template: str = request.getfixturevalue("migrated_template")
    return lambda: {"MESANGE_DATABASE_URL": cluster.create(f"journey_{next(_numbers)}", template=template)}


@pytest.fixture
def prepare_server(migrated_database: FreshDatabase, tmp_path: Path) -> Iterator[PrepareServer]:
    """A server of one's own, not yet started, with the given MESANGE_* settings."""
    with ExitStack() as leaving:

        def prepare(**settings: str) -> RunningServer:
            own = RunningServer(tmp_path / "data", migrated_database() | settings)
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


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    """The published shape of every answer, where the document is at hand."""
    return read_contract()


@pytest.fixture(autouse=True)
def _answers_keep_the_contract(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each journey that asked for the contract: nothing that came back surprised it."""
    contract = request.getfixturevalue("contract") if "contract" in request.fixturenames else None
    yield
    if contract is not None:
        found, contract.failures = contract.failures, []
        assert not found, "\n".join(dict.fromkeys(found))


@pytest.fixture(scope="module")
def client(alice: Person, contract: Contract | None) -> Any:
    """Mastodon.py of Alice."""
    return logged_in(alice, contract)


@pytest.fixture(scope="module")
def chromium_of_the_story(chromium: str) -> Iterator[Browser]:
    # Not of the whole run: its driver keeps an event loop running, and async tests need their own.
    with quiet_chromium(chromium) as running:
        yield running


@pytest.fixture
def browser(chromium_of_the_story: Browser) -> Iterator[Browser]:
    """A real Chromium; its windows are closed after each test, with the streams that they held open.

    A test fails by what stands in red in one of them at its end: errors, breaches of the policy, requests elsewhere.
    """
    OPENED.clear()
    yield chromium_of_the_story
    for screen in OPENED:
        screen.assert_quiet()
    for window in chromium_of_the_story.contexts:
        window.close()
