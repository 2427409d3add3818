"""Reviewing: staff decide what may be shown as a trend."""

from dataclasses import replace

from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.discovery.model import Review, Trend
from mesange.core.discovery.tables import trends
from mesange.core.moderation.actions.log import note_act
from mesange.events.discovery import TrendReviewed
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.server import Server


def require_staff(viewer: Viewer) -> None:
    """Raises Forbidden to who keeps nothing here: asked before anything is looked up."""
    if viewer.role.rank < UserRole.MODERATOR.rank:
        raise Forbidden()


async def review_trend(server: Server, viewer: Viewer, trend_id: int, review: Review) -> Trend:
    """Let it be shown, or never. Raises Forbidden, NotFound."""
    require_staff(viewer)
    async with server.db.transaction() as tx:
        row = await tx.row(f"SELECT {trends.columns} FROM trends WHERE id = ? FOR UPDATE", trend_id)
        if row is None:
            raise NotFound()
        reviewed = replace(
            trends.load(row), review=review, reviewed_at=server.clock.now(), reviewer_id=viewer.user_id or None
        )
        await tx.update(trends, reviewed)
        await note_act(server, tx, viewer, f"trend {review.value}", f"trend:{trend_id}", key=reviewed.key)
        tx.emit(TrendReviewed(trend_id=trend_id, kind=reviewed.kind.value, review=review.value, user_id=viewer.user_id))
    return reviewed
