"""What the tests of the ground floor share."""

import subprocess
from collections.abc import AsyncGenerator
from pathlib import Path
from shutil import which

import pytest

from mesange.kit.db import Database, open_database
from mesange.kit.settings import Settings
from tests.conftest import EMPTY_EVERY_TABLE
from tests.kit.loopback import Loopback


@pytest.fixture
async def loopback() -> AsyncGenerator[Loopback]:
    """Starts servers that behave as the test wishes, and stops them after it."""
    loopback = Loopback()
    yield loopback
    loopback.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for good.example and localhost, signed by itself, with its key."""
    if which("openssl") is None:
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


@pytest.fixture
async def numbers(settings: Settings) -> AsyncGenerator[Database]:
    """A database with a table `numbers (id, name, square)` besides ours."""
    database = open_database(settings)
    await database.open()
    if settings.database_url:
        await database.rows(EMPTY_EVERY_TABLE)
        await database.rows("DROP TABLE IF EXISTS numbers, birds")
    async with database.transaction() as tx:
        await tx.execute("CREATE TABLE numbers (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, square BIGINT)")
    yield database
    await database.close()
