"""Where one is signed in, and ending it."""

import re

from mesange.core.accounts.actions.sessions import end_session
from mesange.core.accounts.model import Session
from mesange.core.accounts.queries import list_sessions
from mesange.edges.pages.views import SessionView
from mesange.edges.pages.visit import Visit
from mesange.kit.web.response import Response

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")
SHOWN = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "Mac"}


async def show(visit: Visit) -> Response:
    sessions = await list_sessions(visit.server.db, visit.viewer.user_id)
    views = [_view(visit, session) for session in sessions]
    return await visit.page("settings_sessions.html", place="gear", sessions=views)


def _view(visit: Visit, session: Session) -> SessionView:
    return SessionView(
        id=str(session.id),
        browser=browser_in(session.browser),
        address=session.address,
        created_at=session.created_at,
        seen_at=session.seen_at,
        is_current=session.id == visit.viewer.session_id,
    )


def browser_in(agent: str) -> str:
    """`Firefox, Linux` out of a User-Agent header; its beginning when it says neither."""
    found = [next((name for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS)]
    words = [SHOWN.get(name, name) for name in found if name]
    return ", ".join(words) or re.sub(r"\s+", " ", agent)[:60] or "?"


async def end(visit: Visit) -> Response:
    await end_session(visit.server, visit.viewer, visit.id("end"))
    return visit.back("/settings/sessions", told="ended")
