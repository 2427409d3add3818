"""Documents by which programs find this server and its people."""

import re
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import ORIGIN, PASSWORD, Reader, create

HOST = "127.0.0.1:8140"
GOOD = [f"acct:alma@{HOST}", f"acct:Alma@{HOST.upper()}", f"alma@{HOST}", f"@alma@{HOST}", f"{ORIGIN}/@alma"]
GOOD += [f"{ORIGIN}/users/alma"]
BAD = [
    f"acct:nobody@{HOST}",
    "acct:alma@else.example",
    "alma",
    "acct:alma",
    "https://else.example/@alma",
    f"{ORIGIN}/",
]
BAD += [f"{ORIGIN}/@alma/1", f"acct:a@b@{HOST}", "https://[", "x" * 5_000, f"acct:hidden@{HOST}", f"{ORIGIN}/@hidden"]


@pytest.fixture(autouse=True)
async def people(server: Server) -> None:
    await create(server, "alma")
    await create(server, "hidden")
    hidden = await get_account_by_acct(server, "hidden")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET suspended_at = 1 WHERE id = ?", hidden.id)


@pytest.mark.parametrize("resource", GOOD)
async def test_an_account_is_found(reader: Reader, resource: str) -> None:
    page = await reader.http.get("/.well-known/webfinger", params={"resource": resource})
    assert page.headers["content-type"].startswith("application/jrd+json")
    assert page.headers["access-control-allow-origin"] == "*"
    assert page.json()["subject"] == f"acct:alma@{HOST}"
    assert {link["rel"]: link.get("href") or link["template"] for link in page.json()["links"]} == {
        "http://webfinger.net/rel/profile-page": f"{ORIGIN}/@alma",
        "http://schemas.google.com/g/2010#updates-from": f"{ORIGIN}/@alma.atom",
        "http://ostatus.org/schema/1.0/subscribe": f"{ORIGIN}/authorize_interaction?uri={{uri}}",
    }


async def test_f3_whom_we_do_not_show_is_nobody(reader: Reader) -> None:
    answers = [await reader.http.get("/.well-known/webfinger", params={"resource": each}) for each in BAD]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, tuple(answer.headers.items())) for answer in answers}) == 1


async def test_only_the_links_that_are_asked_for(reader: Reader) -> None:
    asked = {"resource": GOOD[0], "rel": "http://webfinger.net/rel/profile-page"}
    page = await reader.http.get("/.well-known/webfinger", params=asked)
    assert len(page.json()["links"]) == 1
    assert (await reader.open("/.well-known/webfinger")).status_code == 400


async def test_handles_are_looked_up_where_host_meta_says(reader: Reader) -> None:
    template = f"{ORIGIN}/.well-known/webfinger?resource={{uri}}"
    xml = await reader.open("/.well-known/host-meta")
    assert f'template="{template}"' in xml.text and xml.headers["content-type"].startswith("application/xrd+xml")
    for path, headers in (
        ("/.well-known/host-meta.json", {}),
        ("/.well-known/host-meta", {"Accept": "application/json"}),
    ):
        page = await reader.open(path, **headers)
        assert page.json()["links"][0]["template"] == template
        assert page.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("version", ["2.0", "2.1"])
async def test_the_server_says_what_it_is(reader: Reader, version: str) -> None:
    links = (await reader.open("/.well-known/nodeinfo")).json()["links"]
    [href] = [link["href"] for link in links if link["rel"].endswith(version)]
    page = await reader.open(href)
    jsonschema.validate(page.json(), NODEINFO)
    assert page.json()["version"] == version
    assert f"schema/{version}#" in page.headers["content-type"]
    assert (await reader.open("/nodeinfo/9.9")).status_code == 404


NODEINFO: dict[str, Any] = {
    "type": "object",
    "required": ["version", "software", "protocols", "services", "openRegistrations", "usage", "metadata"],
    "properties": {
        "software": {
            "required": ["name", "version"],
            "additionalProperties": False,
            "properties": {
                "name": {"pattern": "^[a-z0-9-]+$"},
                "version": {"type": "string"},
                "repository": {"type": "string"},
                "homepage": {"type": "string"},
            },
        },
        "services": {
            "properties": {"outbound": {"items": {"enum": ["atom1.0", "rss2.0"]}}, "inbound": {"maxItems": 0}}
        },
        "usage": {
            "properties": {
                "users": {"additionalProperties": {"type": "integer", "minimum": 0}},
                "localPosts": {"type": "integer", "minimum": 0},
            }
        },
    },
}


async def test_crawlers_are_told_what_is_for_people_only(reader: Reader) -> None:
    lines = (await reader.open("/robots.txt")).text.splitlines()
    assert {"Disallow: /settings/", "Disallow: /api/", "User-agent: *"} <= set(lines)
    assert "Disallow: /" not in lines


def located(reader: Reader) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", reader.page.text)


async def test_search_engines_are_led_to_what_may_be_found(server: Server, reader: Reader) -> None:
    _user, _account, mila = await create(server, "mila")
    _user, _account, shy = await create(server, "shy")
    await change_profile(server, shy, ProfileChange(is_indexable=False))
    first = await publish_status(server, mila, Draft("Pour tous"))
    for visibility in ("unlisted", "private", "direct"):
        await publish_status(server, mila, Draft("Entre nous", visibility=visibility))
    await publish_status(server, shy, Draft("Un secret"))
    await reblog_status(server, mila, first.id)
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in (await reader.open("/robots.txt")).text.splitlines()
    index = await reader.open("/sitemap.xml")
    assert index.headers["cache-control"] == "public, max-age=300"
    parts = located(reader)
    assert parts == [f"{ORIGIN}/sitemaps/people-1.xml", f"{ORIGIN}/sitemaps/posts-1.xml"]
    found: list[str] = []
    for part in parts:
        page = await reader.open(part)
        assert (await reader.open(part, **{"If-None-Match": page.headers["etag"]})).status_code == 304
        reader.page = page
        found += located(reader)
    assert found == [f"{ORIGIN}/@mila", f"{ORIGIN}/@mila/{first.id}"]
    assert (await reader.open("/sitemaps/posts-2.xml")).status_code == 404


async def test_a_device_can_keep_the_site_and_share_with_it(reader: Reader) -> None:
    manifest = (await reader.open("/manifest.webmanifest")).json()
    for icon in manifest["icons"]:
        assert (await reader.open(icon["src"])).headers["content-type"].startswith(icon["type"])
    shared = await reader.http.get("/share?title=A+page&url=https://example.org/", follow_redirects=False)
    assert shared.headers["location"] == "/compose?text=A+page+https%3A%2F%2Fexample.org%2F"
    await reader.open("/")
    assert reader.soup.select('link[rel="manifest"]')[0]["href"] == "/manifest.webmanifest"
    assert manifest["share_target"]["params"] == {"title": "title", "text": "text", "url": "url"}


@pytest.mark.parametrize(
    ("shared", "written"),
    [
        ({"text": "Un été", "url": "https://example.org/é?a=1&b=2"}, "Un été https://example.org/é?a=1&b=2"),
        ({"title": "Same", "text": "Same"}, "Same"),
        ({"text": "https://example.org/", "url": "https://example.org/"}, "https://example.org/"),
        ({"text": "🐦" * 2_000, "url": "https://example.org/"}, " https://example.org/"),
        ({"url": "https://example.org/" + "é" * 3_000}, ""),
    ],
)
async def test_what_is_shared_waits_in_the_composer_behind_the_door(
    server: Server, reader: Reader, shared: dict[str, str], written: str
) -> None:
    await reader.open(f"/share?{urlencode(shared)}")
    assert reader.page.url.path == "/sign-in"
    await reader.send("/sign-in", email="alma@example.com", password=PASSWORD)
    assert reader.page.url.path == "/compose"
    text = reader.soup.select("textarea[name=text]")[0].get_text().removeprefix("\n")
    assert text == written or (written.startswith(" ") and text.endswith(written) and text.startswith("🐦" * 100))


async def test_a_password_keeper_finds_where_the_password_is_changed(reader: Reader) -> None:
    page = await reader.open("/.well-known/change-password")
    assert page.status_code == 200 and "password" in page.text.lower()
