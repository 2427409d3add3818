"""Every link and every button of a page leads somewhere."""

from urllib.parse import urlsplit

import pytest

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.edges.pages.routes import routes
from mesange.kit.server import Server
from mesange.kit.web.router import Router
from tests.edges.reader import Reader, create

PAGES = (
    "/ /local /compose /notifications /bookmarks /favourites /menu /settings/profile /settings/accounts "
    "/settings/sessions /settings/hidden /decks /search /search?q=looks /search?q=alma&type=people "
    "/search?q=look&type=hashtags /trends /directory "
    "/follow_requests /@alma /@leo /@leo/about /@leo/with_replies /@leo/followers /tags/looks /sign-up /nothing"
).split()


@pytest.fixture
def router() -> Router:
    router = Router()
    for route in routes():
        router.add(route)
    return router


@pytest.mark.slow
async def test_nothing_on_a_page_leads_nowhere(server: Server, alma: Reader, reader: Reader, router: Router) -> None:
    _user, account, leo = await create(server, "leo")
    status = await publish_status(server, leo, Draft("Un mot #looks"))
    own = [f"/@leo/{status.id}", f"/accounts/{account.id}/block"]
    for somebody in (alma, reader):
        for path in (*PAGES, *own):
            await somebody.open(path)
            lost = [(method, to) for method, to in ways(somebody) if not isinstance(router.find(method, to), tuple)]
            assert not lost, path


def ways(reader: Reader) -> list[tuple[str, str]]:
    """(method, path) of everything that can be pressed on the page."""
    here = str(reader.page.url.path)
    found = [("GET", str(link["href"])) for link in reader.soup.select("a[href]")]
    found += [("POST", str(form.get("action", here))) for form in reader.soup.select("form[method=post]:not(#acts)")]
    found += [("POST", str(button["formaction"])) for button in reader.soup.select("[formaction]")]
    found += [("POST", str(button["hx-post"])) for button in reader.soup.select("[hx-post]")]
    found += [("GET", str(live["data-stream"])) for live in reader.soup.select("[data-stream]")]
    return [(method, urlsplit(to).path) for method, to in found if to.startswith("/")]
