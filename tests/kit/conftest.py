"""What the tests of the ground floor share."""

from collections.abc import AsyncGenerator

import pytest

from tests.kit.loopback import Loopback


@pytest.fixture
async def loopback() -> AsyncGenerator[Loopback]:
    """Starts servers that behave as the test wishes, and stops them after it."""
    loopback = Loopback()
    yield loopback
    loopback.close()
