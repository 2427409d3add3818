"""Each measure does what it says, with its reasons; it can be answered once and taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.model import AccountFrozen, UserRole, Viewer
from mesange.core.accounts.queries import get_account, standings_of
from mesange.core.moderation.actions.appeals import answer_appeal, appeal_decision
from mesange.core.moderation.actions.decisions import decide, lift_decision
from mesange.core.moderation.actions.log import SCOPE
from mesange.core.moderation.actions.site import write_rule
from mesange.core.moderation.model import AlreadyAppealed, Decision, Measure, NotOverStaff
from mesange.core.moderation.queries import list_appeals, list_own_strikes, list_strikes_of
from mesange.core.statuses.queries import find_status
from mesange.kit.clock import FixedClock
from mesange.kit.errors import Conflict, Forbidden, Gone, Invalid, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.scopelog import EntryFilter, first_broken, list_entries
from mesange.kit.server import Server
from tests.core.moderation.conftest import Decide, new_staff
from tests.core.moderation.test_reports import letters
from tests.core.people import post


async def test_a_statement_of_reasons_says_what_why_and_what_next(
    server: Server, bob: Viewer, mod: Viewer, take: Decide
) -> None:
    rule = await write_rule(server, mod, 0, ("Be quiet", "Du calme", "", ""))
    strike = await take(bob, Measure.LIMIT, rule_ids=[rule.id])
    letter = (await letters(server, "bob"))[0]
    for said in ("@bob", "followers only", "It was too loud.", "Be quiet", "by people", "/settings/moderation", "once"):
        assert said in letter, said
    assert await list_own_strikes(server, bob) == [strike]


@pytest.mark.parametrize("measure", [Measure.WARN, Measure.LIMIT, Measure.FREEZE, Measure.SUSPEND])
async def test_every_measure_can_be_taken_back(
    server: Server, bob: Viewer, mod: Viewer, take: Decide, measure: Measure
) -> None:
    before = await get_account(server, bob.account_id)
    strike = await take(bob, measure)
    await lift_decision(server, mod, strike.id)
    assert await get_account(server, bob.account_id) == before
    with pytest.raises(Conflict):
        await lift_decision(server, mod, strike.id)


async def test_a_measure_holds_while_one_decision_stands(
    server: Server, bob: Viewer, mod: Viewer, take: Decide
) -> None:
    first, second = await take(bob, Measure.LIMIT), await take(bob, Measure.LIMIT)
    await lift_decision(server, mod, first.id)
    assert bob.account_id in (await standings_of(server)).limited
    await lift_decision(server, mod, second.id)
    assert bob.account_id not in (await standings_of(server)).limited


async def test_the_frozen_write_nothing(server: Server, bob: Viewer, take: Decide) -> None:
    await take(bob, Measure.FREEZE)
    with pytest.raises(AccountFrozen):
        await post(server, bob, "Still here")


async def test_the_suspended_are_gone(server: Server, bob: Viewer, take: Decide) -> None:
    await take(bob, Measure.SUSPEND)
    with pytest.raises(Gone):
        await get_account(server, bob.account_id)
    with pytest.raises((Forbidden, Gone)):
        await post(server, bob, "Still here")


async def test_posts_are_deleted_or_marked_but_only_those_of_the_account(
    server: Server, ada: Viewer, bob: Viewer, take: Decide
) -> None:
    own, theirs, kept = await post(server, bob, "one"), await post(server, ada, "two"), await post(server, bob, "three")
    await take(bob, Measure.DELETE, status_ids=[own.id, theirs.id])
    assert await find_status(server, own.id) is None
    assert await find_status(server, theirs.id) == theirs
    await take(bob, Measure.SENSITIVE, status_ids=[kept.id])
    assert await find_status(server, kept.id) == replace(kept, is_sensitive=True)
    with pytest.raises(Invalid):
        await take(bob, Measure.DELETE, status_ids=[theirs.id])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"measure": "shout"}, Invalid),
        ({"ground": "mood"}, Invalid),
        ({"text": " "}, Invalid),
        ({"text": "x" * 3_001}, Invalid),
        ({"measure": "delete"}, Invalid),
        ({"account_id": 5}, NotFound),
        ({"report_id": 5}, NotFound),
    ],
)
async def test_a_decision_without_reasons_is_none(
    server: Server, bob: Viewer, mod: Viewer, change: dict[str, object], error: type[MesangeError]
) -> None:
    given: dict[str, object] = {"account_id": bob.account_id, "measure": "warn", "text": "Loud."} | change
    with pytest.raises(error):
        await decide(server, mod, Decision(**given))  # type: ignore[arg-type]
    assert await list_strikes_of(server.db, bob.account_id) == []


async def test_staff_decides_about_lower_roles_only(server: Server, bob: Viewer, mod: Viewer) -> None:
    admin = await new_staff(server, "adm", UserRole.ADMIN)
    with pytest.raises(NotOverStaff):
        await decide(server, mod, Decision(admin.account_id, "warn", text="No."))
    with pytest.raises(NotOverStaff):
        await decide(server, mod, Decision(mod.account_id, "warn", text="No."))
    with pytest.raises(Forbidden):
        await decide(server, bob, Decision(mod.account_id, "suspend", text="Revenge."))
    assert await decide(server, admin, Decision(mod.account_id, "warn", text="Be fair."))


async def test_i8_one_appeal_also_when_many_are_sent_at_once(server: Server, bob: Viewer, take: Decide) -> None:
    strike = await take(bob, Measure.LIMIT)
    sent = [appeal_decision(server, bob, strike.id, f"I was whispering {number}") for number in range(20)]
    results = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(result is None for result in results) == 1
    assert all(result is None or isinstance(result, AlreadyAppealed) for result in results)
    assert len(await list_appeals(server.db, Page())) == 1


async def test_f4_only_the_person_concerned_appeals(server: Server, ada: Viewer, bob: Viewer, take: Decide) -> None:
    strike = await take(bob, Measure.LIMIT)
    with pytest.raises(NotFound):
        await appeal_decision(server, ada, strike.id, "Let him")
    with pytest.raises(Invalid):
        await appeal_decision(server, bob, strike.id, "  ")


@pytest.mark.parametrize("grants", [True, False])
async def test_an_appeal_is_answered_and_the_person_is_told(
    server: Server, bob: Viewer, mod: Viewer, take: Decide, grants: bool
) -> None:
    strike = await take(bob, Measure.LIMIT)
    await appeal_decision(server, bob, strike.id, "I was whispering")
    await answer_appeal(server, mod, strike.id, grants=grants)
    assert (bob.account_id in (await standings_of(server)).limited) is not grants
    assert len(await letters(server, "bob")) == 2
    with pytest.raises((NotFound, Conflict)):
        await answer_appeal(server, mod, strike.id, grants=grants)


async def test_after_half_a_year_a_decision_is_answered_no_more(
    server: Server, clock: FixedClock, bob: Viewer, take: Decide
) -> None:
    strike = await take(bob, Measure.WARN)
    clock.move(184 * 86_400_000)
    with pytest.raises(AlreadyAppealed):
        await appeal_decision(server, bob, strike.id, "Too late")


async def test_each_act_is_noted_in_a_chain_that_holds(
    server: Server, bob: Viewer, mod: Viewer, take: Decide, consume: Callable[[], Awaitable[None]]
) -> None:
    strike = await take(bob, Measure.LIMIT)
    await lift_decision(server, mod, strike.id)
    entries = await list_entries(server.db, SCOPE, Page(), EntryFilter(actor_id=mod.account_id))
    assert [entry.kind for entry in entries] == ["lifted: limit", "decided: limit"]
    assert all(entry.subject == f"account:{bob.account_id}" for entry in entries)
    assert await first_broken(server.db, SCOPE) == 0
