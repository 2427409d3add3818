"""Nothing of another site acts in our name, and no private word leaves by a public door."""

import re
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from tests.journeys.people import Person
from tests.journeys.visitor import COMPOSER, Visitor

EVIL = "https://evil.example"


@pytest.fixture
def signed_in(alice: Person) -> Visitor:
    visitor = Visitor(alice.server.origin)
    assert visitor.sign_in(alice).is_success
    return visitor


CROSS_SITE = [
    {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
def test_post_of_another_site_is_refused(signed_in: Visitor, alice: Person, headers: dict[str, str]) -> None:
    signed_in.open("/compose")
    form = signed_in.form(COMPOSER)
    answer = signed_in.http.post(form.action, data=form.fields | {COMPOSER: "Forged"}, headers=headers)
    assert answer.status_code == 403
    assert "Forged" not in str(alice.get(f"/api/v1/accounts/{alice.id}/statuses"))


@pytest.mark.parametrize("path", ["/compose", "/settings/profile", "/settings/sessions", "/sign-out"])
def test_form_without_its_token_is_refused(signed_in: Visitor, path: str) -> None:
    same = {"Origin": signed_in.origin, "Sec-Fetch-Site": "same-origin"}
    answer = signed_in.http.post(path, data={COMPOSER: "Forged", "display_name": "x"}, headers=same)
    assert answer.status_code in (403, 405, 422)
    assert signed_in.open("/settings/profile").url.path == "/settings/profile"


def test_cookie_alone_does_not_open_the_api(signed_in: Visitor) -> None:
    answer = signed_in.http.post("/api/v1/statuses", json={"status": "By cookie"}, headers={"Origin": EVIL})
    assert answer.status_code == 401


def test_cookies_are_locked(alice: Person) -> None:
    visitor = Visitor(alice.server.origin)
    visitor.http.follow_redirects = False
    answer = visitor.sign_in(alice)
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if "session" in one.lower()]
    assert "httponly" in cookie.lower()
    assert re.search("samesite=(lax|strict)", cookie.lower())


def test_signing_out_ends_the_session_on_the_server(signed_in: Visitor, alice: Person) -> None:
    stolen = dict(signed_in.http.cookies)
    signed_in.open("/settings/profile")
    tags = signed_in.soup.find_all("form", action=re.compile("sign-out"))
    assert tags, "every page of a signed in person can sign out"
    token = {i["name"]: i.get("value", "") for i in tags[0].find_all("input") if i.get("name")}
    signed_in.http.post("/sign-out", data=token, headers={"Origin": signed_in.origin})
    thief = httpx.Client(base_url=alice.server.origin, cookies=stolen)
    assert thief.get("/settings/profile").status_code in (302, 303, 401)


def test_pages_carry_their_shields(signed_in: Visitor) -> None:
    for path in ("/", "/sign-in", "/settings/profile", "/local"):
        headers = signed_in.open(path).headers
        policy = headers["content-security-policy"]
        for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri", "form-action"):
            assert rule in policy, path
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "referrer-policy" in headers


OUTSIDE = [
    EVIL, "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
    "/%2Fevil.example", "%2F%2Fevil.example", "/%5Cevil.example", "/\t/evil.example", "/\n/evil.example",
    "/%09/evil.example", "/%0a/evil.example", "http:evil.example", "https:/evil.example", "https:evil.example",
    "HtTpS://evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example/%2e%2e",
    "/.//evil.example", "/..//evil.example", "/;@evil.example", "@evil.example", ".evil.example",
    "/@/../\\evil.example",
    "http://evil.example@127.0.0.1", "http://127.0.0.1@evil.example", "http://127.0.0.1.evil.example",
    "https://evil.example#/home", "https://evil.example?/home", "/\u2044evil.example", "/\uff0fevil.example",
    " //evil.example", "\x00//evil.example", "//[::1]", "//0x7f000001", "ftp://evil.example", "mailto:x@evil.example",
    "//evil.example:80", "/\\/evil.example", "/\r\nLocation: https://evil.example", "vbscript:x", "blob:https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("where", OUTSIDE, ids=repr)
def test_signing_in_never_leads_elsewhere(alice: Person, where: str) -> None:
    visitor = Visitor(alice.server.origin)
    visitor.http.follow_redirects = False
    visitor.page = visitor.http.get("/sign-in", params={"return": where})
    form = visitor.form("email", "password")
    typed = {"email": alice.email, "password": alice.password}
    if "return" in form.fields:
        typed["return"] = where
    answer = visitor.submit(form, **typed)
    assert answer.is_redirect, answer.status_code
    target = urlsplit(urljoin(visitor.origin + "/sign-in", answer.headers["location"]))
    assert f"{target.scheme}://{target.netloc}" == visitor.origin
    assert not re.match(r"/[/\\\s]", answer.headers["location"])


def test_signing_in_leads_where_one_wanted_to_go(alice: Person) -> None:
    visitor = Visitor(alice.server.origin)
    answer = visitor.sign_in(alice, "/settings/profile")
    assert answer.url.path == "/settings/profile"


SECRETS = ("canaryprivate", "canarydirect", "canarydeleted", "canarybefore")


@pytest.fixture(scope="module")
def canaries(bob: Person, carol: Person) -> dict[str, str]:
    """Words that nobody outside may ever read, and where they were said."""
    carol.follow(bob)
    bob.post("Nothing to see #aviary")
    said = {
        "private": bob.post("canaryprivate #aviary", visibility="private")["id"],
        "direct": bob.post(f"@{carol.name} canarydirect #aviary", visibility="direct")["id"],
        "deleted": bob.post("canarydeleted #aviary")["id"],
        "edited": bob.post("canarybefore", visibility="private")["id"],
    }
    bob.http.delete(f"/api/v1/statuses/{said['deleted']}")
    carol.do(f"/api/v1/statuses/{said['private']}/favourite")
    return said


def test_f2_no_canary_is_heard_outside(canaries: dict[str, str], alice: Person, bob: Person) -> None:
    first = [f"/@{bob.name}", "/local", "/", "/tags/aviary", f"/api/v1/accounts/{bob.id}/statuses"]
    first += ["/api/v1/timelines/public", "/api/v1/timelines/tag/aviary", f"/api/v1/accounts/lookup?acct={bob.name}"]
    first += [f"/{feed}.{ending}" for feed in (f"@{bob.name}", "tags/aviary") for ending in ("rss", "atom")]
    for one in canaries.values():
        first.append(f"/api/oembed?url={alice.server.origin}/@{bob.name}/{one}")
        first += [f"/@{bob.name}/{one}", f"/api/v1/statuses/{one}", f"/api/v1/statuses/{one}/context"]
        first += [f"/api/v1/statuses/{one}/{tail}" for tail in ("history", "source", "favourited_by")]
        first += [f"/@{bob.name}/{one}.json", f"/@{bob.name}/{one}/embed", f"/users/{bob.name}/statuses/{one}"]
    stranger = Visitor(alice.server.origin)
    stranger.sign_in(alice)
    for client in (httpx.Client(base_url=alice.server.origin), alice.http, stranger.http):
        seen = crawl(client, alice.server.origin, first)
        loud = [(path, word) for path, text in seen.items() for word in SECRETS if word in text]
        assert not loud, loud
        assert len(seen) > len(first)


def crawl(client: httpx.Client, origin: str, first: list[str], most: int = 150) -> dict[str, str]:
    """Every page that can be reached by links from the first ones, as text."""
    seen: dict[str, str] = {}
    waiting = list(first)
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen or "sign-out" in path:
            continue
        answer = client.get(path)
        assert answer.status_code < 500, path
        seen[path] = answer.text
        links = re.findall(r'(?:href|src)="([^"#]+)"', answer.text)
        inside = [urlsplit(urljoin(origin + path, link)) for link in links]
        waiting += [u.path + (f"?{u.query}" if u.query else "") for u in inside if f"{u.scheme}://{u.netloc}" == origin]
    return seen
