"""The button beside an account that follows it, or ends that."""

from mesange.core.follows.model import Relationship
from mesange.front.views import AccountView, Act
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _


def follow_acts(visit: Visit, account: AccountView, with_them: Relationship | None) -> tuple[Act, ...]:
    """None for visitors, for oneself (no relationship), and where a block stands between."""
    if with_them is None or with_them.blocking or with_them.blocked_by:
        return ()
    if with_them.following:
        return (Act(f"/accounts/{account.id}/unfollow", visit.gettext(_("Following"))),)
    if with_them.requested:
        return (Act(f"/accounts/{account.id}/unfollow", visit.gettext(_("Request sent"))),)
    return (Act(f"/accounts/{account.id}/follow", visit.gettext(_("Follow")), is_main=True),)
