"""Relays as a list of feeds that other readers understand (OPML 2.0), both ways."""

from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.paging import Page
from mesange.kit.previews.head import page_tags
from mesange.kit.web.response import Response
from mesange.kit.web.xml import DECLARATION, element
from mesange.workspace.publishing.actions.relays import bring_relays
from mesange.workspace.publishing.model.relay_texts import DEFAULT_TEMPLATE
from mesange.workspace.publishing.pages.offices import office_of
from mesange.workspace.publishing.pages.relays import show_form
from mesange.workspace.publishing.queries.relays import list_relays

MOST_TEXT = 1_000_000


async def download(visit: Visit) -> Response:
    office = await office_of(visit)
    relays = await list_relays(visit.server.db, visit.viewer, office.id, Page(200))
    outlines = (
        element("outline", type="rss", text=relay.title or relay.url, title=relay.title, xmlUrl=relay.url)
        for relay in relays
    )
    head, body = element("head", element("title", office.organization.name)), element("body", *outlines)
    document = DECLARATION + element("opml", head, body, version="2.0")
    headers = [(b"content-disposition", b'attachment; filename="feeds.opml"'), (b"cache-control", b"no-store")]
    return Response(document.encode(), 200, b"text/x-opml; charset=utf-8", headers)


def feeds_in(text: str) -> list[str]:
    """Addresses in an OPML document, each once; read tag by tag, so that nothing in it is expanded."""
    tags = page_tags(text[:MOST_TEXT])
    found = (tag.get("xmlurl").strip() for tag in tags if tag.name == "outline")
    return list(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))


async def bring(visit: Visit) -> Response:
    """Every feed of the list becomes a relay of one account; what is there already stays as it is."""
    office = await office_of(visit)
    typed = {"opml": visit.text("opml"), "template": DEFAULT_TEMPLATE}
    try:
        await bring_relays(visit.server, visit.viewer, visit.id("account"), feeds_in(typed["opml"]))
    except Invalid as error:
        return await show_form(visit, office, refused(visit, typed, error), status=error.http_status)
    return visit.back(f"/publishing/relays?of={office.id}", told="saved")
