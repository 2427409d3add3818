"""Themes, queue slots and series of an organization."""

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.workspace.publishing.model import QueueSlot, Series, Theme
from mesange.workspace.publishing.queries.rights import list_roles, role_for
from mesange.workspace.publishing.tables import publication_series, queue_slots, themes


async def list_themes(db: Reader, viewer: Viewer, organization_id: int) -> list[Theme]:
    """By name. Raises NotFound for who is no member."""
    await list_roles(db, viewer, organization_id)
    rows = await db.rows(
        f"SELECT {themes.columns} FROM themes WHERE organization_id = ? ORDER BY name, id", organization_id
    )
    return [themes.load(row) for row in rows]


async def get_theme(db: Reader, viewer: Viewer, theme_id: int) -> Theme:
    """Raises NotFound."""
    row = await db.row(f"SELECT {themes.columns} FROM themes WHERE id = ?", theme_id)
    if row is None:
        raise NotFound()
    theme = themes.load(row)
    await list_roles(db, viewer, theme.organization_id)
    return theme


async def list_slots(db: Reader, viewer: Viewer, account_id: int) -> list[QueueSlot]:
    """Of one account, in the order of the week. Raises NotFound."""
    await role_for(db, viewer, account_id)
    rows = await db.rows(
        f"SELECT {queue_slots.columns} FROM queue_slots WHERE account_id = ? ORDER BY weekday, minute, id", account_id
    )
    return [queue_slots.load(row) for row in rows]


async def list_series(db: Reader, viewer: Viewer, organization_id: int, page: Page) -> list[Series]:
    """The last one made first. Raises NotFound."""
    reach = sorted(await list_roles(db, viewer, organization_id))
    rows = await db.rows(
        f"SELECT {publication_series.columns} FROM publication_series WHERE organization_id = ? "
        f"AND account_id = ANY(?) AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        organization_id,
        reach,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([publication_series.load(row) for row in rows])


async def get_series(db: Reader, viewer: Viewer, series_id: int) -> Series:
    """Raises NotFound."""
    row = await db.row(f"SELECT {publication_series.columns} FROM publication_series WHERE id = ?", series_id)
    if row is None:
        raise NotFound()
    series = publication_series.load(row)
    await role_for(db, viewer, series.account_id)
    return series
