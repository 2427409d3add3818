"""Scheduling: posts that wait for their hour, and go out through the same gate as any other."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import find_user
from mesange.core.media.actions.attach import let_go_media
from mesange.core.statuses.actions.gate import NeedsApproval
from mesange.core.statuses.actions.keys import claim_key, release_key
from mesange.core.statuses.actions.publish import (
    Prepared,
    pass_gate_with,
    prepared_thread,
    publishing,
    write_prepared,
)
from mesange.core.statuses.actions.submit import SentForReview, submit_posts
from mesange.core.statuses.actions.waiting import hold_parts_media, media_of, settled
from mesange.core.statuses.model import Draft, ScheduledStatus, checked_time, parts_in, stored_parts
from mesange.core.statuses.queries import count_scheduled, get_scheduled, list_due
from mesange.core.statuses.tables import scheduled_statuses
from mesange.events.statuses import PostNotPublished, PostScheduled, PostUnscheduled
from mesange.kit.clock import SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, MesangeError, NotFound, Unavailable
from mesange.kit.server import Server

AT_ONCE = 25
TOO_LONG_NOW = "The text is too long for this account. Shorten it and choose a new time."
ANSWERED_IS_GONE = "The post that this one answers is no longer there."
LOGIN_IS_CLOSED = "The login that planned it is closed."


async def schedule_posts(
    server: Server, viewer: Viewer, drafts: Sequence[Draft], scheduled_at: int, key: str = ""
) -> ScheduledStatus:
    """Plan a post, or a thread, which must be fit to be published now; once for the same `key` within an hour.

    Raises WrongPart, Invalid (also the past, and too many waiting), NotFound, and what the gate raises.
    """
    checked_time(scheduled_at, server.clock.now())
    return await _plan(server, viewer, drafts, scheduled_at, key, reviewed_for=scheduled_at)


async def hold_back_posts(
    server: Server, viewer: Viewer, drafts: Sequence[Draft], seconds: int, key: str = ""
) -> ScheduledStatus:
    """Publish in a few seconds, unless `unschedule_posts` comes before. Raises what `schedule_posts` raises."""
    return await _plan(server, viewer, drafts, server.clock.now() + seconds * SECOND, key, reviewed_for=None)


async def _plan(
    server: Server, viewer: Viewer, drafts: Sequence[Draft], scheduled_at: int, key: str, reviewed_for: int | None
) -> ScheduledStatus:
    """`reviewed_for`: the instant it is sent for review with, when somebody else must approve it."""
    ready = await prepared_thread(server, viewer, drafts)
    account_id = acting_account(viewer)
    planned = ScheduledStatus(
        id=server.ids.next(),
        account_id=account_id,
        user_id=viewer.user_id,
        scheduled_at=scheduled_at,
        parts=stored_parts(settled(drafts, [post.status for post in ready])),
        client_id=viewer.client_id or None,
    )
    async with server.db.transaction() as tx:
        if key and (earlier := await claim_key(server, tx, account_id, key, planned.id)):
            return await get_scheduled(tx, viewer, earlier)
        try:
            await pass_gate_with(server, tx, viewer, ready)
            await _keep_plan(server, tx, planned)
            return planned
        except NeedsApproval:
            await release_key(tx, account_id, key)
            sent = await submit_posts(server, tx, viewer, parts_in(planned.parts), key, reviewed_for)
    raise SentForReview(sent.id)


async def _keep_plan(server: Server, tx: Transaction, planned: ScheduledStatus) -> None:
    await _check_room(server, tx, planned.account_id)
    await tx.insert(scheduled_statuses, planned)
    await hold_parts_media(tx, planned.account_id, parts_in(planned.parts))
    scheduled = PostScheduled(scheduled_id=planned.id, account_id=planned.account_id, scheduled_at=planned.scheduled_at)
    tx.emit(scheduled)


async def _check_room(server: Server, tx: Transaction, account_id: int) -> None:
    await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
    if await count_scheduled(tx, account_id) >= server.settings.max_scheduled:
        raise Invalid("You have planned as many posts as one may. Delete one, or wait until one is out.")


async def reschedule_posts(
    server: Server, viewer: Viewer, scheduled_id: int, scheduled_at: int, drafts: Sequence[Draft] | None = None
) -> ScheduledStatus:
    """Another time, and other words when `drafts` are given; a failed one is tried again then.

    Raises NotFound (also when it is published by now), and what `schedule_posts` raises.
    """
    checked_time(scheduled_at, server.clock.now())
    seen = await get_scheduled(server.db, viewer, scheduled_id)
    drafts = list(drafts) if drafts is not None else parts_in(seen.parts)
    ready = await prepared_thread(server, viewer, drafts)
    async with server.db.transaction() as tx:
        await pass_gate_with(server, tx, viewer, ready)
        await _hold(tx, scheduled_id)
        before = await get_scheduled(tx, viewer, scheduled_id)
        planned = replace(
            before,
            user_id=viewer.user_id,
            scheduled_at=scheduled_at,
            parts=stored_parts(settled(drafts, [post.status for post in ready])),
            failed_at=None,
            reason="",
        )
        await tx.update(scheduled_statuses, planned)
        await let_go_media(server, tx, planned.account_id, media_of(parts_in(before.parts)))
        await hold_parts_media(tx, planned.account_id, drafts)
        tx.emit(PostScheduled(scheduled_id=scheduled_id, account_id=planned.account_id, scheduled_at=scheduled_at))
    return planned


async def unschedule_posts(server: Server, viewer: Viewer, scheduled_id: int) -> ScheduledStatus:
    """Delete what was planned; what it was. Raises NotFound."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        await _hold(tx, scheduled_id)
        planned = await get_scheduled(tx, viewer, scheduled_id)
        await tx.execute("DELETE FROM scheduled_statuses WHERE id = ?", scheduled_id)
        await let_go_media(server, tx, account_id, media_of(parts_in(planned.parts)))
        tx.emit(PostUnscheduled(scheduled_id=scheduled_id, account_id=account_id))
    return planned


async def _hold(tx: Transaction, scheduled_id: int) -> None:
    """Nobody publishes it before this transaction ends."""
    await tx.row("SELECT id FROM scheduled_statuses WHERE id = ? FOR UPDATE", scheduled_id)


async def publish_due_posts(server: Server) -> None:
    """Publish everything whose time has come, once, whichever server looks first."""
    while due := await list_due(server.db, server.clock.now(), AT_ONCE):
        await asyncio.gather(*(_publish_due(server, planned) for planned in due))


async def _publish_due(server: Server, planned: ScheduledStatus) -> None:
    viewer = Viewer(planned.account_id, planned.user_id, client_id=planned.client_id or 0)
    try:
        await _check_login(server, planned)
        ready = await prepared_thread(server, viewer, parts_in(planned.parts))
        async with publishing(server, ready) as tx:
            if await _claim(tx, planned, server.clock.now()):
                await _write_or_submit(server, tx, viewer, planned, ready)
    except Unavailable:
        raise  # Nothing was decided: the next round tries again.
    except MesangeError as error:
        await _note_failure(server, planned, error)


async def _write_or_submit(
    server: Server, tx: Transaction, viewer: Viewer, planned: ScheduledStatus, ready: Sequence[Prepared]
) -> None:
    try:
        await write_prepared(server, tx, viewer, ready)
    except NeedsApproval:  # A rule that came after the plan: the team decides.
        await submit_posts(server, tx, viewer, parts_in(planned.parts), "", planned.scheduled_at)


async def _check_login(server: Server, planned: ScheduledStatus) -> None:
    user = await find_user(server.db, planned.user_id)
    if user is None or user.disabled_at is not None:
        raise Forbidden(LOGIN_IS_CLOSED)


async def _claim(tx: Transaction, planned: ScheduledStatus, now: int) -> bool:
    """Take the plan away, as it was read, in the transaction that publishes it: so it is published once or waits."""
    is_ours = await tx.execute(
        "DELETE FROM scheduled_statuses WHERE id = ? AND failed_at IS NULL AND scheduled_at <= ? AND parts = ?",
        planned.id,
        now,
        planned.parts,
    )
    return is_ours > 0


async def _note_failure(server: Server, planned: ScheduledStatus, error: MesangeError) -> None:
    async with server.db.transaction() as tx:
        is_new = await tx.execute(
            "UPDATE scheduled_statuses SET failed_at = ?, reason = ? WHERE id = ? AND failed_at IS NULL AND parts = ?",
            server.clock.now(),
            _reason(error),
            planned.id,
            planned.parts,
        )
        if is_new:
            tx.emit(PostNotPublished(scheduled_id=planned.id, account_id=planned.account_id))


def _reason(error: MesangeError) -> str:
    """A sentence for the person who planned it."""
    if error.code == "ERR_TOO_LONG":
        return TOO_LONG_NOW
    return ANSWERED_IS_GONE if isinstance(error, NotFound) else error.public_text
