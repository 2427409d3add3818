"""Announcements: told to everyone, until they end or one has read them; answered with a sign."""

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.announcements.actions import (
    announce,
    change_announcement,
    dismiss_announcement,
    publish_announcement,
    publish_due_announcements,
    react,
    take_reaction_back,
    withdraw_announcement,
)
from mesange.core.announcements.model import MOST_REACTIONS, Plan
from mesange.core.announcements.queries import list_announcements, list_unread_announcements, load_reactions
from mesange.core.emojis.actions import add_emoji
from mesange.events.announcements import AnnouncementPublished
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Invalid, MesangeError, NotFound
from mesange.kit.server import Server
from tests.core.emojis.test_emojis import picture


async def test_an_announcement_is_shown_until_it_is_put_away(server: Server, ada: Viewer, bob: Viewer) -> None:
    first = await announce(server, "The nest moves on Sunday")
    second = await announce(server, "It has moved")
    await dismiss_announcement(server, ada, first.id)
    await dismiss_announcement(server, ada, first.id)
    assert [each.id for each in await list_unread_announcements(server, ada)] == [second.id]
    assert len(await list_unread_announcements(server, bob)) == 2
    await withdraw_announcement(server, second.id)
    assert await list_unread_announcements(server, ada) == []
    with pytest.raises(NotFound):
        await withdraw_announcement(server, second.id)


async def test_an_announcement_ends_when_what_it_tells_of_does(server: Server, clock: FixedClock) -> None:
    now = clock.now()
    await announce(server, "Tomorrow", Plan(now + DAY, now + 2 * DAY))
    clock.move(2 * DAY - 1)
    assert len(await list_announcements(server)) == 1
    clock.move(1)
    assert await list_announcements(server) == []


async def test_an_announcement_waits_for_its_hour_and_is_then_told_once(server: Server, clock: FixedClock) -> None:
    told: list[int] = []

    async def on_published(_server: Server, event: AnnouncementPublished) -> None:
        told.append(event.announcement_id)

    server.eventlog.listen(server, {AnnouncementPublished: [on_published]})
    found = await announce(server, "Soon", Plan(published_at=clock.now() + DAY))
    again = await change_announcement(server, found.id, "Very soon", Plan(published_at=clock.now() + DAY))
    await publish_due_announcements(server)
    assert (await list_announcements(server), told, again.is_out) == ([], [], False)
    clock.move(DAY)
    await publish_due_announcements(server)
    await publish_due_announcements(server)
    assert [each.text for each in await list_announcements(server)] == ["Very soon"]
    assert told == [found.id]
    with pytest.raises(NotFound):
        await publish_announcement(server, found.id)


async def test_one_that_waits_is_told_at_once_when_wanted_and_stays_out_when_changed(
    server: Server, clock: FixedClock
) -> None:
    found = await announce(server, "Soon", Plan(published_at=clock.now() + DAY))
    await publish_announcement(server, found.id)
    changed = await change_announcement(server, found.id, "Now", Plan(published_at=clock.now() + DAY))
    assert (changed.is_out, [each.text for each in await list_announcements(server)]) == (True, ["Now"])


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2_001])
async def test_nothing_and_far_too_much_are_not_announced(server: Server, text: str) -> None:
    with pytest.raises(Invalid):
        await announce(server, text)


async def test_an_end_before_its_start_is_refused(server: Server, clock: FixedClock) -> None:
    with pytest.raises(Invalid):
        await announce(server, "Backwards", Plan(clock.now() + DAY, clock.now() + 1))
    with pytest.raises(Invalid):
        await announce(server, "Over", Plan(ends_at=clock.now() - 1))


async def test_a_reaction_counts_once_and_can_be_taken_back(server: Server, ada: Viewer, bob: Viewer) -> None:
    await add_emoji(server, "tit", picture())
    found = await announce(server, "The tit is back")
    for name in ("🐦", "🐦", "tit", "👩‍👩‍👧‍👦"):
        await react(server, ada, found.id, name)
    await react(server, bob, found.id, "🐦")
    given = (await load_reactions(server.db, bob.account_id, [found.id]))[found.id]
    assert (given[0].name, given[0].count, given[0].is_mine) == ("🐦", 2, True)
    assert {(each.name, each.count, each.is_mine) for each in given[1:]} == {("tit", 1, False), ("👩‍👩‍👧‍👦", 1, False)}
    await take_reaction_back(server, bob, found.id, "🐦")
    await take_reaction_back(server, bob, found.id, "tit")
    given = (await load_reactions(server.db, bob.account_id, [found.id]))[found.id]
    assert sorted(each.count for each in given) == [1, 1, 1]


@pytest.mark.parametrize("name", ["", "a", "nobody", "🐦🐦", "<b>", "x" * 1_000, "1", "\u202e"])
async def test_only_an_emoji_is_a_reaction(server: Server, ada: Viewer, name: str) -> None:
    found = await announce(server, "Hello")
    with pytest.raises(Invalid):
        await react(server, ada, found.id, name)


async def test_g2_there_are_only_so_many_different_reactions(server: Server, ada: Viewer, bob: Viewer) -> None:
    found = await announce(server, "Hello")
    birds = ["🐦", "🦆", "🦅", "🦉", "🐧", "🦜", "🦢", "🦩", "🐓"]
    for name in birds[:MOST_REACTIONS]:
        await react(server, ada, found.id, name)
    with pytest.raises(Invalid):
        await react(server, bob, found.id, birds[-1])
    await react(server, bob, found.id, birds[0])


async def test_visitors_put_nothing_away(server: Server) -> None:
    found = await announce(server, "Hello")
    with pytest.raises(MesangeError):
        await dismiss_announcement(server, VISITOR, found.id)
    with pytest.raises(MesangeError):
        await react(server, VISITOR, found.id, "🐦")
