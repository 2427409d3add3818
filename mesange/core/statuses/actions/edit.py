"""Editing: a new version in the open, the earlier ones kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.media.actions.attach import rearrange_media
from mesange.core.media.model import MediaAttachment, MediaWords
from mesange.core.media.queries import load_media
from mesange.core.statuses.actions.gate import Reviewed, pass_gate
from mesange.core.statuses.actions.noting import note_on_status
from mesange.core.statuses.actions.polls import change_poll
from mesange.core.statuses.actions.publish import find_mentioned, names_emoji, write_hashtags
from mesange.core.statuses.model import (
    Composition,
    Holds,
    PollDraft,
    PollState,
    Status,
    check_media_or_poll,
    checked_poll,
    composed,
    poll_again,
    poll_of,
    stored_titles,
)
from mesange.core.statuses.queries import find_held_poll, hashtags_of, hold_status, visible_status
from mesange.core.statuses.tables import statuses
from mesange.core.teams.model import Act
from mesange.events.statuses import StatusEdited
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class Correction:
    """None keeps what stands."""

    text: str | None = None
    spoiler_text: str | None = None
    is_sensitive: bool | None = None
    language: str | None = None
    media_ids: tuple[int, ...] | None = None
    media_words: Mapping[int, MediaWords] = field(default_factory=dict[int, MediaWords])
    poll: PollDraft | None = None
    removes_poll: bool = False

    def holds_media(self, status: Status) -> bool:
        return bool(status.holds & Holds.MEDIA if self.media_ids is None else self.media_ids)


async def edit_status(server: Server, viewer: Viewer, status_id: int, correction: Correction) -> Status:
    """Raises NotFound, Forbidden (someone else's), Invalid, and what the gate raises."""
    account_id = acting_account(viewer)
    seen = await visible_status(server, viewer, status_id)
    if seen.account_id != account_id or seen.reblog_of_id:
        raise Forbidden()
    composition = composed(
        seen.text if correction.text is None else correction.text,
        seen.spoiler_text if correction.spoiler_text is None else correction.spoiler_text,
        Holds.MEDIA if correction.holds_media(seen) else Holds.NOTHING,
    )
    named = await find_mentioned(server, composition.mentions)
    has_emoji = await names_emoji(server, composition)
    async with server.db.transaction() as tx:
        is_answer = seen.in_reply_to_id is not None
        passage = await pass_gate(server, tx, viewer, account_id, composition.signs, Reviewed(is_answer=is_answer))
        status = await hold_status(tx, status_id)
        before = await find_held_poll(tx, status)
        after = _poll_after(server, status, before, correction)
        if correction.media_ids or correction.poll:
            check_media_or_poll(has_media=correction.holds_media(status), has_poll=after is not None)
        shown = await _shown(tx, status)
        edited = _edited(server, status, composition, correction, after)
        edited = replace(edited, holds=edited.holds | Holds.EMOJI if has_emoji else edited.holds & ~Holds.EMOJI)
        is_other = before != after or edited != replace(status, revision=edited.revision, edited_at=edited.edited_at)
        if not await _correct_media(tx, status, shown, correction) and not is_other:
            return status
        await _keep_version(tx, status, before, shown)
        await change_poll(tx, before, after)
        await tx.update(statuses, edited)
        await _write_hashtags_again(server, tx, status, edited, composition)
        new = await _write_mentions_again(tx, status_id, set(named.values()))
        tx.emit(
            StatusEdited(
                status_id=status_id,
                account_id=account_id,
                newly_mentioned_ids=tuple(sorted(new)),
                changed_hashtags=tuple(sorted({*hashtags_of(status)} ^ {*composition.hashtags})),
                is_in_another_language=edited.language != status.language,
            )
        )
        await note_on_status(server, tx, viewer, passage, Act.EDITED, status_id)
    return edited


def _poll_after(server: Server, status: Status, before: PollState | None, correction: Correction) -> PollState | None:
    if correction.poll is None:
        return None if correction.removes_poll else before
    asked = poll_of(checked_poll(correction.poll), status.id, status.account_id, server.clock.now())
    return poll_again(before, asked)


def _edited(
    server: Server, status: Status, composition: Composition, correction: Correction, poll: PollState | None
) -> Status:
    sensitive = status.is_sensitive if correction.is_sensitive is None else correction.is_sensitive
    return replace(
        status,
        text=composition.text,
        spoiler_text=composition.spoiler_text,
        is_sensitive=sensitive or bool(composition.spoiler_text),
        language=(correction.language or status.language)[:10],
        edited_at=server.clock.now(),
        revision=status.revision + 1,
        holds=_holds(status, correction, poll),
    )


def _holds(status: Status, correction: Correction, poll: PollState | None) -> int:
    """What it carries now; files shown once stay with its history."""
    holds = status.holds | Holds.POLL if poll else status.holds & ~Holds.POLL
    return holds | Holds.MEDIA if correction.holds_media(status) else holds & ~Holds.MEDIA


async def _shown(tx: Transaction, status: Status) -> list[MediaAttachment]:
    return (await load_media(tx, [status.id])).get(status.id, []) if status.holds & Holds.MEDIA else []


async def _correct_media(tx: Transaction, status: Status, shown: list[MediaAttachment], correction: Correction) -> bool:
    """Whether the files or their words are others now."""
    if correction.media_ids is None and not correction.media_words:
        return False
    ids = tuple(each.id for each in shown) if correction.media_ids is None else correction.media_ids
    return await rearrange_media(tx, status.account_id, status.id, ids, correction.media_words)


async def _keep_version(tx: Transaction, status: Status, poll: PollState | None, shown: list[MediaAttachment]) -> None:
    await tx.execute(
        "INSERT INTO status_edits (status_id, revision, text, spoiler_text, is_sensitive, created_at, poll_options, "
        "media) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        status.id,
        status.revision,
        status.text,
        status.spoiler_text,
        int(status.is_sensitive),
        status.edited_at or status.created_at,
        stored_titles(poll),
        json.dumps([(each.id, each.description) for each in shown], ensure_ascii=False),
    )


async def _write_hashtags_again(
    server: Server, tx: Transaction, before: Status, after: Status, composition: Composition
) -> None:
    await delete_hashtags(tx, before.id, hashtags_of(before))
    if after.visibility == "public":
        await write_hashtags(server, tx, after.id, composition.hashtags)


async def delete_hashtags(tx: Transaction, status_id: int, names: list[str]) -> None:
    if names:
        await tx.execute(
            "DELETE FROM status_hashtags WHERE status_id = ? AND hashtag_id IN "
            "(SELECT id FROM hashtags WHERE name = ANY(?))",
            status_id,
            names,
        )


async def _write_mentions_again(tx: Transaction, status_id: int, mentioned: set[int]) -> set[int]:
    """Those who were not mentioned before. Who was keeps the right to read what was addressed to them."""
    rows = await tx.rows("SELECT account_id FROM mentions WHERE status_id = ?", status_id)
    new = mentioned - {account_id for (account_id,) in rows}
    for account_id in sorted(new):
        await tx.execute("INSERT INTO mentions (status_id, account_id) VALUES (?, ?)", status_id, account_id)
    return new
