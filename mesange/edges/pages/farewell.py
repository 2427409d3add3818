"""Leaving: hide the account until one is back, or have it deleted; coming back."""

from mesange.core.archives.actions import come_back, leave
from mesange.front.errors import told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.response import Response


async def show(visit: Visit) -> Response:
    """What will be lost, before anything is done."""
    return await _page(visit)


async def _page(visit: Visit, error: MesangeError | None = None) -> Response:
    return await visit.page(
        "settings_leave.html",
        status=error.http_status if error else 200,
        place="gear",
        days=visit.server.settings.deletion_days,
        notices=told_of(visit, error) if error else (),
    )


async def send(visit: Visit) -> Response:
    """The person typed the account's name, so that no slip of the hand deletes it."""
    account = await visit.account()
    forever = visit.text("how") == "delete"
    try:
        if forever and (
            account is None or visit.text("name").strip().removeprefix("@").lower() != account.acct.lower()
        ):
            raise Invalid("This is not the name of the account. Nothing was done.")
        await leave(visit.server, visit.viewer, forever=forever)
    except (Invalid, Forbidden) as error:
        return await _page(visit, error)
    return visit.back("/", told="left" if forever else "hidden")


async def come(visit: Visit) -> Response:
    await come_back(visit.server, visit.viewer, visit.id("account"))
    return visit.back("/settings/data", told="back")
