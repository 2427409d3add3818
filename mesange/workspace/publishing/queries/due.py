"""What must leave now, and what stands for whoever wrote it. For the program itself: no viewer."""

from collections.abc import Sequence

from mesange.core.teams.model import Membership
from mesange.core.teams.tables import memberships
from mesange.kit.db import Reader
from mesange.workspace.publishing.model import Publication
from mesange.workspace.publishing.tables import publications


async def list_due(db: Reader, now: int, limit: int) -> list[Publication]:
    """Of all organizations, by their planned instants, then by id."""
    rows = await db.rows(
        f"SELECT {publications.columns} FROM publications WHERE state = 'scheduled' AND planned_at <= ? "
        "ORDER BY planned_at, id LIMIT ?",
        now,
        limit,
    )
    return [publications.load(row) for row in rows]


async def next_instant(db: Reader) -> int | None:
    """When the next publication must leave; None when none is scheduled."""
    return await db.value("SELECT min(planned_at) FROM publications WHERE state = 'scheduled'")


async def find_publication(db: Reader, publication_id: int) -> Publication | None:
    row = await db.row(f"SELECT {publications.columns} FROM publications WHERE id = ?", publication_id)
    return publications.load(row) if row else None


async def load_memberships(db: Reader, user_ids: Sequence[int]) -> list[Membership]:
    """Of those of these users whose login is open."""
    rows = await db.rows(
        f"SELECT {memberships.columns_of('m')} FROM memberships m JOIN users u ON u.id = m.user_id "
        "WHERE u.disabled_at IS NULL AND m.user_id = ANY(?)",
        sorted(set(user_ids)),
    )
    return [memberships.load(row) for row in rows]


async def load_brands(db: Reader, account_ids: Sequence[int]) -> dict[int, int | None]:
    """The brand of each account, or None."""
    rows = await db.rows("SELECT id, brand_id FROM accounts WHERE id = ANY(?)", sorted(set(account_ids)))
    return dict[int, int | None](rows)  # type: ignore[arg-type]  # rows are tuples of any length
