"""What is suspended comes back while the decision can be answered; then it is erased as who leaves is, once."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.actions.accounts import NameTaken, create_account
from mesange.core.accounts.actions.sessions import Browser, start_session
from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.accounts.queries import find_account, find_user
from mesange.core.archives.actions import erase_departed
from mesange.core.moderation.actions.appeals import answer_appeal, appeal_decision
from mesange.core.moderation.actions.decisions import lift_decision
from mesange.core.moderation.jobs import announce_removals
from mesange.core.moderation.model import AFTER_REFUSAL, APPEAL_LIFE, Measure, Strike
from mesange.core.statuses.queries import find_status, only_visible
from mesange.events.accounts import AccountDeleted
from mesange.events.moderation import AccountRemovalDue
from mesange.kit.clock import DAY, FixedClock, iso_date
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server
from mesange.main import CONSUMERS
from tests.core.moderation.conftest import Decide
from tests.core.moderation.test_reports import letters
from tests.core.people import post

Pass = Callable[[int], Awaitable[None]]


@pytest.fixture
def pass_time(server: Server, clock: FixedClock, consume: Callable[[], Awaitable[None]]) -> Pass:
    """Let so many milliseconds go by, and all that the clock sets going be done."""

    async def pass_time(milliseconds: int) -> None:
        clock.move(milliseconds)
        await announce_removals(server)
        await consume()
        await erase_departed(server)

    return pass_time


async def told(server: Server, kind: type[AccountDeleted] | type[AccountRemovalDue]) -> list[int]:
    return [event.account_id for _, event in await server.eventlog.after((0, 0), 1_000) if isinstance(event, kind)]


async def test_what_is_suspended_is_hidden_for_half_a_year_and_then_erased(
    server: Server, bob: Viewer, take: Decide, pass_time: Pass
) -> None:
    said = await post(server, bob, "canary")
    await take(bob, Measure.SUSPEND)
    await pass_time(APPEAL_LIFE - 1)
    assert await only_visible(server, VISITOR, [said.id]) == []
    assert await find_status(server, said.id) == said
    await pass_time(1)
    assert await find_status(server, said.id) is None
    assert await find_user(server.db, bob.user_id) is None
    account = await find_account(server, bob.account_id)
    assert account is not None and account.is_hidden and account.display_name == ""
    with pytest.raises(NameTaken):
        async with server.db.transaction() as tx:
            await create_account(server, tx, "bob", user_id=7)
    await pass_time(DAY)
    assert await told(server, AccountRemovalDue) == await told(server, AccountDeleted) == [bob.account_id]


@pytest.mark.parametrize("way", ["lifted", "appeal granted", "lifted once it was announced"])
async def test_what_is_taken_back_is_never_erased(
    server: Server, clock: FixedClock, bob: Viewer, mod: Viewer, take: Decide, pass_time: Pass, way: str
) -> None:
    said = await post(server, bob, "Still here")
    strike = await take(bob, Measure.SUSPEND)
    if way == "appeal granted":
        await appeal_decision(server, bob, strike.id, "It was a quotation")
        await pass_time(2 * APPEAL_LIFE)
        await answer_appeal(server, mod, strike.id, grants=True)
    else:
        clock.move(APPEAL_LIFE)
        if way == "lifted once it was announced":
            await announce_removals(server)
        await lift_decision(server, mod, strike.id)
    await pass_time(2 * APPEAL_LIFE)
    assert [status.id for status in await only_visible(server, VISITOR, [said.id])] == [said.id]
    assert await told(server, AccountDeleted) == []


async def test_an_answer_that_waits_holds_it_back_and_its_refusal_leaves_thirty_days(
    server: Server, clock: FixedClock, bob: Viewer, mod: Viewer, take: Decide, pass_time: Pass
) -> None:
    strike = await take(bob, Measure.SUSPEND)
    clock.move(APPEAL_LIFE - 1)
    await appeal_decision(server, bob, strike.id, "At the last moment")
    await pass_time(100 * DAY)
    await answer_appeal(server, mod, strike.id, grants=False)
    assert iso_date(clock.now() + AFTER_REFUSAL) in (await letters(server, "bob"))[0]
    await pass_time(AFTER_REFUSAL - 1)
    assert await told(server, AccountDeleted) == []
    await pass_time(1)
    assert await told(server, AccountDeleted) == [bob.account_id]


async def test_an_early_refusal_shortens_nothing(
    server: Server, bob: Viewer, mod: Viewer, take: Decide, pass_time: Pass
) -> None:
    strike = await take(bob, Measure.SUSPEND)
    await appeal_decision(server, bob, strike.id, "At once")
    await answer_appeal(server, mod, strike.id, grants=False)
    await pass_time(APPEAL_LIFE - 1)
    assert await told(server, AccountDeleted) == []


async def test_the_last_of_several_suspensions_counts(
    server: Server, clock: FixedClock, bob: Viewer, take: Decide, pass_time: Pass
) -> None:
    await take(bob, Measure.SUSPEND)
    clock.move(100 * DAY)
    await take(bob, Measure.SUSPEND)
    await pass_time(APPEAL_LIFE - 1)
    assert await told(server, AccountDeleted) == []
    await pass_time(1)
    assert await told(server, AccountDeleted) == [bob.account_id]


async def test_nobody_signs_back_in_to_what_is_being_removed(
    server: Server, clock: FixedClock, bob: Viewer, take: Decide, consume: Callable[[], Awaitable[None]]
) -> None:
    user = await find_user(server.db, bob.user_id)
    assert user is not None
    await take(bob, Measure.SUSPEND)
    clock.move(APPEAL_LIFE)
    await announce_removals(server)
    await consume()
    with pytest.raises(Forbidden):
        await start_session(server, user, Browser("127.0.0.1", "test"))
    await erase_departed(server)
    assert await told(server, AccountDeleted) == [bob.account_id]


async def test_a_restart_anywhere_erases_once(server: Server, clock: FixedClock, bob: Viewer, take: Decide) -> None:
    await take(bob, Measure.SUSPEND)
    clock.move(APPEAL_LIFE)
    removals = next(consumer for consumer in CONSUMERS if consumer.name == "removals")
    for _ in range(3):  # Each with a runner that knows of the ones before it only what they committed.
        await announce_removals(server)
        runner = ConsumerRunner(server, server.db, server.eventlog, removals)
        while await runner.step():
            pass
        await erase_departed(server)
    assert await told(server, AccountDeleted) == [bob.account_id]


async def test_the_person_concerned_reads_the_days_that_count(server: Server, bob: Viewer, take: Decide) -> None:
    strike: Strike = await take(bob, Measure.SUSPEND)
    assert strike.removal_at == strike.appeal_ends_at
    letter = (await letters(server, "bob"))[0]
    assert f"On {iso_date(strike.appeal_ends_at)} all that it holds will be erased" in letter
    assert f"before {iso_date(strike.appeal_ends_at)}" in letter
