"""Reads of links. Anyone may follow one; its counts are for members whose role covers the account."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.workspace.publishing.model.links import CODE, DayOfClicks, LinkTracking, ShortLink
from mesange.workspace.publishing.queries.rights import list_roles, role_for
from mesange.workspace.publishing.tables import link_trackings, short_links


async def find_link(db: Reader, code: str) -> ShortLink | None:
    """Whoever follows it."""
    if not CODE.fullmatch(code):
        return None
    row = await db.row(f"SELECT {short_links.columns} FROM short_links WHERE code = ?", code)
    return short_links.load(row) if row else None


async def find_link_to(db: Reader, account_id: int, url: str) -> ShortLink | None:
    row = await db.row(
        f"SELECT {short_links.columns} FROM short_links WHERE account_id = ? AND url = ?", account_id, url
    )
    return short_links.load(row) if row else None


async def find_tracking(db: Reader, account_id: int) -> LinkTracking | None:
    row = await db.row(f"SELECT {link_trackings.columns} FROM link_trackings WHERE account_id = ?", account_id)
    return link_trackings.load(row) if row else None


async def get_link(db: Reader, viewer: Viewer, link_id: int) -> ShortLink:
    """Raises NotFound."""
    row = await db.row(f"SELECT {short_links.columns} FROM short_links WHERE id = ?", link_id)
    if row is None:
        raise NotFound()
    link = short_links.load(row)
    await role_for(db, viewer, link.account_id)
    return link


async def list_links(db: Reader, viewer: Viewer, organization_id: int, page: Page) -> list[ShortLink]:
    """Of the accounts that the viewer's role covers, newest first. Raises NotFound for who is no member."""
    accounts = list(await list_roles(db, viewer, organization_id))
    rows = await db.rows(
        f"SELECT {short_links.columns} FROM short_links WHERE organization_id = ? AND account_id = ANY(?) "
        f"AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        organization_id,
        accounts,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([short_links.load(row) for row in rows])


async def list_trackings(db: Reader, viewer: Viewer, organization_id: int) -> dict[int, LinkTracking]:
    """By account. Raises NotFound for who is no member."""
    accounts = list(await list_roles(db, viewer, organization_id))
    rows = await db.rows(
        f"SELECT {link_trackings.columns} FROM link_trackings WHERE organization_id = ? AND account_id = ANY(?)",
        organization_id,
        accounts,
    )
    return {each.account_id: each for each in map(link_trackings.load, rows)}


async def load_clicks(db: Reader, links: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By link: people and bots of all days."""
    rows = await db.rows(
        "SELECT link_id, sum(people), sum(bots) FROM link_counts WHERE link_id = ANY(?) GROUP BY link_id", list(links)
    )
    return {link_id: (int(people), int(bots)) for link_id, people, bots in rows}


async def list_days(db: Reader, viewer: Viewer, link_id: int, days: int = 90) -> list[DayOfClicks]:
    """Newest first. Raises NotFound."""
    await get_link(db, viewer, link_id)
    rows = await db.rows(
        "SELECT day, people, bots FROM link_counts WHERE link_id = ? ORDER BY day DESC LIMIT ?", link_id, days
    )
    return [DayOfClicks(*row) for row in rows]
