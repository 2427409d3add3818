"""Where one is signed in, which applications act for one, and ending either."""

import re
from dataclasses import dataclass

from mesange.core.accounts.actions.clients import Registration, create_token, register_client, revoke_own_token
from mesange.core.accounts.actions.sessions import end_session
from mesange.core.accounts.model import Session
from mesange.core.accounts.queries import find_user, list_granted_clients, list_sessions, load_accounts
from mesange.edges.pages.permissions import WHOLE, sentences
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.errors import NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response

OFFERED = ("read", "write", "follow", "push")
NOWHERE = "urn:ietf:wg:oauth:2.0:oob"
"""A client that no page is sent back to."""
BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")
SHOWN = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "Mac"}


@dataclass(frozen=True, slots=True)
class SessionView:
    id: Ids
    browser: str
    address: str
    created_at: Milliseconds
    seen_at: Milliseconds
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ClientView:
    """An application that acts for one of the person's accounts, and what it may do, in sentences."""

    id: Ids
    name: str
    website: str
    account: str
    permissions: tuple[str, ...]
    created_at: Milliseconds
    used_at: Milliseconds | None = None


async def show(visit: Visit) -> Response:
    return await _page(visit)


async def _page(visit: Visit, form: Form | None = None, token: str = "") -> Response:
    """`token` is a new one, which is shown this once."""
    sessions = await list_sessions(visit.server.db, visit.viewer.user_id)
    views = [_view(visit, session) for session in sessions]
    return await visit.page(
        "settings_sessions.html",
        place="gear",
        sessions=views,
        clients=await _clients(visit),
        rights=[(scope, visit.gettext(WHOLE[scope])) for scope in OFFERED],
        form=form or Form.of({"read": "1"}),
        token=token,
        status=422 if form else 200,
    )


async def _clients(visit: Visit) -> list[ClientView]:
    granted = await list_granted_clients(visit.server.db, visit.viewer.user_id)
    accounts = await load_accounts(visit.server, [token.account_id or 0 for token, _client in granted])
    return [
        ClientView(
            id=str(token.id),
            name=client.name,
            website=client.website,
            account=accounts[token.account_id or 0].acct,
            permissions=tuple(sentences(visit, token.scopes)),
            created_at=token.created_at,
            used_at=token.used_at,
        )
        for token, client in granted
        if token.account_id in accounts
    ]


def _view(visit: Visit, session: Session) -> SessionView:
    return SessionView(
        id=str(session.id),
        browser=browser_in(session.browser),
        address=session.address,
        created_at=session.created_at,
        seen_at=session.seen_at,
        is_current=session.id == visit.viewer.session_id,
    )


async def make_token(visit: Visit) -> Response:
    """A key for a script of one's own, with the rights that were ticked."""
    name, scopes = visit.text("name").strip()[:60], [scope for scope in OFFERED if visit.text(scope)]
    typed = {"name": name, **dict.fromkeys(scopes, "1")}
    if not name or not scopes:
        problem = visit.gettext(_("Give it a name.") if not name else _("Tick at least one right."))
        return await _page(visit, Form.of(typed, **{"rights" if name else "name": problem}))
    user, account = await find_user(visit.server.db, visit.viewer.user_id), await visit.account()
    if user is None or account is None:
        raise NotFound()
    client, _secret = await register_client(visit.server, Registration(name, [NOWHERE], " ".join(scopes)))
    return await _page(visit, token=await create_token(visit.server, client, user, account, " ".join(scopes)))


def browser_in(agent: str) -> str:
    """`Firefox, Linux` out of a User-Agent header; its beginning when it says neither."""
    found = [next((name for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS)]
    words = [SHOWN.get(name, name) for name in found if name]
    return ", ".join(words) or re.sub(r"\s+", " ", agent)[:60] or "?"


async def end(visit: Visit) -> Response:
    if visit.text("revoke"):
        await revoke_own_token(visit.server, visit.viewer, visit.id("revoke"))
    else:
        await end_session(visit.server, visit.viewer, visit.id("end"))
    return visit.back("/settings/sessions", told="ended")
