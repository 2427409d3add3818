"""What the staff tells: at once or at its hour, with other words, no longer."""

from dataclasses import replace

from mesange.core.announcements.model import Announcement, Plan, checked_text
from mesange.core.announcements.queries import get_any_announcement
from mesange.core.announcements.tables import announcements
from mesange.events.announcements import AnnouncementPlanned, AnnouncementPublished, AnnouncementRemoved
from mesange.kit.db import Transaction
from mesange.kit.errors import NotFound
from mesange.kit.server import Server

AT_ONCE = Plan()


async def announce(server: Server, text: str, plan: Plan = AT_ONCE) -> Announcement:
    """Tell everyone on this server, now or when the plan says. Raises Invalid."""
    now = server.clock.now()
    new = _written(Announcement(server.ids.next(), "", None, None, False, now, now), text, plan, now)
    async with server.db.transaction() as tx:
        await tx.insert(announcements, new)
        _tell_all(tx, new)
    return new


async def change_announcement(server: Server, announcement_id: int, text: str, plan: Plan) -> Announcement:
    """Other words or another time; what is out stays out. Raises NotFound, Invalid."""
    async with server.db.transaction() as tx:
        before = await get_any_announcement(tx, announcement_id)
        if before.is_out:
            plan = replace(plan, published_at=None)
        now = server.clock.now()
        changed = _written(before, text, plan, now)
        if before.is_out:
            changed = replace(changed, published_at=before.published_at)
        await tx.update(announcements, changed)
        _tell_all(tx, changed)
    return changed


def _written(before: Announcement, text: str, plan: Plan, now: int) -> Announcement:
    plan = plan.checked(now)
    published_at = plan.published_at or now
    return replace(
        before,
        text=checked_text(text),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        all_day=plan.all_day,
        published_at=published_at,
        updated_at=now,
        is_out=published_at <= now,
    )


def _tell_all(tx: Transaction, announcement: Announcement) -> None:
    if announcement.is_out:
        tx.emit(AnnouncementPublished(announcement_id=announcement.id))
    else:
        tx.emit(AnnouncementPlanned(announcement_id=announcement.id))


async def publish_announcement(server: Server, announcement_id: int) -> None:
    """Tell one at once that waits. Raises NotFound, also for one that is out."""
    if not await _publish(server, "id = ?", announcement_id):
        raise NotFound()


async def publish_due_announcements(server: Server) -> None:
    """Tell those whose hour has come."""
    now = server.clock.now()
    if await server.db.value("SELECT 1 FROM announcements WHERE is_out = 0 AND published_at <= ?", now):
        await _publish(server, "published_at <= ?", now)


async def _publish(server: Server, which: str, value: int) -> bool:
    async with server.db.transaction() as tx:
        now = server.clock.now()
        sql = f"UPDATE announcements SET is_out = 1, published_at = ? WHERE is_out = 0 AND {which} RETURNING id"
        told = await tx.rows(sql, now, value)
        for (id,) in told:
            tx.emit(AnnouncementPublished(announcement_id=id))
    return bool(told)


async def withdraw_announcement(server: Server, announcement_id: int) -> None:
    """Raises NotFound."""
    async with server.db.transaction() as tx:
        if not await tx.execute("DELETE FROM announcements WHERE id = ?", announcement_id):
            raise NotFound()
        for table in ("announcement_dismissals", "announcement_reactions"):
            await tx.execute(f"DELETE FROM {table} WHERE announcement_id = ?", announcement_id)
        tx.emit(AnnouncementRemoved(announcement_id=announcement_id))
