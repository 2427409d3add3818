"""Newcomers who wait: staff accepts or refuses them."""

from dataclasses import dataclass

from mesange.core.accounts.actions.sign_ups import accept_sign_up, refuse_sign_up
from mesange.core.accounts.actions.users import hear_sign_ups
from mesange.core.accounts.queries import find_user, list_waiting
from mesange.core.moderation.actions.log import note
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class NewcomerView:
    id: Ids
    handle: str
    email: str
    reason: str
    since: Milliseconds


async def show(visit: Visit) -> Response:
    window = window_of(visit)
    login = await find_user(visit.server.db, visit.viewer.user_id)
    rows = await list_waiting(visit.server.db, window)
    return await admin_page(
        visit,
        "newcomers.html",
        newcomers=[
            NewcomerView(str(user.id), f"@{account.username}", user.email, user.reason, user.awaits_since or 0)
            for user, account in rows
        ],
        hears=login.hears_sign_ups if login else False,
        page=page_of(window, [user.id for user, _ in rows], Feed("/admin/sign-ups")),
    )


async def decide(visit: Visit) -> Response:
    if visit.text("hear"):
        await hear_sign_ups(visit.server, visit.viewer.user_id, wants=visit.text("hear") == "yes")
        return visit.back("/admin/sign-ups", told="saved")
    if visit.text("accept"):
        await accept_sign_up(visit.server, visit.id("accept"))
        await note(visit.server, visit.viewer, "sign-up accepted", f"user:{visit.id('accept')}")
        return visit.back("/admin/sign-ups", told="accepted")
    await refuse_sign_up(visit.server, visit.id("refuse"))
    await note(visit.server, visit.viewer, "sign-up refused", f"user:{visit.id('refuse')}")
    return visit.back("/admin/sign-ups", told="refused")
