"""Drafts: kept as they are, of one account, bounded in number and size."""

import asyncio

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.drafts import delete_draft, save_draft
from mesange.core.statuses.model import MOST_DRAFTS, Draft, PollDraft, parts_in
from mesange.core.statuses.queries import get_draft, list_drafts
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server

THREAD = [Draft("One", "Care", visibility="unlisted"), Draft(""), Draft("x" * 999, poll=PollDraft(("a", ""), 0))]


async def test_a_draft_is_kept_however_unfinished(server: Server, ada: Viewer) -> None:
    kept = await save_draft(server, ada, THREAD)
    assert parts_in((await get_draft(server.db, ada, kept.id)).parts) == THREAD


async def test_going_on_writing_changes_the_same_draft(server: Server, ada: Viewer, clock: FixedClock) -> None:
    kept = await save_draft(server, ada, THREAD)
    clock.move(HOUR)
    again = await save_draft(server, ada, [Draft("Other words")], kept.id)
    assert [(each.id, each.updated_at) for each in await list_drafts(server.db, ada, Page())] == [
        (kept.id, kept.updated_at + HOUR)
    ]
    assert parts_in(again.parts) == [Draft("Other words")]


async def test_nobody_else_sees_or_touches_a_draft(server: Server, ada: Viewer, bob: Viewer) -> None:
    kept = await save_draft(server, ada, THREAD)
    assert await list_drafts(server.db, bob, Page()) == []
    for touch in (
        get_draft(server.db, bob, kept.id),
        save_draft(server, bob, THREAD, kept.id),
        delete_draft(server, bob, kept.id),
    ):
        with pytest.raises(NotFound):
            await touch


@pytest.mark.parametrize(
    "parts", [[], [Draft("")], [Draft(" \n "), Draft("")], [Draft("x")] * 26, [Draft("x" * 100_001)]]
)
async def test_nothing_and_far_too_much_are_not_kept(server: Server, ada: Viewer, parts: list[Draft]) -> None:
    with pytest.raises(Invalid):
        await save_draft(server, ada, parts)
    assert await list_drafts(server.db, ada, Page()) == []


async def test_an_account_keeps_only_so_many_also_in_a_race(server: Server, ada: Viewer, bob: Viewer) -> None:
    done = await asyncio.gather(
        *(save_draft(server, ada, THREAD) for _ in range(MOST_DRAFTS + 5)), return_exceptions=True
    )
    assert sum(isinstance(each, Invalid) for each in done) == 5
    await save_draft(server, bob, THREAD)


async def test_a_deleted_draft_is_gone(server: Server, ada: Viewer) -> None:
    kept = await save_draft(server, ada, THREAD)
    await delete_draft(server, ada, kept.id)
    with pytest.raises(NotFound):
        await get_draft(server.db, ada, kept.id)
