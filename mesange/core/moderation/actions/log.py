"""Every act of the staff is noted, in the very commit that does it."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.scopelog import Fact, append
from mesange.kit.server import Server

SCOPE = "moderation"
Told: TypeAlias = Mapping[str, str | int | bool | list[int] | None]


async def note(server: Server, viewer: Viewer, kind: str, subject: str) -> None:
    """An act of the staff that another room carries out, in a commit of its own."""
    async with server.db.transaction() as tx:
        await note_act(server, tx, viewer, kind, subject)


async def note_act(
    server: Server,
    tx: Transaction,
    viewer: Viewer,
    kind: str,
    subject: str,
    before: Told | None = None,
    **after: object,
) -> None:
    """Who did what to whom: `subject` is such as account:17; `before` and the keywords say how it was and how it is.

    A viewer whose ids are 0 is the command line, on the machine itself. Raises Forbidden for who is no staff.
    """
    if viewer.user_id and viewer.role.rank == 0:
        raise Forbidden()
    body = msgspec.json.encode({"before": before or {}, "after": after}).decode()
    await append(tx, SCOPE, server.clock.now(), Fact(kind, viewer.account_id, subject, body))
