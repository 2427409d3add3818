"""Who moderates, and how a decision is taken."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.moderation.actions.decisions import decide
from mesange.core.moderation.model import Decision, Measure, Strike
from mesange.kit.server import Server
from tests.core.people import new_viewer

Decide = Callable[..., Awaitable[Strike]]


async def new_staff(server: Server, name: str, role: UserRole) -> Viewer:
    viewer = await new_viewer(server, name)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE id = ?", role.value, viewer.user_id)
    return replace(viewer, role=role)


@pytest.fixture
async def mod(server: Server) -> Viewer:
    return await new_staff(server, "mo", UserRole.MODERATOR)


@pytest.fixture
def take(server: Server, mod: Viewer) -> Decide:
    """Take a measure about somebody."""

    async def take(about: Viewer, measure: Measure, **more: object) -> Strike:
        decision = Decision(about.account_id, measure.value, text="It was too loud.", **more)  # type: ignore[arg-type]
        strike = await decide(server, mod, decision)
        assert strike is not None
        return strike

    return take
