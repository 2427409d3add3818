"""What is open to everyone says how long it may be kept, by what it differs, and is not sent twice."""

import pytest

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, Reader, create

PAGES = (
    "/ /about /rules /privacy /terms /contact /local /search /trends /directory /tags/vol /@alma /@alma/with_replies "
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


async def test_each_language_has_its_own_tag(server: Server, reader: Reader, post: Status) -> None:
    for path in ("/@alma", f"/@alma/{post.id}", f"/@alma/{post.id}/embed"):
        english, french = [await each.open(path) for each in (reader, Reader(server, "fr"))]
        assert english.headers["etag"] != french.headers["etag"], path


async def test_what_is_missing_or_gone_is_asked_for_again(server: Server, reader: Reader, post: Status) -> None:
    for path in ("/nothing", "/@nobody", "/@alma/1", "/@nobody.rss", "/@alma/1/embed"):
        page = await reader.open(path)
        assert page.status_code == 404 and "etag" not in page.headers, path
        assert "public" not in page.headers.get("cache-control", ""), path
