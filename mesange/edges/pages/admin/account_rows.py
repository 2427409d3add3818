"""Accounts as the staff sees them in a list: how each stands."""

from mesange.core.accounts.model import Account
from mesange.edges.pages.admin.views import AccountRow
from mesange.front.faces import account_view
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _

STATES = {
    "": _("All"),
    "local": _("Here"),
    "remote": _("Elsewhere"),
    "limited": _("Limited"),
    "frozen": _("Frozen"),
    "suspended": _("Suspended"),
    "waiting": _("Waiting"),
    "staff": _("Staff"),
}


def account_row(visit: Visit, account: Account, login: str = "", role: str = "", hindrance: str = "") -> AccountRow:
    """`hindrance`: why nothing could be decided about it."""
    laid = (("limited", account.limited_at), ("frozen", account.frozen_at), ("suspended", account.suspended_at))
    return AccountRow(
        account=account_view(visit.server, account),
        created_at=account.created_at,
        states=tuple(visit.gettext(STATES[name]) for name, at in laid if at),
        login=login,
        role=role,
        has_free_limits=account.limits_lifted_at is not None,
        hindrance=hindrance,
    )
