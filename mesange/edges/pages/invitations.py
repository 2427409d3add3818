"""Invitations of one's own: making one, sending its link, ending it."""

from dataclasses import dataclass

from mesange.core.accounts.actions.invitations import end_invitation, invite, may_invite
from mesange.core.accounts.queries import list_invitations
from mesange.front.errors import refused, told_of
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import Forbidden, Invalid, MesangeError
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class InvitationView:
    id: Ids
    url: str
    uses: int
    most_uses: int
    expires_at: Milliseconds


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"uses": "1", "days": "7"}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    server = visit.server
    held = await list_invitations(server.db, visit.viewer.user_id, server.clock.now())
    return await visit.page(
        "settings_invitations.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        may_invite=may_invite(server, visit.viewer),
        invitations=[
            InvitationView(
                id=str(each.id),
                url=f"{server.settings.public_origin}/invite/{each.code}",
                uses=each.uses,
                most_uses=each.most_uses or 0,
                expires_at=each.expires_at or 0,
            )
            for each in held
        ],
        notices=told_of(visit, error) if error else (),
    )


async def change(visit: Visit) -> Response:
    if visit.text("end"):
        await end_invitation(visit.server, visit.viewer, visit.id("end"))
        return visit.back("/settings/invitations", told="invitation-ended")
    typed = {name: visit.text(name) for name in ("uses", "days")}
    try:
        await invite(visit.server, visit.viewer, visit.id("uses"), visit.id("days"))
    except (Invalid, Forbidden) as error:
        return await _page(visit, refused(visit, typed, error), error)
    return visit.back("/settings/invitations", told="invited")
