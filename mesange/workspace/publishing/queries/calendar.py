"""What a calendar is made of: first every instant in sight, which is little, then the few publications it shows."""

from collections.abc import Sequence
from typing import NamedTuple

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState
from mesange.workspace.publishing.queries.publications import conditions
from mesange.workspace.publishing.queries.rights import list_roles
from mesange.workspace.publishing.tables import publications

MOST_INSTANTS = 20_000


class Planned(NamedTuple):
    """A publication that has an instant; its state as the word that is stored."""

    id: int
    planned_at: int
    state: str
    account_id: int


async def list_planned(db: Reader, viewer: Viewer, organization_id: int, only: PublicationFilter) -> list[Planned]:
    """Between `only.since` and `only.until`, in the order of their instants. Raises NotFound for who is no member."""
    where, values = await conditions(db, viewer, organization_id, only)
    rows = await db.rows(
        f"SELECT id, planned_at, state, account_id FROM publications WHERE {where} AND planned_at IS NOT NULL "
        "ORDER BY planned_at, id LIMIT ?",
        *values,
        MOST_INSTANTS,
    )
    return [Planned(*row) for row in rows]


async def load_publications(
    db: Reader, viewer: Viewer, organization_id: int, ids: Sequence[int]
) -> dict[int, Publication]:
    """Those of these that the viewer may see, in one query after their roles. Raises NotFound for who is no member."""
    reach = sorted(await list_roles(db, viewer, organization_id))
    rows = await db.rows(
        f"SELECT {publications.columns} FROM publications WHERE id = ANY(?) AND organization_id = ? "
        "AND account_id = ANY(?)",
        list(ids),
        organization_id,
        reach,
    )
    return {publication.id: publication for publication in map(publications.load, rows)}


async def list_near(
    db: Reader, viewer: Viewer, organization_id: int, account_ids: Sequence[int], around: tuple[int, int], but: int = 0
) -> list[Publication]:
    """What these accounts publish between two instants anyway, itself (`but`) and what was cancelled left out."""
    reach = await list_roles(db, viewer, organization_id)
    rows = await db.rows(
        f"SELECT {publications.columns} FROM publications WHERE organization_id = ? AND account_id = ANY(?) "
        "AND planned_at >= ? AND planned_at < ? AND id <> ? AND state <> ? ORDER BY planned_at, id LIMIT 20",
        organization_id,
        sorted(set(account_ids) & reach.keys()),
        *around,
        but,
        PublicationState.CANCELLED.value,
    )
    return [publications.load(row) for row in rows]
