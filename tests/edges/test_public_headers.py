"""What is open to everyone says how long it may be kept, by what it differs, and is not sent twice."""

import re

import pytest

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.edges.pages.routes import DOORS, FOR_ALL
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, Reader, create

PAGES = (
    "/ /about /design /share/buttons?of=@alma "
    "/rules /privacy /terms /contact /local /search /trends /directory /tags/vol /@alma /@alma/with_replies "
    "/@alma/media /@alma/about /@alma/followers /@alma/following /@alma/{id} /@alma/{id}/history "
    "/@alma/{id}/reblogs /@alma/{id}/favourites"
).split()
FEEDS = "/@alma.rss /@alma.atom /tags/vol.rss /tags/vol.atom".split()
DOCUMENTS = [
    "/.well-known/webfinger?resource=acct:alma@127.0.0.1:8140",
    *"/.well-known/host-meta /.well-known/host-meta.json /.well-known/nodeinfo /nodeinfo/2.1 /robots.txt".split(),
    *("/manifest.webmanifest", f"/api/oembed?url={ORIGIN}/@alma/{{id}}"),
]
BY_PERSON = {"cookie", "accept-language", "hx-request", "accept-encoding"}
KINDS = {
    **dict.fromkeys(PAGES, ("private, no-cache", BY_PERSON)),
    **{path: ("public, max-age=60", {"accept-encoding"}) for path in FEEDS},
    **{path: ("public, max-age=300", {"accept-encoding"}) for path in DOCUMENTS},
    "/.well-known/host-meta": ("public, max-age=300", {"accept-encoding", "accept"}),
    "/@alma/{id}/embed": ("public, no-cache", {"accept-encoding", "accept-language"}),
}


@pytest.fixture
async def post(server: Server) -> Status:
    _user, _account, alma = await create(server, "alma")
    return await publish_status(server, alma, Draft("Premier #vol"))


@pytest.mark.parametrize("path", KINDS)
async def test_what_everyone_may_read_is_kept_and_not_sent_twice(reader: Reader, post: Status, path: str) -> None:
    address, (kept, differs) = path.format(id=post.id), KINDS[path]
    first = await reader.open(address)
    told = first.headers
    assert (first.status_code, told["cache-control"]) == (200, kept)
    assert set(told["vary"].split(", ")) == differs
    again = await reader.open(address, **{"If-None-Match": told["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert all(again.headers[name] == told[name] for name in ("etag", "cache-control", "vary"))
    assert (await reader.open(address, **{"If-None-Match": '"other"'})).status_code == 200
    head = await reader.http.head(address)
    assert (head.status_code, head.content, head.headers) == (200, b"", told)
    assert "set-cookie" not in told


@pytest.mark.parametrize("path", PAGES)
async def test_f6_the_page_of_somebody_signed_in_is_kept_nowhere(server: Server, leo: Reader, path: str) -> None:
    _user, _account, alma = await create(server, "alma")
    post = await publish_status(server, alma, Draft("Premier #vol"))
    page = await leo.open(path.format(id=post.id))
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in page.headers


def test_every_page_for_anyone_is_looked_at() -> None:
    tried = {path.partition("?")[0].format(id=1) for path in PAGES}
    unseen = [path for path in FOR_ALL if not any(re.fullmatch(re.sub(r":\w+", "[^/]+", path), one) for one in tried)]
    assert unseen == ["/@:handle/lists/:id", "/statuses/:id"]


@pytest.mark.parametrize("path", DOORS)
async def test_f6_a_form_that_is_bound_to_a_browser_is_kept_nowhere(reader: Reader, path: str) -> None:
    page = await reader.open(path.replace(":code", "none").replace(":token", "none"))
    assert page.headers["cache-control"] == "no-store" or page.status_code in (404, 410)
    assert "etag" not in page.headers


async def test_each_language_has_its_own_tag(server: Server, reader: Reader, post: Status) -> None:
    for path in ("/@alma", f"/@alma/{post.id}", f"/@alma/{post.id}/embed"):
        english, french = [await each.open(path) for each in (reader, Reader(server, "fr"))]
        assert english.headers["etag"] != french.headers["etag"], path


async def test_what_is_missing_or_gone_is_asked_for_again(server: Server, reader: Reader, post: Status) -> None:
    for path in ("/nothing", "/@nobody", "/@alma/1", "/@nobody.rss", "/@alma/1/embed"):
        page = await reader.open(path)
        assert page.status_code == 404 and "etag" not in page.headers, path
        assert "public" not in page.headers.get("cache-control", ""), path


async def test_styles_and_scripts_are_kept_for_ever_and_never_sent_twice(reader: Reader) -> None:
    await reader.open("/about")
    sheet = str(reader.soup.select("link[rel=stylesheet]")[0]["href"])
    whole = await reader.open(sheet, **{"Accept-Encoding": "identity"})
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "content-encoding" not in whole.headers
    zipped = await reader.open(sheet, **{"Accept-Encoding": "gzip"})
    assert (zipped.headers["content-encoding"], zipped.text) == ("gzip", whole.text)
    assert int(zipped.headers["content-length"]) * 4 < int(whole.headers["content-length"])
    again = await reader.open(sheet, **{"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", zipped.headers["etag"])


async def test_the_page_for_times_without_a_network_is_nobodys(leo: Reader) -> None:
    leo.http.cookies.set("told", "saved")
    page = await leo.open("/offline")
    assert page.status_code == 200 and "Réessayer" in leo.text
    assert not any(word in page.text for word in ("leo", "csrf", "Enregistré"))
    assert "set-cookie" not in page.headers, "what is to be told stays for the page that is read"
    worker = await leo.open("/worker.js?version=1&language=fr")
    assert worker.headers["cache-control"] == "no-cache"
    assert "unsafe" not in worker.headers["content-security-policy"]
