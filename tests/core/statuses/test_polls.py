"""Polls: what may be asked, one vote each also in a race, an end that is told once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.processing import settle_media
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaWords
from mesange.core.notifications.model import NotificationKind
from mesange.core.notifications.queries import NotificationFilter, list_notifications
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import mute_thread
from mesange.core.statuses.actions.polls import end_due_polls, vote
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import (
    Draft,
    Holds,
    Poll,
    PollDraft,
    PollEndedBefore,
    PollState,
    Status,
    VotedAlready,
    checked_choices,
    checked_poll,
)
from mesange.core.statuses.queries import list_versions, load_choices, load_polls, visible_poll, visible_status
from mesange.events.statuses import PollEnded, VoteCast
from mesange.kit.clock import SECOND, FixedClock
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.main import open_server, start
from tests.core.media.test_uploads import encoded, sent
from tests.core.people import new_viewer, post

COLOURS = PollDraft(("Blue", "Yellow", "White"), 300)
MANY = PollDraft(("Blue", "Yellow", "White"), 300, is_multiple=True)
Consume = Callable[[], Awaitable[None]]


async def ask(server: Server, viewer: Viewer, poll: PollDraft = COLOURS, visibility: str = "public") -> Status:
    return await publish_status(server, viewer, Draft("Which colour?", visibility=visibility, poll=poll))


async def picture_of(server: Server, viewer: Viewer) -> int:
    """The id of a file that is ready."""
    media = await upload_media(server, viewer, sent(server, encoded()), MediaWords())
    await settle_media(server, [media.id], 10)
    return media.id


async def state_of(server: Server, status: Status) -> PollState:
    return (await load_polls(server, [status.id]))[status.id]


async def votes_in(server: Server, status: Status) -> tuple[list[int], int]:
    """Votes of each option, and how many people voted: as shown."""
    state = await state_of(server, status)
    return [option.votes for option in state.options], state.poll.voters


async def recounted(server: Server, status: Status) -> tuple[list[int], int]:
    """The same from the rows of the votes."""
    rows = await server.db.rows("SELECT choices FROM poll_votes WHERE status_id = ?", status.id)
    return [sum(choices >> position & 1 for (choices,) in rows) for position in range(3)], len(rows)


@pytest.mark.parametrize(
    "wrong",
    [
        PollDraft((), 300),
        PollDraft(("alone",), 300),
        PollDraft(("one", "two", "three", "four", "five"), 300),
        PollDraft(("one", "x" * 51), 300),
        PollDraft(("one", "https://example.org/" + "x" * 40), 300),
        PollDraft(("one", "👩‍👩‍👧‍👦" * 51), 300),
        PollDraft(("one", " "), 300),
        PollDraft(("one", "\u200b"), 300),
        PollDraft(("one", "ONE "), 300),
        PollDraft(("one", "two"), 299),
        PollDraft(("one", "two"), 2_629_747),
        PollDraft(("one", "two"), -1),
        PollDraft(("x",) * 100_000, 300),
    ],
)
async def test_a_poll_that_cannot_be_asked_is_refused(server: Server, ada: Viewer, wrong: PollDraft) -> None:
    with pytest.raises(Invalid) as refusal:
        await ask(server, ada, wrong)
    assert (refusal.value.field, refusal.value.http_status) == ("poll", 422)
    assert await server.db.value("SELECT count(*) FROM statuses") == 0


@pytest.mark.parametrize(
    "right",
    [
        PollDraft(("one", "two"), 300),
        PollDraft(("x" * 50, "👩‍👩‍👧‍👦" * 50, "3", "4"), 2_629_746, is_multiple=True, hides_totals=True),
    ],
)
def test_what_may_be_asked(right: PollDraft) -> None:
    assert checked_poll(right) == right


def test_options_are_cleaned() -> None:
    assert checked_poll(PollDraft((" one\ntwo ", "a\u202eb"), 300)).options == ("one two", "ab")


@pytest.mark.parametrize(
    ("choices", "is_multiple", "kept"),
    [([0], False, [0]), ([2, 2], False, [2]), ([2, 0], True, [0, 2]), ([0, 1, 2], True, [0, 1, 2])],
)
def test_choices_that_may_be_made(choices: list[int], is_multiple: bool, kept: list[int]) -> None:
    assert checked_choices(Poll(1, 7, is_multiple, False, 1_000), 3, choices, 8, 999) == kept


@pytest.mark.parametrize(
    ("choices", "voter", "now", "error"),
    [
        ([], 8, 0, Invalid),
        ([3], 8, 0, Invalid),
        ([-1], 8, 0, Invalid),
        ([0, 1], 8, 0, Invalid),
        ([0], 7, 0, Invalid),
        ([0], 8, 1_000, PollEndedBefore),
    ],
    ids=["nothing", "not there", "negative", "two of a single choice", "one's own", "over"],
)
def test_choices_that_are_refused(choices: list[int], voter: int, now: int, error: type[Invalid]) -> None:
    with pytest.raises(error) as refusal:
        checked_choices(Poll(1, 7, False, False, 1_000), 3, choices, voter, now)
    assert refusal.value.http_status == 422


async def test_a_vote_counts_and_is_remembered(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await ask(server, ada, MANY)
    assert status.holds == Holds.POLL
    await vote(server, bob, status.id, [2, 0])
    assert await votes_in(server, status) == ([1, 0, 1], 1)
    assert await load_choices(server.db, bob.account_id, [status.id]) == {status.id: [0, 2]}
    assert await load_choices(server.db, ada.account_id, [status.id]) == {}
    assert (await server.eventlog.after((0, 0)))[-1][1] == VoteCast(status.id, bob.account_id, ada.account_id)


async def test_nobody_votes_twice(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await ask(server, ada)
    await vote(server, bob, status.id, [1])
    for choices in ([1], [0]):
        with pytest.raises(VotedAlready):
            await vote(server, bob, status.id, choices)
    assert await votes_in(server, status) == ([0, 1, 0], 1)


async def test_i8_of_twenty_votes_at_once_one_counts(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await ask(server, ada, MANY)
    done = await asyncio.gather(
        *(vote(server, bob, status.id, [number % 3]) for number in range(20)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in done) == ["NoneType", *["VotedAlready"] * 19]
    assert (await votes_in(server, status))[1] == 1
    assert await votes_in(server, status) == await recounted(server, status)


async def test_i8_counters_shown_are_the_rows_counted_after_parallel_votes(server: Server, ada: Viewer) -> None:
    status = await ask(server, ada, MANY)
    voters = [await new_viewer(server, f"v{number}") for number in range(40)]
    choices: list[list[int]] = [[0], [1], [0, 2], [], [0, 1, 2], [9]]
    await asyncio.gather(
        *(vote(server, voters[n % 40], status.id, choices[n % 6]) for n in range(240)), return_exceptions=True
    )
    shown = await votes_in(server, status)
    assert shown == await recounted(server, status)
    assert shown[1] == 40


async def test_the_poll_of_a_post_one_may_not_see_does_not_exist(server: Server, ada: Viewer, bob: Viewer) -> None:
    hidden, plain = await ask(server, ada, visibility="direct"), await post(server, ada, "no poll")
    for id in (hidden.id, plain.id, 5):
        with pytest.raises(NotFound):
            await visible_poll(server, bob, id)
        with pytest.raises(NotFound):
            await vote(server, bob, id, [0])


async def test_the_end_is_told_once_to_author_and_voters(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, clock: FixedClock, consume: Consume
) -> None:
    status = await ask(server, ada)
    for voter in (bob, eve):
        await vote(server, voter, status.id, [0])
    await mute_thread(server, eve, status.id)
    clock.move(299 * SECOND)
    await end_due_polls(server)
    assert not (await state_of(server, status)).poll.is_over(clock.now())
    clock.move(SECOND)
    await asyncio.gather(*(end_due_polls(server) for _ in range(5)))
    ended = [event for _, event in await server.eventlog.after((0, 0)) if isinstance(event, PollEnded)]
    assert ended == [PollEnded(status.id, ada.account_id)]
    await consume()
    only = NotificationFilter(kinds=[NotificationKind.POLL])
    told = [await list_notifications(server, each, Page(), only) for each in (ada, bob, eve)]
    assert [[each.status_id for each in one] for one in told] == [[status.id], [status.id], []]
    with pytest.raises(PollEndedBefore):
        await vote(server, await new_viewer(server, "late"), status.id, [0])


async def test_two_servers_tell_the_end_once(server: Server, ada: Viewer, clock: FixedClock) -> None:
    if server.db.engine == "sqlite":
        pytest.skip("one server per file")
    status = await ask(server, ada)
    clock.move(300 * SECOND)
    async with open_server(server.settings, clock) as other:
        await start(other)
        await asyncio.gather(end_due_polls(server), end_due_polls(other))
    assert (await state_of(server, status)).poll.ended_at == clock.now()
    told = await server.db.rows("SELECT data FROM events")
    assert sum(b"PollEnded" in bytes(data) for (data,) in told) == 1


async def test_an_edit_that_asks_the_same_keeps_the_votes(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await ask(server, ada)
    await vote(server, bob, status.id, [0])
    await edit_status(server, ada, status.id, Correction("Which one?"))
    await edit_status(server, ada, status.id, Correction(poll=PollDraft(COLOURS.options, 600)))
    assert await votes_in(server, status) == ([1, 0, 0], 1)
    assert (await state_of(server, status)).poll.expires_at == server.clock.now() + 600 * SECOND


@pytest.mark.parametrize(
    "other", [PollDraft(("Blue", "Green", "White"), 300), PollDraft(COLOURS.options, 300, is_multiple=True)]
)
async def test_an_edit_that_asks_something_else_begins_anew(
    server: Server, ada: Viewer, bob: Viewer, other: PollDraft
) -> None:
    status = await ask(server, ada)
    await vote(server, bob, status.id, [0])
    await edit_status(server, ada, status.id, Correction(poll=other))
    assert await votes_in(server, status) == ([0, 0, 0], 0)
    await vote(server, bob, status.id, [1])
    assert await votes_in(server, status) == await recounted(server, status) == ([0, 1, 0], 1)


async def test_a_poll_comes_and_goes_and_the_history_knows(server: Server, ada: Viewer) -> None:
    status = await post(server, ada, "Which?")
    await edit_status(server, ada, status.id, Correction(poll=COLOURS))
    with_poll = await visible_status(server, ada, status.id)
    assert with_poll.holds == Holds.POLL
    await edit_status(server, ada, status.id, Correction(removes_poll=True))
    plain = await visible_status(server, ada, status.id)
    assert plain.holds == Holds.NOTHING
    versions = await list_versions(server.db, plain)
    assert [version.poll_options for version in versions] == [(), COLOURS.options, ()]
    assert await server.db.value("SELECT count(*) FROM poll_options") == 0


async def test_an_edit_brings_no_poll_to_media_and_no_media_to_a_poll(server: Server, ada: Viewer) -> None:
    asked = await ask(server, ada)
    media = [await picture_of(server, ada) for _ in range(2)]
    pictured = await publish_status(server, ada, Draft("look", media_ids=(media[0],)))
    both = Correction("Both", media_ids=(media[1],), poll=COLOURS)
    plain = await post(server, ada, "Neither yet")
    for status, correction in (
        (asked, Correction(media_ids=(media[1],))),
        (pictured, Correction(poll=COLOURS)),
        (plain, both),
        (asked, both),
    ):
        with pytest.raises(Invalid, match="media or a poll, not both"):
            await edit_status(server, ada, status.id, correction)
        assert await visible_status(server, ada, status.id) == status
    await edit_status(server, ada, asked.id, Correction(media_ids=(media[1],), removes_poll=True))
    await edit_status(server, ada, pictured.id, Correction(media_ids=(), poll=COLOURS))
    carried = [(await visible_status(server, ada, each.id)).holds for each in (asked, pictured)]
    assert carried == [Holds.MEDIA, Holds.POLL]


async def test_an_ended_poll_may_be_opened_again(server: Server, ada: Viewer, bob: Viewer, clock: FixedClock) -> None:
    status = await ask(server, ada)
    clock.move(300 * SECOND)
    await end_due_polls(server)
    await edit_status(server, ada, status.id, Correction(poll=COLOURS))
    await vote(server, bob, status.id, [0])
    assert await votes_in(server, status) == ([1, 0, 0], 1)


async def test_a_deleted_post_takes_its_poll_along(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await ask(server, ada)
    await vote(server, bob, status.id, [0])
    await delete_status(server, ada, status.id)
    for table in ("polls", "poll_options", "poll_votes"):
        assert await server.db.value(f"SELECT count(*) FROM {table}") == 0


async def test_a_plain_post_costs_no_statement_more(server: Server, ada: Viewer, monkeypatch: Any) -> None:
    """As many statements as before there were polls: what a plain post asks and writes is counted here."""
    said: list[str] = []
    transaction = server.db.transaction

    def counted() -> Any:
        scope = transaction()
        return _Noting(scope, said)

    monkeypatch.setattr(server.db, "transaction", counted)
    await post(server, ada, "plain")
    assert len(said) == 3, said


class _Noting:
    def __init__(self, scope: Any, said: list[str]) -> None:
        self._scope, self._said = scope, said

    async def __aenter__(self) -> Any:
        self._tx = await self._scope.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._scope.__aexit__(*error)

    def __getattr__(self, name: str) -> Any:
        said, found = self._said, getattr(self._tx, name)
        if name not in ("row", "rows", "value", "execute", "insert", "update"):
            return found

        async def noted(*words: Any) -> Any:
            said.append(str(words[0]))
            return await found(*words)

        return noted
