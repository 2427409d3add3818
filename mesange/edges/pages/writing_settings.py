"""How one writes: what a new post begins with, for this account, and the moment in which it can be taken back."""

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.actions.users import set_undo_seconds, use_keys
from mesange.core.accounts.model import UNDO_SECONDS
from mesange.core.accounts.queries import find_user, get_account
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

FIELDS = ("visibility", "language", "sensitive", "undo_seconds", "has_keys")
CAUSES = {"source[privacy]": "visibility", "source[language]": "language"}
"""What the core calls them, for clients."""


async def show(visit: Visit) -> Response:
    account = await get_account(visit.server, visit.viewer.account_id)
    user = await find_user(visit.server.db, visit.viewer.user_id)
    values = {
        "visibility": account.default_visibility,
        "language": account.default_language,
        "sensitive": "1" if account.default_sensitive else "",
        "undo_seconds": str(user.undo_seconds if user else 0),
        "has_keys": "1" if user and user.has_keys else "",
    }
    return await _page(visit, Form.of(values))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    seconds = [(str(each), visit.gettext(_("%(seconds)s seconds"), seconds=each)) for each in UNDO_SECONDS if each]
    return await visit.page(
        "settings_writing.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        moments=[("0", visit.gettext(_("At once"))), *seconds],
    )


async def save(visit: Visit) -> Response:
    typed = {name: visit.text(name) for name in FIELDS}
    seconds = typed["undo_seconds"]
    try:
        await use_keys(visit.server, visit.viewer, has_keys=bool(typed["has_keys"]))
        await set_undo_seconds(visit.server, visit.viewer.user_id, int(seconds) if seconds.isdecimal() else -1)
        change = ProfileChange(
            default_visibility=typed["visibility"],
            default_language=typed["language"].strip(),
            default_sensitive=bool(typed["sensitive"]),
        )
        await change_profile(visit.server, visit.viewer, change)
    except Invalid as error:
        error.field = CAUSES.get(error.field or "", error.field)
        return await _page(visit, refused(visit, typed, error), error)
    return visit.back("/settings/writing", told="saved")
