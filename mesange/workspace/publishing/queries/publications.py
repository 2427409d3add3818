"""Publications, as far as the viewer's memberships reach."""

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader, Value
from mesange.kit.errors import NotFound
from mesange.kit.paging import Page
from mesange.workspace.publishing.model import (
    Publication,
    PublicationComment,
    PublicationFilter,
    PublicationRevision,
    PublicationState,
)
from mesange.workspace.publishing.queries.rights import list_roles, role_for
from mesange.workspace.publishing.tables import publication_comments, publication_revisions, publications

MOST_ON_A_CALENDAR = 10_000
SELECT = f"SELECT {publications.columns} FROM publications"


async def get_publication(db: Reader, viewer: Viewer, publication_id: int) -> Publication:
    """Raises NotFound, also for what is not theirs to see."""
    row = await db.row(f"{SELECT} WHERE id = ?", publication_id)
    if row is None:
        raise NotFound()
    publication = publications.load(row)
    await role_for(db, viewer, publication.account_id)
    return publication


async def held_publication(db: Reader, viewer: Viewer, publication_id: int) -> Publication:
    """The same, in a transaction that changes it: nobody else does before it ends."""
    await db.row("SELECT id FROM publications WHERE id = ? FOR UPDATE", publication_id)
    return await get_publication(db, viewer, publication_id)


async def list_publications(
    db: Reader, viewer: Viewer, organization_id: int, page: Page, only: PublicationFilter
) -> list[Publication]:
    """The last one made first. Raises NotFound for who is no member."""
    where, values = await conditions(db, viewer, organization_id, only)
    rows = await db.rows(
        f"{SELECT} WHERE {where} AND id < ? AND id > ? ORDER BY id {page.order} LIMIT ?",
        *values,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([publications.load(row) for row in rows])


async def list_calendar(
    db: Reader, viewer: Viewer, organization_id: int, only: PublicationFilter, limit: int = MOST_ON_A_CALENDAR
) -> list[Publication]:
    """What has an instant, in the order of these; `only.since` and `only.until` bound it. Raises NotFound."""
    where, values = await conditions(db, viewer, organization_id, only)
    rows = await db.rows(
        f"{SELECT} WHERE {where} AND planned_at IS NOT NULL ORDER BY planned_at, id LIMIT ?", *values, limit
    )
    return [publications.load(row) for row in rows]


async def count_by_state(db: Reader, viewer: Viewer, organization_id: int) -> dict[PublicationState, int]:
    """How many stand where. Raises NotFound."""
    where, values = await conditions(db, viewer, organization_id, PublicationFilter())
    rows = await db.rows(f"SELECT state, count(*) FROM publications WHERE {where} GROUP BY state", *values)
    return {PublicationState(state): number for state, number in rows}


async def conditions(
    db: Reader, viewer: Viewer, organization_id: int, only: PublicationFilter
) -> tuple[str, list[Value]]:
    reach = sorted(await list_roles(db, viewer, organization_id))
    where, values = ["organization_id = ?", "account_id = ANY(?)"], list[Value]([organization_id, reach])
    if only.states:
        where.append("state = ANY(?)")
        values.append([state.value for state in only.states])
    wanted = {name: getattr(only, name) for name in ("account_id", "theme_id", "author_id", "series_id", "variant_id")}
    for name, value in wanted.items():
        if value:
            where.append(f"{name} = ?")
            values.append(value)
    for bound, instant in ((">=", only.since), ("<", only.until)):
        if instant is not None:
            where.append(f"planned_at {bound} ?")
            values.append(instant)
    return " AND ".join(where), values


async def list_variants(db: Reader, viewer: Viewer, publication: Publication) -> list[Publication]:
    """The publications of the same message for other accounts, itself among them."""
    if publication.variant_id is None:
        return [publication]
    only = PublicationFilter(variant_id=publication.variant_id)
    return (await list_publications(db, viewer, publication.organization_id, Page(limit=100), only))[::-1]


async def list_revisions(db: Reader, viewer: Viewer, publication_id: int, page: Page) -> list[PublicationRevision]:
    """What was done to a publication, the last first. Raises NotFound."""
    await get_publication(db, viewer, publication_id)
    rows = await db.rows(
        f"SELECT {publication_revisions.columns} FROM publication_revisions WHERE publication_id = ? AND id < ? "
        f"AND id > ? ORDER BY id {page.order} LIMIT ?",
        publication_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([publication_revisions.load(row) for row in rows])


async def list_comments(db: Reader, viewer: Viewer, publication_id: int, page: Page) -> list[PublicationComment]:
    """What colleagues said, the last first. Raises NotFound."""
    await get_publication(db, viewer, publication_id)
    rows = await db.rows(
        f"SELECT {publication_comments.columns} FROM publication_comments WHERE publication_id = ? AND id < ? "
        f"AND id > ? ORDER BY id {page.order} LIMIT ?",
        publication_id,
        page.below,
        page.above,
        page.limit,
    )
    return page.newest_first([publication_comments.load(row) for row in rows])
