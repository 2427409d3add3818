"""I8 of the known attacks: counters equal the rows they count, also after many acts at once; a recount mends them."""

import asyncio
import random

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, follow_account, unfollow_account
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.marks import favourite_status, reblog_status, unfavourite_status
from mesange.core.statuses.actions.recount import recount
from mesange.core.statuses.queries.counters import list_wrong_accounts, list_wrong_statuses
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

ACTS = 1_000


async def test_i8_counters_hold_through_many_acts_at_once(server: Server, ada: Viewer) -> None:
    people = [ada, *[await new_viewer(server, f"p{number}") for number in range(6)]]
    statuses = [await post(server, who, "word") for who in people]
    chance = random.Random(8)

    async def act() -> None:
        who, other, status = chance.choice(people), chance.choice(people), chance.choice(statuses)
        await chance.choice(
            (
                lambda: favourite_status(server, who, status.id),
                lambda: unfavourite_status(server, who, status.id),
                lambda: reblog_status(server, who, status.id),
                lambda: unreblog_status(server, who, status.id),
                lambda: follow_account(server, who, other.account_id, FollowOptions()),
                lambda: unfollow_account(server, who, other.account_id),
                lambda: post(server, who, "an answer", to=status),
            )
        )()

    for _ in range(ACTS // 50):
        await asyncio.gather(*(act() for _ in range(50)), return_exceptions=True)
    await delete_status(server, ada, statuses[0].id)
    assert await list_wrong_accounts(server.db) == []
    assert await list_wrong_statuses(server.db) == []


async def test_a_recount_sets_wrong_counters_right(server: Server, ada: Viewer) -> None:
    status = await post(server, ada, "word")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE account_stats SET statuses = 7 WHERE account_id = ?", ada.account_id)
        await tx.execute("INSERT INTO status_stats (status_id, favourites) VALUES (?, 3) ON CONFLICT (status_id) "
                         "DO UPDATE SET favourites = 3", status.id)  # fmt: skip
    assert (len(await list_wrong_accounts(server.db)), len(await list_wrong_statuses(server.db))) == (1, 1)
    assert await recount(server) == 2
    assert await recount(server) == 0
