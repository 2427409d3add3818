"""Newcomers who wait: staff accepts or refuses them, one or several at once."""

from dataclasses import dataclass

from mesange.core.accounts.actions.users import hear_sign_ups
from mesange.core.accounts.model import Account, User
from mesange.core.accounts.queries import find_user, list_waiting, load_waiting
from mesange.core.moderation.actions.newcomers import accept_newcomers, refuse_newcomers
from mesange.core.moderation.model import MOST_REFUSAL
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.errors import refused
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

PATH = "/admin/sign-ups"
TOO_LATE = _("Somebody else has decided already about %(names)s.")


@dataclass(frozen=True, slots=True)
class NewcomerView:
    id: Ids
    handle: str
    email: str
    reason: str
    since: Milliseconds


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, error: Conflict | None = None) -> Response:
    window = window_of(visit, 40)
    login = await find_user(visit.server.db, visit.viewer.user_id)
    rows = await list_waiting(visit.server.db, window)
    return await admin_page(
        visit,
        "newcomers.html",
        status=error.http_status if error else 200,
        newcomers=[_view(user, account) for user, account in rows],
        hears=login.hears_sign_ups if login else False,
        page=page_of(window, [user.id for user, _ in rows], Feed(PATH)),
        notices=(Told(error.public_text, "problem"),) if error else (),
    )


def _view(user: User, account: Account) -> NewcomerView:
    return NewcomerView(str(user.id), f"@{account.username}", user.email, user.reason, user.awaits_since or 0)


async def decide(visit: Visit) -> Response:
    """`accept` one; `ask` about those chosen, or about one to refuse; then, being `sure`, do it."""
    if visit.text("hear"):
        await hear_sign_ups(visit.server, visit.viewer.user_id, wants=visit.text("hear") == "yes")
        return visit.back(PATH, told="saved")
    if visit.text("accept"):
        if await accept_newcomers(visit.server, visit.viewer, [visit.id("accept")]):
            raise NotFound("Nobody waits by this name: somebody else has decided already.")
        return visit.back(PATH, told="accepted")
    one = visit.id("refuse")
    chosen = [one] if one else visit.ids("chosen")
    verdict = "refuse" if one or visit.text("verdict") == "refuse" else "accept"
    if not chosen:
        return visit.back(PATH, told="none-chosen")
    return await (_carry_out if visit.text("sure") else _ask)(visit, verdict, chosen)


async def _ask(visit: Visit, verdict: str, chosen: list[int], error: Invalid | None = None) -> Response:
    rows = await load_waiting(visit.server.db, chosen)
    given = {"why": visit.text("why")}
    return await admin_page(
        visit,
        "newcomers_sure.html",
        status=error.http_status if error else 200,
        verdict=verdict,
        newcomers=[_view(user, account) for user, account in rows],
        most=MOST_REFUSAL,
        form=refused(visit, given, error) if error else Form.of(given),
    )


async def _carry_out(visit: Visit, verdict: str, chosen: list[int]) -> Response:
    server, viewer = visit.server, visit.viewer
    names = {user.id: f"@{account.username}" for user, account in await load_waiting(server.db, chosen)}
    try:
        if verdict == "accept":
            gone = await accept_newcomers(server, viewer, chosen)
        else:
            gone = await refuse_newcomers(server, viewer, chosen, visit.text("why"))
    except Invalid as error:
        return await _ask(visit, verdict, chosen, error)
    if gone:
        late = ", ".join(names.get(id) or visit.text(f"name-{id}")[:100] or "—" for id in gone)
        return await _page(visit, Conflict(visit.gettext(TOO_LATE, names=late)))
    return visit.back(PATH, told=f"{verdict}{'ed' if verdict == 'accept' else 'd'}")
