"""Writes of polls: opened with their post, voted in, ended by the clock."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.statuses.model import PollState, VotedAlready, ballot, checked_choices
from mesange.core.statuses.queries import hold_poll, visible_poll
from mesange.core.statuses.tables import polls
from mesange.events.statuses import PollEnded, VoteCast
from mesange.kit.db import Transaction
from mesange.kit.server import Server

ENDED_AT_ONCE = 100


async def write_poll(tx: Transaction, state: PollState) -> None:
    await tx.insert(polls, state.poll)
    for position, option in enumerate(state.options):
        await tx.execute(
            "INSERT INTO poll_options (status_id, position, title, votes) VALUES (?, ?, ?, ?)",
            state.poll.status_id,
            position,
            option.title,
            option.votes,
        )


async def change_poll(tx: Transaction, before: PollState | None, after: PollState | None) -> None:
    """The poll of an edited post: the same question keeps its votes, another begins anew."""
    if before and after and before.asks_the_same_as(after):
        await tx.update(polls, after.poll)
    elif before != after:
        if before:
            await delete_poll(tx, before.poll.status_id)
        if after:
            await write_poll(tx, after)


async def delete_poll(tx: Transaction, status_id: int) -> None:
    """With all its votes."""
    for table in ("polls", "poll_options", "poll_votes"):
        await tx.execute(f"DELETE FROM {table} WHERE status_id = ?", status_id)


async def vote(server: Server, viewer: Viewer, poll_id: int, choices: list[int]) -> None:
    """Vote once; `choices` count from 0.

    Raises NotFound, PollEndedBefore, VotedAlready, Invalid (one's own poll, choices).
    """
    voter_id = acting_account(viewer)
    await visible_poll(server, viewer, poll_id)
    async with server.db.transaction() as tx:
        state = await hold_poll(tx, poll_id)
        chosen = checked_choices(state.poll, len(state.options), choices, voter_id, server.clock.now())
        if not await _cast(tx, poll_id, voter_id, chosen):
            raise VotedAlready()
        tx.emit(VoteCast(status_id=poll_id, account_id=voter_id, author_id=state.poll.account_id))


async def _cast(tx: Transaction, poll_id: int, voter_id: int, chosen: list[int]) -> bool:
    is_first = await tx.execute(
        "INSERT INTO poll_votes (status_id, account_id, choices) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        poll_id,
        voter_id,
        ballot(chosen),
    )
    if is_first:
        await tx.execute(
            "UPDATE poll_options SET votes = votes + 1 WHERE status_id = ? AND position = ANY(?)", poll_id, chosen
        )
        await tx.execute("UPDATE polls SET voters = voters + 1 WHERE status_id = ?", poll_id)
    return is_first > 0


async def end_due_polls(server: Server) -> None:
    """Tell the end of every poll whose time is over, once each, whichever server looks first."""
    while due := await server.db.rows(
        "SELECT status_id, account_id FROM polls WHERE ended_at IS NULL AND expires_at <= ? "
        "ORDER BY expires_at LIMIT ?",
        server.clock.now(),
        ENDED_AT_ONCE,
    ):
        for status_id, account_id in due:
            await _end(server, status_id, account_id)


async def _end(server: Server, status_id: int, account_id: int) -> None:
    now = server.clock.now()
    async with server.db.transaction() as tx:
        is_ours = await tx.execute(
            "UPDATE polls SET ended_at = ? WHERE status_id = ? AND ended_at IS NULL AND expires_at <= ?",
            now,
            status_id,
            now,
        )
        if is_ours:
            tx.emit(PollEnded(status_id=status_id, account_id=account_id))
