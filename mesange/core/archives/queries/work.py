"""Archives and imports of a person, the newest first."""

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.tables import accounts
from mesange.core.archives.model import Archive, Import, Problem
from mesange.core.archives.tables import archives, imports
from mesange.core.teams.model import Role
from mesange.core.teams.queries import find_role
from mesange.kit.db import Reader

SHOWN = 10
MOST_PROBLEMS = 500


async def may_take_along(db: Reader, viewer: Viewer, account: Account) -> bool:
    """Whether everything of the account belongs to the viewer: theirs alone, or that of an organization they own."""
    if account.user_id == viewer.user_id:
        return True
    if account.organization_id is None:
        return False
    role = await find_role(db, viewer.user_id, account.organization_id, account.id, account.brand_id)
    return role is Role.OWNER


async def list_withdrawn(db: Reader, viewer: Viewer) -> list[tuple[Account, int | None]]:
    """Accounts of this login that are hidden by their owner, each with when it will be erased, if it will."""
    rows = await db.rows(
        f"SELECT {accounts.columns_of('a')}, d.due_at FROM accounts a LEFT JOIN departures d ON d.account_id = a.id "
        "WHERE a.user_id = ? AND a.withdrawn_at IS NOT NULL ORDER BY a.id",
        viewer.user_id,
    )
    return [(accounts.load(row[:-1]), row[-1]) for row in rows]


async def list_archives(db: Reader, viewer: Viewer) -> list[Archive]:
    rows = await db.rows(
        f"SELECT {archives.columns} FROM archives WHERE account_id = ? AND user_id = ? ORDER BY id DESC LIMIT ?",
        viewer.account_id,
        viewer.user_id,
        SHOWN,
    )
    return [archives.load(row) for row in rows]


async def find_archive(db: Reader, archive_id: int) -> Archive | None:
    row = await db.row(f"SELECT {archives.columns} FROM archives WHERE id = ?", archive_id)
    return archives.load(row) if row else None


async def list_imports(db: Reader, viewer: Viewer) -> list[Import]:
    rows = await db.rows(
        f"SELECT {imports.columns} FROM imports WHERE account_id = ? AND user_id = ? ORDER BY id DESC LIMIT ?",
        viewer.account_id,
        viewer.user_id,
        SHOWN,
    )
    return [imports.load(row) for row in rows]


async def find_import(db: Reader, viewer: Viewer, import_id: int) -> Import | None:
    """One's own; None for anyone else's."""
    row = await db.row(f"SELECT {imports.columns} FROM imports WHERE id = ? AND user_id = ?", import_id, viewer.user_id)
    return imports.load(row) if row else None


async def list_problems(db: Reader, import_id: int) -> list[Problem]:
    """The lines that were not taken, in the order of the file: at most the first five hundred."""
    rows = await db.rows(
        "SELECT line, text, reason FROM import_problems WHERE import_id = ? ORDER BY line LIMIT ?",
        import_id,
        MOST_PROBLEMS,
    )
    return [Problem(*row) for row in rows]
