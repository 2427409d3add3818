"""Drafts on the server: work in progress of an account, a post or a whole thread, however unfinished."""

from collections.abc import Sequence
from dataclasses import replace

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.media.actions.attach import let_go_media
from mesange.core.statuses.actions.waiting import hold_parts_media, media_of
from mesange.core.statuses.model import MOST_DRAFT_BYTES, MOST_DRAFTS, Draft, StoredDraft, checked_parts, parts_in
from mesange.core.statuses.model import stored_parts as stored
from mesange.core.statuses.queries import get_draft
from mesange.core.statuses.tables import drafts
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.server import Server


async def save_draft(server: Server, viewer: Viewer, parts: Sequence[Draft], draft_id: int = 0) -> StoredDraft:
    """Keep these words, in place of an earlier draft's when `draft_id` names one.

    Raises Invalid: nothing to keep, far too much, too many drafts; NotFound for another account's draft.
    """
    account_id = acting_account(viewer)
    text = _checked(parts)
    async with server.db.transaction() as tx:
        await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
        if not draft_id:
            await _check_room(tx, account_id)
            kept = StoredDraft(server.ids.next(), account_id, text, server.clock.now())
            await tx.insert(drafts, kept)
        else:
            before = await get_draft(tx, viewer, draft_id)
            kept = replace(before, parts=text, updated_at=server.clock.now())
            await tx.update(drafts, kept)
            await let_go_media(server, tx, account_id, media_of(parts_in(before.parts)))
        await hold_parts_media(tx, account_id, parts)
    return kept


def _checked(parts: Sequence[Draft]) -> str:
    if not any(part.text.strip() or part.spoiler_text.strip() or part.media_ids or part.poll for part in parts):
        raise Invalid("Validation failed: Text can't be blank", field="status", code="ERR_BLANK")
    text = stored(checked_parts(list(parts)))
    if len(text.encode()) > MOST_DRAFT_BYTES:
        raise Invalid("This draft is far too long to be kept. Divide it.", field="status", code="ERR_TOO_LARGE")
    return text


async def _check_room(tx: Transaction, account_id: int) -> None:
    if await tx.value("SELECT count(*) FROM drafts WHERE account_id = ?", account_id) >= MOST_DRAFTS:
        raise Invalid(f"You have {MOST_DRAFTS} drafts, as many as one may keep. Delete one first.")


async def delete_draft(server: Server, viewer: Viewer, draft_id: int, kept_media: Sequence[int] = ()) -> StoredDraft:
    """Delete a draft; `kept_media` are files that something else needs by now. What it was. Raises NotFound."""
    account_id = acting_account(viewer)
    async with server.db.transaction() as tx:
        draft = await get_draft(tx, viewer, draft_id)
        await tx.execute("DELETE FROM drafts WHERE id = ?", draft_id)
        loose = [id for id in media_of(parts_in(draft.parts)) if id not in kept_media]
        await let_go_media(server, tx, account_id, loose)
    return draft
