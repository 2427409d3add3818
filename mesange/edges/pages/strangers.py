"""People one does not know: what they may tell, and who waits to be heard."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict

from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.notifications.actions.strangers import accept_request, dismiss_request, set_policy
from mesange.core.notifications.model import NotificationPolicy, NotificationRequest, Treatment
from mesange.core.notifications.queries import get_policy, list_requests
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import only_visible
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.faces import account_view
from mesange.front.views import Act, PersonRow
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text import excerpt
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

PAGE = "/notifications/requests"
EXCERPT = 120
STRANGERS = {
    "for_not_following": _("People I do not follow"),
    "for_not_followers": _("People who do not follow me, or not for three days yet"),
    "for_new_accounts": _("Accounts younger than 30 days that I do not follow"),
    "for_private_mentions": _("Direct posts that I did not ask for"),
    "for_limited_accounts": _("Accounts that moderation limited"),
}
TREATMENTS = {
    Treatment.ACCEPT: _("Tell me"),
    Treatment.FILTER: _("Set it apart"),
    Treatment.DROP: _("Leave it out"),
}
ANSWERS: Mapping[str, Callable[[Server, Viewer, int], Awaitable[None]]] = {
    "accept": accept_request,
    "dismiss": dismiss_request,
}


async def policy_values(visit: Visit) -> dict[str, str]:
    """What the form shows."""
    policy = asdict(await get_policy(visit.server.db, visit.viewer.account_id))
    return {name: policy[name].value for name in STRANGERS}


async def save(visit: Visit) -> Response:
    chosen = {name: visit.text(name) for name in STRANGERS}
    if not set(chosen.values()) <= set(Treatment):
        raise Invalid("This is none of the choices.")
    treatments = {name: Treatment(value) for name, value in chosen.items()}
    await set_policy(visit.server, NotificationPolicy(visit.viewer.account_id, **treatments))
    return visit.back("/settings/notifications", told="saved")


async def show(visit: Visit) -> Response:
    """Who waits, with what they said last."""
    window = window_of(visit, 40)
    found = await list_requests(visit.server, visit.viewer, window)
    accounts = await load_accounts(visit.server, [each.from_account_id for each in found])
    said = await _said(visit, found)
    return await visit.page(
        "people.html",
        place="bell",
        title=visit.gettext(_("They wait to be heard")),
        back="/notifications",
        tabs="",
        rows=[
            _row(visit, each, accounts[each.from_account_id], said)
            for each in found
            if each.from_account_id in accounts
        ],
        nothing=visit.gettext(_("What people tell whom you do not know lands here when you set it apart.")),
        page=page_of(window, [each.newest_id for each in found], Feed(PAGE)),
    )


async def _said(visit: Visit, found: list[NotificationRequest]) -> dict[int, Status]:
    ids = [each.last_status_id for each in found if each.last_status_id]
    return {each.id: each for each in await only_visible(visit.server, visit.viewer, ids)}


def _row(visit: Visit, request: NotificationRequest, account: Account, said: Mapping[int, Status]) -> PersonRow:
    last = said.get(request.last_status_id or 0)
    return PersonRow(
        account_view(visit.server, account),
        (
            Act(f"{PAGE}/{account.id}/accept", visit.gettext(_("Let in")), is_main=True),
            Act(f"{PAGE}/{account.id}/dismiss", visit.gettext(_("Put away"))),
        ),
        words=excerpt(last.spoiler_text or last.text, EXCERPT) if last else "",
        state=visit.gettext(_("Waiting: %(count)s"), count=request.count),
    )


async def answer(visit: Visit) -> Response:
    act = ANSWERS.get(visit.request.segments["verb"])
    if act is None:
        raise NotFound()
    await act(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back(PAGE)
