"""Reads of announcements."""

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.announcements.memory import AnnouncementMemory
from mesange.core.announcements.model import MOST_SHOWN, Announcement, Reaction
from mesange.core.announcements.tables import announcements
from mesange.kit.db import Reader
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def list_announcements(server: Server) -> list[Announcement]:
    """Those that are shown now, newest first."""
    kept = server.of(AnnouncementMemory).all
    found = kept.get(0)
    if found is None:
        since = kept.forgotten
        found = await list_all_announcements(server.db)
        kept.keep(0, found, since)
    now = server.clock.now()
    return [each for each in found if each.is_shown(now)][:MOST_SHOWN]


async def list_all_announcements(db: Reader) -> list[Announcement]:
    """For the staff: those that wait and those that are over as well, newest first."""
    rows = await db.rows(
        f"SELECT {announcements.columns} FROM announcements ORDER BY published_at DESC, id DESC LIMIT ?", 5 * MOST_SHOWN
    )
    return [announcements.load(row) for row in rows]


async def get_any_announcement(db: Reader, announcement_id: int) -> Announcement:
    """For the staff, shown or not. Raises NotFound."""
    row = await db.row(f"SELECT {announcements.columns} FROM announcements WHERE id = ?", announcement_id)
    if row is None:
        raise NotFound()
    return announcements.load(row)


async def get_announcement(server: Server, announcement_id: int) -> Announcement:
    """Raises NotFound for one that is not shown now."""
    found = next((each for each in await list_announcements(server) if each.id == announcement_id), None)
    if found is None:
        raise NotFound()
    return found


async def dismissed_by(server: Server, viewer: Viewer) -> frozenset[int]:
    """Ids of those that the viewer has put away."""
    kept = server.of(AnnouncementMemory).dismissed
    found = kept.get(viewer.account_id)
    if found is None:
        since = kept.forgotten
        rows = await server.db.rows(
            "SELECT announcement_id FROM announcement_dismissals WHERE account_id = ?", acting_account(viewer)
        )
        found = frozenset(id for (id,) in rows)
        kept.keep(viewer.account_id, found, since)
    return found


async def list_unread_announcements(server: Server, viewer: Viewer) -> list[Announcement]:
    shown = await list_announcements(server)
    dismissed = await dismissed_by(server, viewer) if shown else frozenset[int]()
    return [each for each in shown if each.id not in dismissed]


async def load_reactions(db: Reader, account_id: int, ids: list[int]) -> dict[int, list[Reaction]]:
    """By announcement, the most given first."""
    found: dict[int, list[Reaction]] = {}
    if ids:
        rows = await db.rows(
            "SELECT announcement_id, name, count(*), max(CASE WHEN account_id = ? THEN 1 ELSE 0 END) "
            "FROM announcement_reactions WHERE announcement_id = ANY(?) GROUP BY announcement_id, name "
            "ORDER BY count(*) DESC, name",
            account_id,
            ids,
        )
        for id, name, count, is_mine in rows:
            found.setdefault(id, []).append(Reaction(name, count, bool(is_mine)))
    return found
