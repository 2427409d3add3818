"""Publishing: a draft becomes a status, through the gate, in one transaction; a thread all or nothing."""

from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from mesange.core.accounts.model import Account, Viewer, acting_account
from mesange.core.accounts.queries import find_ids_by_name, get_account
from mesange.core.emojis.model import emojis_in
from mesange.core.emojis.queries import known_emojis
from mesange.core.media.actions.attach import attach_media
from mesange.core.media.model import check_number
from mesange.core.statuses.actions.gate import NeedsApproval, Reviewed, pass_gate
from mesange.core.statuses.actions.keys import claim_key, release_key
from mesange.core.statuses.actions.noting import Passage, note_on_status
from mesange.core.statuses.actions.polls import write_poll
from mesange.core.statuses.actions.submit import SentForReview, submit_posts
from mesange.core.statuses.actions.waiting import settled
from mesange.core.statuses.memory import StatusMemory
from mesange.core.statuses.model import (
    Composition,
    Draft,
    Holds,
    PollState,
    Status,
    check_media_or_poll,
    checked_parts,
    checked_poll,
    checked_visibility,
    composed,
    poll_of,
)
from mesange.core.statuses.queries import hold_status, visible_status
from mesange.core.statuses.tables import statuses
from mesange.core.teams.model import Act
from mesange.events.statuses import StatusPublished
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server


class WrongPart(Invalid):
    """A part of a thread is refused; `part` counts from 0."""

    def __init__(self, part: int, reason: Invalid) -> None:
        super().__init__(reason.public_text, field=reason.field, code=reason.code)
        self.part = part


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft made ready: everything that its publishing transaction writes."""

    status: Status
    signs: int
    hashtags: list[str]
    mentioned_ids: list[int]
    has_link: bool = False
    poll: PollState | None = None
    media_ids: tuple[int, ...] = ()


async def publish_status(server: Server, viewer: Viewer, draft: Draft, key: str = "") -> Status:
    """Publish, once: the same `key` (Idempotency-Key) within an hour gives the same status, also in a race.

    Raises Invalid, NotFound (what it answers), Forbidden, Frozen, Unavailable, and SentForReview when somebody else
    must approve it first.
    """
    return await _publish(server, viewer, [draft], [await prepared(server, viewer, draft)], key)


async def publish_thread(server: Server, viewer: Viewer, drafts: Sequence[Draft], key: str = "") -> Status:
    """Publish several posts, each answering the one before, all or nothing; the first of them.

    Raises WrongPart, and what `publish_status` raises.
    """
    return await _publish(server, viewer, drafts, await prepared_thread(server, viewer, drafts), key)


async def _publish(
    server: Server, viewer: Viewer, drafts: Sequence[Draft], ready: Sequence[Prepared], key: str
) -> Status:
    first = ready[0].status
    async with publishing(server, ready) as tx:
        if key and (earlier := await claim_key(server, tx, first.account_id, key, first.id)):
            return await _published_before(tx, earlier)
        try:
            await write_prepared(server, tx, viewer, ready)
            return first
        except NeedsApproval:  # All parts pass the gate before the first is written: nothing of it stands.
            await release_key(tx, first.account_id, key)
            sent = await submit_posts(server, tx, viewer, settled(drafts, [post.status for post in ready]), key)
    raise SentForReview(sent.id)


@asynccontextmanager
async def publishing(server: Server, ready: Sequence[Prepared]) -> AsyncGenerator[Transaction]:
    """The transaction of a post: when it fails, nothing of it stays in memory either."""
    try:
        async with server.db.transaction() as tx:
            yield tx
    except BaseException:
        for post in ready:
            server.of(StatusMemory).forget_new(post.status.id)
        raise


async def write_prepared(
    server: Server, tx: Transaction, viewer: Viewer, ready: Sequence[Prepared], reviewed: Reviewed | None = None
) -> None:
    """Every part passes the gate, then each is written, told and noted. Raises WrongPart when there are several."""
    passages = await pass_gate_with(server, tx, viewer, ready, reviewed)
    for number, post in enumerate(ready):
        with _naming_part(number, len(ready)):
            await _write(server, tx, post)
            tx.emit(_published(post))
            # Before anyone hears of it: what they do then is not overwritten.
            server.of(StatusMemory).keep_new(post.status)
    for post, passage in zip(ready, passages, strict=True):
        author = replace(viewer, account_id=post.status.account_id)
        await note_on_status(server, tx, author, passage, Act.PUBLISHED, post.status.id)


async def pass_gate_with(
    server: Server, tx: Transaction, viewer: Viewer, ready: Sequence[Prepared], reviewed: Reviewed | None = None
) -> list[Passage]:
    """Whether all of this might be published now. Raises what the gate raises, WrongPart."""
    reviewed = reviewed or Reviewed(is_answer=ready[0].status.in_reply_to_id is not None)
    passages: list[Passage] = []
    for number, post in enumerate(ready):
        with _naming_part(number, len(ready)):
            passages.append(await pass_gate(server, tx, viewer, post.status.account_id, post.signs, reviewed))
    return passages


@contextmanager
def _naming_part(number: int, parts: int) -> Generator[None]:
    try:
        yield
    except Invalid as error:
        if parts == 1:
            raise
        raise WrongPart(number, error) from error


def _published(post: Prepared) -> StatusPublished:
    status = post.status
    return StatusPublished(
        status_id=status.id,
        account_id=status.account_id,
        visibility=status.visibility.value,
        in_reply_to_id=status.in_reply_to_id,
        in_reply_to_account_id=status.in_reply_to_account_id,
        mentioned_ids=tuple(post.mentioned_ids),
        has_link=post.has_link,
        hashtags=tuple(post.hashtags) if status.visibility == "public" else (),
    )


async def prepared_thread(server: Server, viewer: Viewer, drafts: Sequence[Draft]) -> list[Prepared]:
    """Publications in their order, each answering the one before. Raises WrongPart, NotFound."""
    made: list[Prepared] = []
    for number, draft in enumerate(checked_parts(list(drafts))):
        with _naming_part(number, len(drafts)):
            made.append(await prepared(server, viewer, draft, made[-1].status if made else None))
    return made


async def prepared(server: Server, viewer: Viewer, draft: Draft, before: Status | None = None) -> Prepared:
    """Everything that can be found out before the transaction; `before` is the part that this one follows."""
    account = await get_account(server, acting_account(viewer))
    check_number(draft.media_ids)
    composition = composed(draft.text, draft.spoiler_text, draft.holds)
    status = _status(server, viewer, account, draft, composition)
    if await names_emoji(server, composition):
        status = replace(status, holds=status.holds | Holds.EMOJI)
    answered = before or await _answered(server, viewer, draft)
    if answered:
        status = replace(
            status,
            in_reply_to_id=answered.id,
            in_reply_to_account_id=answered.account_id,
            thread_id=answered.root_id,
        )
    mentioned = await find_mentioned(server, composition.mentions)
    return Prepared(
        status=status,
        signs=composition.signs,
        hashtags=composition.hashtags,
        mentioned_ids=list(dict.fromkeys(mentioned.values())),
        has_link=bool(composition.found.links),
        poll=_poll(draft, status),
        media_ids=draft.media_ids,
    )


async def names_emoji(server: Server, composition: Composition) -> bool:
    """Whether the text names a picture of this server; a text without a colon asks nothing."""
    texts = (composition.text, composition.spoiler_text)
    return any(":" in text for text in texts) and bool(emojis_in(await known_emojis(server), *texts))


def _poll(draft: Draft, status: Status) -> PollState | None:
    if draft.poll is None:
        return None
    check_media_or_poll(has_media=bool(draft.media_ids), has_poll=True)
    return poll_of(checked_poll(draft.poll), status.id, status.account_id, status.created_at)


def _status(server: Server, viewer: Viewer, account: Account, draft: Draft, composition: Composition) -> Status:
    return Status(
        id=server.ids.next(),
        account_id=account.id,
        text=composition.text,
        spoiler_text=composition.spoiler_text,
        is_sensitive=_sensitive(account, draft),
        language=(draft.language or account.default_language)[:10],
        visibility=checked_visibility(draft.visibility, account.default_visibility),
        client_id=viewer.client_id or None,
        holds=draft.holds,
    )


async def _answered(server: Server, viewer: Viewer, draft: Draft) -> Status | None:
    """What the draft answers; of a boost, what it boosts. Raises NotFound."""
    if draft.in_reply_to_id is None:
        return None
    answered = await visible_status(server, viewer, draft.in_reply_to_id)
    return await visible_status(server, viewer, answered.reblog_of_id) if answered.reblog_of_id else answered


def _sensitive(account: Account, draft: Draft) -> bool:
    if draft.is_sensitive is None:
        return account.default_sensitive or bool(draft.spoiler_text)
    return draft.is_sensitive or bool(draft.spoiler_text)


async def find_mentioned(server: Server, mentions: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Account ids of those who exist, by the pairs of `mentions`; `@name@here` is `@name`."""
    if not mentions:
        return {}
    ours = server.settings.domain.lower()
    local = {(name, domain): (name, "" if domain == ours else domain) for name, domain in mentions}
    found = await find_ids_by_name(server.db, list(dict.fromkeys(local.values())))
    return {pair: found[local[pair]] for pair in mentions if local[pair] in found}


async def _published_before(tx: Transaction, status_id: int) -> Status:
    row = await tx.row(f"SELECT {statuses.columns} FROM statuses WHERE id = ?", status_id)
    if row is None:
        raise NotFound("The post that this key made was deleted.")
    return statuses.load(row)


async def _write(server: Server, tx: Transaction, post: Prepared) -> None:
    status = post.status
    if status.in_reply_to_id:
        await hold_status(tx, status.in_reply_to_id)
        await count(tx, status.in_reply_to_id, "replies", 1)
    await tx.insert(statuses, status)
    if post.media_ids:
        await attach_media(tx, status.account_id, status.id, post.media_ids)
    for account_id in post.mentioned_ids:
        await tx.execute("INSERT INTO mentions (status_id, account_id) VALUES (?, ?)", status.id, account_id)
    if status.visibility == "public":
        await write_hashtags(server, tx, status.id, post.hashtags)
    if post.poll:
        await write_poll(tx, post.poll)
    await tx.execute(
        "INSERT INTO account_stats (account_id, statuses, last_status_at) VALUES (?, 1, ?) ON CONFLICT (account_id) "
        "DO UPDATE SET statuses = account_stats.statuses + 1, last_status_at = excluded.last_status_at",
        status.account_id,
        status.created_at,
    )


async def write_hashtags(server: Server, tx: Transaction, status_id: int, names: list[str]) -> None:
    """Only public statuses stand in hashtag timelines, so only they are written here."""
    for name in sorted(names):  # In one order, so that two writers of new hashtags never wait for each other.
        hashtag_id = await tx.value("SELECT id FROM hashtags WHERE name = ?", name)
        if hashtag_id is None:
            hashtag_id = await tx.value(
                "INSERT INTO hashtags (id, name) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
                server.ids.next(),
                name,
            )
        await tx.execute(
            "INSERT INTO status_hashtags (hashtag_id, status_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            hashtag_id,
            status_id,
        )


async def count(tx: Transaction, status_id: int, column: str, change: int) -> None:
    """Move a counter of a status: replies, reblogs or favourites. Nothing counts down what is gone."""
    if change < 0:
        await tx.execute(f"UPDATE status_stats SET {column} = {column} + ? WHERE status_id = ?", change, status_id)
        return
    await tx.execute(
        f"INSERT INTO status_stats (status_id, {column}) VALUES (?, ?) ON CONFLICT (status_id) "
        f"DO UPDATE SET {column} = status_stats.{column} + excluded.{column}",
        status_id,
        change,
    )
