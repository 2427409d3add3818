"""What every test may ask for: an event loop like the server's, a database on each engine, a browser."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """Async tests run on the loop the server runs on."""
    return "asyncio", {"use_uvloop": True}
