"""What browsers, password keepers and crawlers look for at the root of a site."""

from urllib.parse import urlencode

from mesange.core.upkeep.queries import logo_of
from mesange.edges.discovery.documents import document, json_document
from mesange.kit.media import type_of
from mesange.kit.server import Server
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response, redirect

CLOSED = (
    "/api/ /oauth/ /live/ /compose /share /search /settings/ /notifications /bookmarks /favourites /menu /sign-in "
    "/sign-up /reset /confirm/ /owner/ /accounts/ /statuses/ /follow_requests /continue /authorize_interaction"
).split()
"""Nothing for a crawler: forms, answers to programs, what belongs to one person."""

MOST_ADDRESS = 4_000
"""Longer ones are not come back to after signing in."""


async def robots(server: Server, request: Request) -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {server.settings.public_origin}/sitemap.xml", ""]
    return document(request, "\n".join(lines).encode(), b"text/plain; charset=utf-8")


async def manifest(server: Server, request: Request) -> Response:
    """What a device needs to keep this site among its applications, and to share texts with it."""
    settings = server.settings
    logo = await logo_of(server)
    icons = [
        {"src": "/static/images/bird.svg", "type": "image/svg+xml", "sizes": "any"},
        {"src": logo, "type": type_of(logo.rpartition("/")[2]), "sizes": "400x400"},
    ]
    body = {
        "name": settings.title,
        "short_name": settings.title[:12],
        "description": settings.description,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": icons,
        "share_target": {
            "action": "/share",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return json_document(request, body, b"application/manifest+json")


async def change_password(server: Server, request: Request) -> Response:
    """A well-known address (W3C, change-password-url): a password keeper sends people here."""
    return redirect("/reset", 302)


async def share(server: Server, request: Request) -> Response:
    """From another page's share button to the composer, signing in on the way; the shared address stays whole."""
    title, text, url = (_given(request, name) for name in ("title", "text", "url"))
    words = " ".join(dict.fromkeys(each for each in (title, text) if each not in ("", url)))
    while len(address := f"/compose?{urlencode({'text': f'{words} {url}'.strip()})}") > MOST_ADDRESS:
        words, url = words[: len(words) * 3 // 4], url if words else ""
    return redirect(address)


def _given(request: Request, name: str) -> str:
    given = request.query.get(name)
    return given.strip() if isinstance(given, str) else ""
