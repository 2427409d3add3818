"""Leaving: once, in order, at the planned instant; what cannot leave says why, and what to do."""

from dataclasses import replace

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.core.teams.model import Role
from mesange.kit.clock import HOUR, MINUTE, SECOND, FixedClock
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.main import open_server, start
from mesange.workspace.publishing.actions.leaving import publish_due_publications
from mesange.workspace.publishing.actions.scheduling import (
    cancel_publication,
    move_publication,
    reopen_publication,
    schedule_publication,
    unschedule_publication,
)
from mesange.workspace.publishing.actions.steps import begin
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.model import Publication, PublicationState, Step, WrongState
from mesange.workspace.publishing.model.leaving import AUTHOR_LEFT
from mesange.workspace.publishing.model.planning import MISSED, Plan, plan_at
from mesange.workspace.publishing.queries import get_publication
from tests.workspace.conftest import Team

S = PublicationState
ZONE = "Europe/Paris"


async def texts(server: Server) -> list[str]:
    return [text for (text,) in await server.db.rows("SELECT text FROM statuses ORDER BY id")]


async def plan(server: Server, viewer: Viewer, account_id: int, text: str, at: int) -> Publication:
    made = await write_publication(server, viewer, account_id, [Draft(text)])
    return await schedule_publication(server, viewer, made.id, Plan(_wall(at), "UTC"))


def _wall(at: int) -> str:
    return plan_at(at, "UTC").wall


async def scheduled(server: Server, viewer: Viewer, team: Team, count: int, at: int, account_id: int = 0) -> None:
    """Rows as `schedule_publication` leaves them, many at once."""
    made = await write_publication(server, viewer, account_id or await team.account("brand"), [Draft("Number 0")])
    first = await schedule_publication(server, viewer, made.id)
    first = replace(first, planned_at=at)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE publications SET planned_at = ? WHERE id = ?", at, first.id)
        for number in range(1, count):
            parts = first.parts.replace("Number 0", f"Number {number}")
            await begin(server, tx, replace(first, id=server.ids.next(), parts=parts), viewer.user_id, Step.WRITE)


async def test_each_leaves_at_its_instant_and_never_again(
    server: Server, team: Team, editor: Viewer, clock: FixedClock
) -> None:
    brand = await team.account("brand")
    at = clock.now() // MINUTE * MINUTE + HOUR
    planned = await plan(server, editor, brand, "On time", at)
    clock.move(at - clock.now() - 1)
    await publish_due_publications(server)
    assert await texts(server) == []
    clock.move(1)
    await publish_due_publications(server)
    await publish_due_publications(server)
    assert await texts(server) == ["On time"]
    found = await get_publication(server.db, editor, planned.id)
    assert (found.state, found.lateness) == (S.PUBLISHED, 0)


async def test_two_servers_publish_each_once_and_in_order(server: Server, team: Team, editor: Viewer) -> None:
    await scheduled(server, editor, team, 120, server.clock.now())
    if server.settings.database_url:
        async with open_server(server.settings, server.clock) as other:
            await start(other)
            await _together(server, other)
    else:
        await _together(server, server)
    written = await texts(server)
    assert sorted(written) == sorted(f"Number {number}" for number in range(120))


async def _together(one: Server, other: Server) -> None:
    import asyncio

    await asyncio.gather(publish_due_publications(one), publish_due_publications(other))


async def test_an_account_s_publications_leave_in_the_order_of_their_instants(
    server: Server, team: Team, editor: Viewer, clock: FixedClock
) -> None:
    brand = await team.account("brand")
    at = clock.now() // MINUTE * MINUTE + HOUR
    for number in (3, 1, 2):
        await plan(server, editor, brand, f"At {number}", at + number * MINUTE)
    clock.move(2 * HOUR)
    await publish_due_publications(server)
    assert await texts(server) == ["At 1", "At 2", "At 3"]


async def test_one_that_is_refused_does_not_hold_up_the_others(
    server: Server, team: Team, editor: Viewer, clock: FixedClock
) -> None:
    brand = await team.account("brand")
    other = await team.account("other")
    at = clock.now() // MINUTE * MINUTE + HOUR
    for account_id in (brand, other, brand):
        await plan(server, editor, account_id, f"For {account_id}", at)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET max_signs = 1 WHERE id = ?", other)
    clock.move(at - clock.now())
    await publish_due_publications(server)
    assert await texts(server) == [f"For {brand}", f"For {brand}"]
    (reason,) = await server.db.row("SELECT reason FROM publications WHERE state = 'failed'") or ("",)
    assert reason == "The text is too long for this account. Shorten it and schedule it anew."


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ("UPDATE accounts SET frozen_at = 1 WHERE id = :account", S.FROZEN, "frozen by the moderation"),
        ("UPDATE accounts SET suspended_at = 1 WHERE id = :account", S.FAILED, "account"),
        ("UPDATE accounts SET deleted_at = 1 WHERE id = :account", S.FAILED, "account"),
        ("UPDATE organizations SET frozen_at = 1 WHERE id = :organization", S.FROZEN, "frozen"),
        ("UPDATE users SET disabled_at = 1 WHERE id = :user", S.FAILED, AUTHOR_LEFT),
        ("DELETE FROM memberships WHERE user_id = :user", S.FAILED, AUTHOR_LEFT),
    ],
)
async def test_what_cannot_leave_says_why_and_nothing_is_lost(
    server: Server, team: Team, editor: Viewer, chief: Viewer, clock: FixedClock, change: str, state: S, reason: str
) -> None:
    brand = await team.account("brand")
    planned = await plan(server, editor, brand, "Waiting", clock.now() // MINUTE * MINUTE + HOUR)
    ids = {":account": brand, ":organization": team.organization.id, ":user": editor.user_id}
    name = next(name for name in ids if name in change)
    async with server.db.transaction() as tx:
        await tx.execute(change.replace(name, "?"), ids[name])
    clock.move(HOUR)
    await publish_due_publications(server)
    found = await get_publication(server.db, chief, planned.id)
    assert (found.state, await texts(server)) == (state, [])
    assert reason in found.reason
    assert found.drafts[0].text == "Waiting"


async def test_who_left_is_stood_for_by_who_schedules_it_anew(
    server: Server, team: Team, editor: Viewer, chief: Viewer, clock: FixedClock
) -> None:
    planned = await plan(server, editor, await team.account("brand"), "Bye", clock.now() // MINUTE * MINUTE + HOUR)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM memberships WHERE user_id = ?", editor.user_id)
    clock.move(HOUR)
    await publish_due_publications(server)
    from mesange.workspace.publishing.actions.review import approve_publication, submit_publication

    await submit_publication(server, chief, planned.id)
    await approve_publication(server, chief, planned.id)
    await schedule_publication(server, chief, planned.id)
    await publish_due_publications(server)
    assert await texts(server) == ["Bye"]


async def test_after_a_long_outage_nothing_stale_leaves(
    server: Server, team: Team, editor: Viewer, clock: FixedClock
) -> None:
    brand = await team.account("brand")
    at = clock.now() // MINUTE * MINUTE + HOUR
    stale = await plan(server, editor, brand, "Yesterday", at)
    late = await plan(server, editor, brand, "Just now", at + 6 * HOUR)
    clock.move(at + 7 * HOUR - clock.now())
    await publish_due_publications(server)
    assert await texts(server) == ["Just now"]
    assert (await get_publication(server.db, editor, stale.id)).reason == MISSED
    assert (await get_publication(server.db, editor, late.id)).lateness == HOUR
    again = await move_publication(server, editor, stale.id, plan_at(clock.now() + MINUTE, ZONE))
    assert (again.state, again.reason) == (S.SCHEDULED, "")


async def test_moved_given_up_cancelled_and_brought_back(
    server: Server, team: Team, editor: Viewer, clock: FixedClock
) -> None:
    brand = await team.account("brand")
    at = clock.now() // MINUTE * MINUTE + HOUR
    planned = await plan(server, editor, brand, "Moved", at)
    await move_publication(server, editor, planned.id, Plan(_wall(at + HOUR), "UTC"))
    clock.move(HOUR + SECOND)
    await publish_due_publications(server)
    assert await texts(server) == []
    assert (await unschedule_publication(server, editor, planned.id)).state is S.APPROVED
    assert (await cancel_publication(server, editor, planned.id)).state is S.CANCELLED
    with pytest.raises(WrongState):
        await schedule_publication(server, editor, planned.id)
    assert (await reopen_publication(server, editor, planned.id)).state is S.DRAFT
    clock.move(HOUR)
    await publish_due_publications(server)
    assert await texts(server) == []


@pytest.mark.parametrize(
    ("wall", "zone", "code"),
    [
        ("2027-03-28T02:30", ZONE, "ERR_MISSING_HOUR"),
        ("2027-10-31T02:30", ZONE, "ERR_DOUBLE_HOUR"),
        ("2027-02-30T09:00", ZONE, "ERR_TIME"),
        ("tomorrow", ZONE, "ERR_TIME"),
        ("2027-01-01T09:00+01:00", ZONE, "ERR_TIME"),
        ("0001-01-01T00:00", "Pacific/Auckland", "ERR_TIME"),
        ("2027-01-01T09:00", "Europe/Atlantis", "ERR_ZONE"),
        ("2027-01-01T09:00", "../../etc/passwd", "ERR_ZONE"),
        ("2001-01-01T09:00", ZONE, "ERR_PAST"),
    ],
)
async def test_an_hour_that_cannot_be_is_refused_clearly(
    server: Server, team: Team, editor: Viewer, wall: str, zone: str, code: str
) -> None:
    made = await write_publication(server, editor, await team.account("brand"), [Draft("When?")])
    with pytest.raises(Invalid) as refusal:
        await schedule_publication(server, editor, made.id, Plan(wall, zone))
    assert refusal.value.code == code


async def test_an_hour_that_comes_twice_is_either_as_one_says(server: Server, team: Team, editor: Viewer) -> None:
    brand = await team.account("brand")
    instants: list[int] = []
    for turn in (0, 1):
        made = await write_publication(server, editor, brand, [Draft(f"Turn {turn}")])
        planned = await schedule_publication(server, editor, made.id, Plan("2027-10-31T02:30", ZONE, turn))
        instants.append(planned.planned_at or 0)
    assert instants[1] - instants[0] == HOUR


async def test_an_analyst_schedules_nothing_and_a_contributor_only_what_is_approved(
    server: Server, team: Team, editor: Viewer, writer: Viewer
) -> None:
    made = await write_publication(server, editor, await team.account("brand"), [Draft("Mine")])
    analyst = await team.member("analyst", Role.ANALYST)
    for viewer in (analyst, writer):
        with pytest.raises(Exception, match=r"reads|an editor publishes"):
            await schedule_publication(server, viewer, made.id)
