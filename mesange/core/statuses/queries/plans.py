"""Scheduled posts and drafts: of the viewer's account, and those that are due."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.statuses.model import ScheduledStatus, StoredDraft
from mesange.core.statuses.tables import drafts, scheduled_statuses
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page


async def get_scheduled(db: Reader, viewer: Viewer, scheduled_id: int) -> ScheduledStatus:
    """Raises NotFound for another account's, and for what is published by now."""
    row = await db.row(
        f"SELECT {scheduled_statuses.columns} FROM scheduled_statuses WHERE id = ? AND account_id = ?",
        scheduled_id,
        acting_account(viewer),
    )
    if row is None:
        raise NotFound()
    return scheduled_statuses.load(row)


async def list_scheduled(db: Reader, viewer: Viewer, page: Page) -> list[ScheduledStatus]:
    """The account's, the last one made first."""
    rows = await db.rows(
        f"SELECT {scheduled_statuses.columns} FROM scheduled_statuses WHERE account_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        acting_account(viewer),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([scheduled_statuses.load(row) for row in rows])


async def list_planned(db: Reader, viewer: Viewer, after: tuple[int, int], limit: int) -> list[ScheduledStatus]:
    """The account's in the order of their times, after a (time, id)."""
    rows = await db.rows(
        f"SELECT {scheduled_statuses.columns} FROM scheduled_statuses WHERE account_id = ? "
        "AND (scheduled_at, id) > (?, ?) ORDER BY scheduled_at, id LIMIT ?",
        acting_account(viewer),
        *after,
        limit,
    )
    return [scheduled_statuses.load(row) for row in rows]


async def list_due(db: Reader, now: int, limit: int) -> list[ScheduledStatus]:
    """Of all accounts, those whose time has come and that have not failed, the earliest first."""
    rows = await db.rows(
        f"SELECT {scheduled_statuses.columns} FROM scheduled_statuses WHERE failed_at IS NULL AND scheduled_at <= ? "
        "ORDER BY scheduled_at LIMIT ?",
        now,
        limit,
    )
    return [scheduled_statuses.load(row) for row in rows]


async def count_scheduled(db: Reader, account_id: int) -> int:
    return await db.value("SELECT count(*) FROM scheduled_statuses WHERE account_id = ?", account_id) or 0


async def get_draft(db: Reader, viewer: Viewer, draft_id: int) -> StoredDraft:
    """Raises NotFound for another account's."""
    row = await db.row(
        f"SELECT {drafts.columns} FROM drafts WHERE id = ? AND account_id = ?", draft_id, acting_account(viewer)
    )
    if row is None:
        raise NotFound()
    return drafts.load(row)


async def list_drafts(db: Reader, viewer: Viewer, page: Page) -> list[StoredDraft]:
    rows = await db.rows(
        f"SELECT {drafts.columns} FROM drafts WHERE account_id = ? AND id < ? AND id > ? "
        f"ORDER BY id {page.order} LIMIT ?",
        acting_account(viewer),
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([drafts.load(row) for row in rows])
