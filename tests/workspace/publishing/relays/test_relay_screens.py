"""Relays and links as people and clients meet them: pages without scripts, JSON, and what strangers ask."""

import hmac
from hashlib import sha256

import httpx
import pytest
from msgspec.structs import replace

from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import find_user, get_account
from mesange.core.teams.actions import add_member
from mesange.core.teams.model import Organization, Role
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import build_app
from mesange.workspace.publishing.actions.hubs import renew_leases
from mesange.workspace.publishing.actions.links import shorten_link
from mesange.workspace.publishing.actions.relay_publishing import relay_items
from mesange.workspace.publishing.actions.relay_reading import read_due_relays
from mesange.workspace.publishing.actions.relays import add_relay
from mesange.workspace.publishing.pages.opml import feeds_in
from tests.edges.reader import ORIGIN, Reader, create
from tests.workspace.publishing.relays.blogs import Blog, member, told

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, origin=ORIGIN, sign_up_effort=0, sign_up_seconds=0)


@pytest.fixture
async def reader(server: Server, organization: Organization) -> Reader:
    """An editor of the organization, signed in."""
    user, _, _ = await create(server, "ines")
    await add_member(server, organization.id, user.id, Role.EDITOR)
    reader = Reader(server)
    await reader.sign_in("ines")
    return reader


@pytest.fixture
def outside(server: Server) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(build_app(server)), base_url=ORIGIN)


async def client_of(server: Server, viewer: Viewer, scopes: str = "read write") -> httpx.AsyncClient:
    client, _ = await register_client(server, Registration("a client", ["urn:ietf:wg:oauth:2.0:oob"], scopes))
    user = await find_user(server.db, viewer.user_id)
    assert user
    token = await create_token(server, client, user, await get_account(server, viewer.account_id), scopes)
    transport = httpx.ASGITransport(build_app(server))
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)


async def test_a_person_looks_first_then_relays_then_pauses(
    server: Server, blog: Blog, reader: Reader, kindy: Account
) -> None:
    await reader.open("/publishing/relays")
    assert "No feed is relayed yet" in reader.text
    await reader.send("/publishing/relays", account=str(kindy.id), url=blog.url(), do="preview")
    assert f"An older item 1 {blog.url('/old-1')}" in reader.text
    await reader.send("/publishing/relays", first="1", do="add")
    assert "Le blog" in reader.text
    await relay_items(server)
    await reader.open(str(reader.page.url))
    assert "An older item 1 Relayed" in reader.text
    path = reader.page.url.path
    await reader.send(path, do="pause")
    assert "Paused" in reader.text
    await reader.send(path, do="resume")
    await reader.open("/publishing/relays")
    assert "Active" in reader.text


async def test_a_page_instead_of_a_feed_says_where_the_feed_is(blog: Blog, reader: Reader, kindy: Account) -> None:
    page = b'<!doctype html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>'
    blog.answers["/"] = told("200 OK", "content-type: text/html", body=page)
    await reader.open("/publishing/relays")
    await reader.send("/publishing/relays", account=str(kindy.id), url=blog.url("/"), do="preview")
    assert reader.page.status_code == 422
    assert "This is a page, not a feed." in reader.text
    assert blog.url("/feed") in reader.text


async def test_a_list_of_feeds_is_taken_along_and_given_back(
    server: Server, blog: Blog, reader: Reader, kindy: Account
) -> None:
    first, second = f'<outline text="A &amp; B" xmlUrl="{blog.url("/a")}"/>', f'<outline xmlUrl="{blog.url("/b")}"/>'
    opml = f"<opml><body>{first}{second}</body></opml>"
    await reader.open("/publishing/relays")
    await reader.send("/publishing/relays/opml", account=str(kindy.id), opml=opml)
    await read_due_relays(server)
    document = await reader.open("/publishing/relays/feeds.opml")
    assert feeds_in(document.text) == [blog.url("/b"), blog.url("/a")]
    await relay_items(server)
    assert await server.db.value("SELECT count(*) FROM statuses WHERE account_id = ?", kindy.id) == 0


async def test_a_link_leads_on_and_counts_without_a_cookie(
    server: Server, reader: Reader, kindy: Account, outside: httpx.AsyncClient
) -> None:
    await reader.open("/publishing/links")
    await reader.send("/publishing/links", account=str(kindy.id), url="https://kindy.example/été")
    code = await server.db.value("SELECT code FROM short_links")
    for agent in (FIREFOX, FIREFOX, "curl/8"):
        answer = await outside.get(f"/l/{code}", headers={"User-Agent": agent})
        assert (answer.status_code, answer.headers["location"]) == (302, "https://kindy.example/%C3%A9t%C3%A9")
        assert "set-cookie" not in answer.headers
        assert "no-store" in answer.headers["cache-control"]
    await outside.head(f"/l/{code}", headers={"User-Agent": FIREFOX})
    assert (await outside.get("/l/nothing1")).status_code == 404
    await reader.open(str(reader.page.url))
    assert "2 1" in reader.text


async def test_a_client_keeps_relays_and_links(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, organization: Organization
) -> None:
    client = await client_of(server, editor)
    seen = (await client.post("/api/mesange/relays/preview", json={"url": blog.url()})).json()
    assert [post["text"] for post in seen["posts"]][:1] == [f"An older item 1 {blog.url('/old-1')}"]
    made = (await client.post("/api/mesange/relays", json={"url": blog.url(), "first": 1})).json()
    assert (made["account_id"], made["state"], made["title"]) == (str(kindy.id), "active", "Le blog")
    path = f"/api/mesange/relays/{made['id']}"
    assert (await client.post(f"{path}/pause")).json()["state"] == "paused"
    assert (await client.post(f"{path}/resume", json={"catch_up": True})).json()["state"] == "active"
    assert (await client.put(path, json={"template": "{titre}"})).status_code == 422
    assert (await client.put(path, json={"template": "{title}"})).json()["template"] == "{title}"
    await relay_items(server)
    items = (await client.get(f"{path}/items", params={"limit": 2})).json()
    assert [item["state"] for item in items] == ["relayed", "known"]
    assert (await client.get(f"{path}/warnings")).json() == []
    assert [each["id"] for each in (await client.get("/api/mesange/relays")).json()] == [made["id"]]
    assert (await client.delete(path)).status_code == 200

    await client.put(f"/api/mesange/link_trackings/{kindy.id}", json={"source": "mesange"})
    link = (await client.post("/api/mesange/links", json={"url": "https://kindy.example/"})).json()
    assert link["url"] == "https://kindy.example/?utm_source=mesange"
    assert (await client.get(f"/api/mesange/links/{link['id']}")).json()["days"] == []
    assert len((await client.get("/api/mesange/link_trackings")).json()) == 1
    assert (await client.delete(f"/api/mesange/link_trackings/{kindy.id}")).status_code == 200

    reading = await client_of(server, editor, "read")
    assert (await reading.post("/api/mesange/relays", json={"url": blog.url()})).status_code == 403
    contributor = await client_of(server, await member(server, organization, kindy, Role.CONTRIBUTOR))
    assert (await contributor.post("/api/mesange/relays", json={"url": blog.url()})).status_code == 403


async def test_for_strangers_there_is_nothing(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, outside: httpx.AsyncClient
) -> None:
    relay = await add_relay(server, editor, kindy.id, blog.url(), "")
    link = await shorten_link(server, editor, kindy.id, "https://kindy.example/")
    _, _, stranger = await create(server, "stranger")
    client, reader = await client_of(server, stranger), Reader(server)
    await reader.sign_in("stranger")
    of = kindy.organization_id
    for path in (
        f"relays/{relay.id}",
        f"links/{link.id}",
        f"relays?of={of}",
        f"links?of={of}",
        f"relays/feeds.opml?of={of}",
    ):
        assert (await reader.open(f"/publishing/{path}")).status_code == 404
    for path in (f"relays/{relay.id}/items", f"links/{link.id}", f"relays?organization_id={of}", "relays", "links"):
        assert (await client.get(f"/api/mesange/{path}")).status_code == 404
        assert (await outside.get(f"/api/mesange/{path}")).status_code == 401


async def test_a_hub_is_answered_over_http(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, outside: httpx.AsyncClient
) -> None:
    blog.hub, blog.answers["/hub"] = blog.url("/hub"), told("202 Accepted")
    await add_relay(server, editor, kindy.id, blog.url(), "")
    await renew_leases(server)
    token, secret = await server.db.row("SELECT token, secret FROM hub_leases") or ("", "")
    asked = {
        "hub.mode": "subscribe",
        "hub.topic": blog.url(),
        "hub.challenge": "echo<b>",
        "hub.lease_seconds": "864000",
    }
    answer = await outside.get(f"/websub/{token}", params=asked)
    assert (answer.status_code, answer.text) == (200, "echo<b>")
    assert answer.headers["content-type"].startswith("text/plain")
    assert (
        await outside.get(f"/websub/{token}", params=asked | {"hub.topic": "https://x.example/"})
    ).status_code == 404
    signature = "sha256=" + hmac.new(str(secret).encode(), b"news", sha256).hexdigest()
    heard = await outside.post(f"/websub/{token}", content=b"news", headers={"X-Hub-Signature": signature})
    assert heard.status_code == 202
    assert await server.db.value("SELECT next_at FROM feed_relays") == server.clock.now()
    assert (await outside.post("/websub/nobody", content=b"")).status_code == 410
