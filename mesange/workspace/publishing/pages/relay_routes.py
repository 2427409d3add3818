"""The screens of relays and links."""

from collections.abc import Mapping

from mesange.front import endpoints
from mesange.front.endpoints import Screen
from mesange.front.errors import error_page
from mesange.kit.web.router import Route
from mesange.workspace.publishing.pages import links, opml, relays

READS: Mapping[str, Screen] = {
    "/publishing/relays": relays.show_all,
    "/publishing/relays/feeds.opml": opml.download,
    "/publishing/relays/:id": relays.show,
    "/publishing/links": links.show_all,
    "/publishing/links/:id": links.show,
}
WRITES: Mapping[str, Screen] = {
    "/publishing/relays": relays.add,
    "/publishing/relays/opml": opml.bring,
    "/publishing/relays/:id": relays.change,
    "/publishing/links": links.make,
    "/publishing/links/tracking": links.track,
}


def routes() -> list[Route]:
    reads = [Route("GET", path, endpoints.signed_in(screen), error_page) for path, screen in READS.items()]
    writes = [
        Route("POST", path, endpoints.signed_in(screen, writes=True), error_page) for path, screen in WRITES.items()
    ]
    return reads + writes
