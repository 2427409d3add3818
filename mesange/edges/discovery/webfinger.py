"""WebFinger (RFC 7033) and host-meta (RFC 6415): from a handle to the account's addresses."""

from typing import Any
from urllib.parse import urlsplit

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_account_by_acct
from mesange.edges.discovery.documents import JSON, document, json_document
from mesange.kit.errors import BadRequest, NotFound
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.xml import DECLARATION, element

JRD = b"application/jrd+json; charset=utf-8"
XRD = b"application/xrd+xml; charset=utf-8"
BY_TYPE = (b"vary", b"accept")
MOST_RESOURCE = 500


async def webfinger(server: Server, request: Request) -> Response:
    """An account of ours that may be shown; the same 404 for every other resource."""
    resource = request.query.get("resource")
    if not isinstance(resource, str) or not resource:
        raise BadRequest("Say which resource you look for: ?resource=acct:name@host.")
    name = name_in(server.settings, resource)
    account = await find_account_by_acct(server, name) if name else None
    if account is None or account.is_hidden:
        raise NotFound()
    return json_document(request, _described(server.settings, account, _wanted(request)), JRD)


def name_in(settings: Settings, resource: str) -> str:
    """Name of one of our accounts, from `acct:name@host`, `name@host` or an address of its page; "" for others."""
    if len(resource) > MOST_RESOURCE or "[" in resource:
        return ""
    if resource.startswith(("https://", "http://")):
        parts = urlsplit(resource)
        is_profile = parts.path.startswith(("/@", "/users/"))
        name, host = parts.path.strip("/").removeprefix("users/").removeprefix("@"), parts.netloc
        return name if is_profile and host.lower() == settings.domain.lower() and "/" not in name else ""
    name, _, host = resource.removeprefix("acct:").removeprefix("@").rpartition("@")
    return name if host.lower() == settings.domain.lower() and "@" not in name else ""


def _wanted(request: Request) -> list[str]:
    rel = request.query.get("rel", [])
    return [rel] if isinstance(rel, str) else [each for each in rel if isinstance(each, str)]


def _described(settings: Settings, account: Account, rels: list[str]) -> dict[str, Any]:
    page = f"{settings.public_origin}/@{account.username}"
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
        {
            "rel": "http://schemas.google.com/g/2010#updates-from",
            "type": "application/atom+xml",
            "href": f"{page}.atom",
        },
    ]
    if account.avatar:
        avatar = f"{settings.public_origin}/media/{account.avatar}"
        links.append({"rel": "http://webfinger.net/rel/avatar", "href": avatar})
    subscribe = f"{settings.public_origin}/authorize_interaction?uri={{uri}}"
    links.append({"rel": "http://ostatus.org/schema/1.0/subscribe", "template": subscribe})
    return {
        "subject": f"acct:{account.username}@{settings.domain}",
        "aliases": [page, f"{settings.public_origin}/users/{account.username}"],
        "links": [link for link in links if not rels or link["rel"] in rels],
    }


async def host_meta(server: Server, request: Request) -> Response:
    """Where handles are looked up, as XML; as JSON for who asks for it. Two clients ask it at sign-in."""
    if "json" in request.header(b"accept"):
        return (await host_meta_json(server, request)).with_header(*BY_TYPE)
    link = element("Link", rel="lrdd", type="application/jrd+json", template=_template(server.settings))
    made = DECLARATION + element("XRD", link, xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0")
    return document(request, made.encode(), XRD).with_header(*BY_TYPE)


async def host_meta_json(server: Server, request: Request) -> Response:
    link = {"rel": "lrdd", "type": "application/jrd+json", "template": _template(server.settings)}
    return json_document(request, {"links": [link]}, JSON)


def _template(settings: Settings) -> str:
    return f"{settings.public_origin}/.well-known/webfinger?resource={{uri}}"
