"""Naughty texts in every text field: kept as they are or refused politely, never half-kept."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.journeys.people import Json, Person
from tests.journeys.shared_data import shared_file
from tests.journeys.visitor import COMPOSER, Visitor
from tests.server import RunningServer

ALLOWED = {"p", "br", "span", "a"}
OWN = ["\u0000", "a\u0000b", "\u202e\u200f\u200b", "\ufeff", "e\u0301" * 70, "\u0300" * 140, "🏳️‍🌈" * 140]
OWN += ["<script>alert(1)</script>", "'; DROP TABLE statuses; --", "{{7*7}} {% x %}", "%s%n${jndi:x}"]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return OWN + list(json.loads(shared_file("conformance/naughty_strings.json").read_text("utf-8")))


@pytest.fixture(autouse=True)
def _server_stays_healthy(server: RunningServer) -> Iterator[None]:
    logged = len(server.log)
    yield
    assert server.is_healthy()
    assert server.faults(logged) == []


def plain(text: str) -> str:
    """A text as it may be kept: line ends unified, outer blanks and forbidden controls gone."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    unified = re.sub(r"([\u0300-\u036f\u0488\u0489]{4})[\u0300-\u036f\u0488\u0489]+", r"\1", unified)
    return "".join(sign for sign in unified if sign == "\n" or (sign.isprintable() and not sign.isspace()))


def assert_harmless(content: str) -> None:
    tags = BeautifulSoup(content, "html.parser").find_all(True)
    assert {tag.name for tag in tags} <= ALLOWED, content
    assert not [tag for tag in tags for name in tag.attrs if name.startswith("on")], content
    links = [str(tag.get("href", "")) for tag in tags if tag.name == "a"]
    assert all(re.match(r"https?://|/", link) for link in links), content


def assert_polite(answer: httpx.Response) -> Json:
    """200, or a refusal that says why, as JSON."""
    assert answer.status_code in (200, 400, 422), (answer.status_code, answer.text[:500])
    assert answer.headers["content-type"].startswith("application/json")
    body = answer.json()
    assert answer.is_success or body["error"]
    return body


def test_statuses(alice: Person, texts: list[str]) -> None:
    for text in texts:
        answer = alice.http.post("/api/v1/statuses", json={"status": text})
        body = assert_polite(answer)
        if answer.is_success:
            assert_harmless(body["content"])
            source = alice.get(f"/api/v1/statuses/{body['id']}/source")["text"]
            assert plain(source) == plain(text), repr(text)
        else:
            assert len(text) > 60 or not plain(text).strip(), repr(text)


def test_statuses_sent_as_forms(alice: Person, texts: list[str]) -> None:
    for text in texts:
        answer = alice.http.post("/api/v1/statuses", data={"status": text, "spoiler_text": text})
        assert_polite(answer)


def test_content_warnings(alice: Person, texts: list[str]) -> None:
    for text in texts:
        fields = {"status": "x", "spoiler_text": text[:100]}
        body = assert_polite(alice.http.post("/api/v1/statuses", json=fields))
        if "id" in body:
            assert plain(body["spoiler_text"]) == plain(text[:100])


@pytest.mark.parametrize("field", ["display_name", "note"])
def test_profile_texts(alice: Person, texts: list[str], field: str) -> None:
    path = "/api/v1/accounts/update_credentials"
    for text in texts:
        body = assert_polite(alice.http.patch(path, json={field: text[:30]}))
        if "note" in body:
            assert_harmless(body["note"])
            kept = body["source"]["note"] if field == "note" else body["display_name"]
            assert plain(kept) == plain(text[:30]), repr(text)


def test_profile_fields(alice: Person, texts: list[str]) -> None:
    path = "/api/v1/accounts/update_credentials"
    for text in texts:
        fields = {"fields_attributes": [{"name": text[:100], "value": text[:100]}]}
        body = assert_polite(alice.http.patch(path, json=fields))
        for field in body.get("fields", []):
            assert_harmless(field["value"])


def test_application_names(server: RunningServer, texts: list[str]) -> None:
    with httpx.Client(base_url=server.origin) as client:
        for text in texts:
            fields = {"client_name": text, "redirect_uris": "app:/x", "website": text}
            assert_polite(client.post("/api/v1/apps", json=fields))


def test_parameters_that_are_not_texts(alice: Person, texts: list[str]) -> None:
    for text in texts:
        fields = {"status": "x", "visibility": text, "language": text, "in_reply_to_id": text, "sensitive": text}
        answer = alice.http.post("/api/v1/statuses", json=fields)
        assert answer.status_code in (200, 400, 404, 422), answer.text
        assert answer.json()


def test_paths_and_queries(alice: Person, texts: list[str]) -> None:
    for text in filter(None, texts):
        for path, query in (("accounts/lookup", "acct"), ("timelines/public", "max_id"), ("notifications", "types[]")):
            answer = alice.http.get(f"/api/v1/{path}", params={query: text})
            assert answer.status_code in (200, 400, 404, 422), (path, text)
            assert answer.headers["content-type"].startswith("application/json")


def test_pages_show_naughty_names_as_text(alice: Person, texts: list[str]) -> None:
    for text in OWN:
        alice.http.patch("/api/v1/accounts/update_credentials", json={"display_name": text[:30]})
        page = httpx.get(f"{alice.server.origin}/@{alice.name}")
        assert page.status_code == 200
        assert ("<script>alert" not in page.text and "{{7*7}}" in page.text) or "7*7" not in text


SIGN_UP = {"username": "newcomer", "email": "newcomer@example.com", "password": "correct horse battery"}


@pytest.mark.parametrize("field", SIGN_UP)
def test_sign_up_form(server: RunningServer, texts: list[str], field: str) -> None:
    visitor = Visitor(server.origin)
    visitor.open("/sign-up")
    form = visitor.form(*SIGN_UP)
    wrong = {"username": "no spaces here", "email": "not an address", "password": "short"}
    for text in texts[::4]:
        others = {name: wrong[name] for name in SIGN_UP if name != field}
        answer = visitor.submit(form, **others, **{field: text})
        assert answer.status_code in (400, 422), (field, text, answer.status_code)
        assert "Traceback" not in answer.text
        if field != "password":
            assert text.strip() in html.unescape(answer.text) or not text.isprintable() or len(text) > 50


def test_compose_page_keeps_what_was_typed(alice: Person) -> None:
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice)
    visitor.open("/compose")
    answer = visitor.submit(visitor.form(COMPOSER), **{COMPOSER: "trop long " * 20})
    assert answer.status_code == 422
    assert "trop long trop long" in answer.text
