"""A visitor who lives on another server goes on there, and people of ours come back from there."""

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace as changed

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.edges.pages.their_server import SUBSCRIBE, handle_in
from mesange.kit.http import Http
from mesange.kit.server import Server
from tests.core.cards.pages import answer
from tests.edges.reader import ORIGIN, Reader, create, fields_of
from tests.kit.loopback import LOOPBACK, Loopback

HOST = "good.example"


class Theirs:
    """The visitor's own server. `body` answers every question; `asked` holds the paths."""

    def __init__(self) -> None:
        self.body = answer(b"", "text/plain", "404 Not Found")
        self.asked: list[str] = []
        self.port = 0

    @property
    def domain(self) -> str:
        return f"{HOST}:{self.port}"

    def tells(self, *templates: Any) -> None:
        links = [{"rel": SUBSCRIBE, "template": each} for each in templates]
        self.body = answer(json.dumps({"links": links}).encode(), "application/jrd+json")

    async def behave(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.asked.append(request.split(b" ")[1].decode())
        writer.write(self.body)
        await writer.drain()


@pytest.fixture
async def theirs(server: Server, certificate: Path) -> AsyncGenerator[Theirs]:
    loopback, theirs = Loopback(), Theirs()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    theirs.port = await loopback.serve(theirs.behave, tls=context)

    async def resolve(host: str) -> list[str]:
        return ["127.0.0.1"] if host in (HOST, "wrong.example") else ["10.0.0.1"]

    trusting = ssl.create_default_context(cafile=str(certificate))
    server.http = Http(ORIGIN, allowed_addresses=LOOPBACK, resolve=resolve, tls=trusting)
    yield theirs
    loopback.close()


@pytest.fixture
async def post(server: Server) -> Status:
    _user, _account, alma = await create(server, "alma")
    return await publish_status(server, alma, Draft("Bonjour"))


async def paste(reader: Reader, handle: str, to: str = "/@alma", act: str = "follow") -> httpx.Response:
    """What the browser is answered when this handle is sent; redirects to others are not followed."""
    await reader.open(f"/continue?to={to}&act={act}")
    form = fields_of(reader.soup.select('form[action="/continue"]')[0]) | {"handle": handle}
    headers = {"Sec-Fetch-Site": "same-origin"}
    reader.page = await reader.http.post("/continue", data=form, headers=headers, follow_redirects=False)
    return reader.page


async def test_each_button_for_people_leads_a_visitor_to_the_ways_on(reader: Reader, post: Status) -> None:
    await reader.open("/@alma")
    ways = {str(link["href"]) for link in reader.soup.select('a[href^="/continue"]')}
    acts = ("reply", "boost", "favourite")
    assert ways == {"/continue?act=follow&to=/@alma", *(f"/continue?act={act}&to=/@alma/{post.id}" for act in acts)}
    for way in ways:
        assert (await reader.open(way)).status_code == 200
        assert "Continue on my server" in reader.text and f"{ORIGIN}/@alma" in reader.text
    await reader.open(f"/continue?act=reply&to=/@alma/{post.id}")
    assert reader.soup.select(f'a[href="/sign-in?return=/compose%3Freply%3D{post.id}"]')


async def test_a_visitor_goes_on_where_their_server_says(
    server: Server, reader: Reader, theirs: Theirs, post: Status
) -> None:
    theirs.tells(f"https://{theirs.domain}/go?x=1&uri={{uri}}")
    for to in ("/@alma", f"/@alma/{post.id}"):
        answered = await paste(reader, f" @Nour@{theirs.domain.upper()} ", to)
        assert answered.status_code == 303
        assert answered.headers["location"] == f"https://{theirs.domain}/go?x=1&uri={quote(ORIGIN + to, safe='')}"
    assert unquote(theirs.asked[0]) == f"/.well-known/webfinger?resource=acct:Nour@{theirs.domain}"


async def test_a_server_that_names_no_page_gets_the_usual_one(reader: Reader, theirs: Theirs, post: Status) -> None:
    theirs.tells()
    answered = await paste(reader, f"nour@{theirs.domain}")
    usual = f"https://{theirs.domain}/authorize_interaction?uri={quote(f'{ORIGIN}/@alma', safe='')}"
    assert answered.headers["location"] == usual


@pytest.mark.parametrize(
    "template",
    [
        "https://evil.example/?uri={uri}",
        "https://good.example.evil.example/?uri={uri}",
        "https://evil.example/good.example?uri={uri}",
        "https://good.example@evil.example/?uri={uri}",
        "https://notgood.example/?uri={uri}",
        "http://good.example/?uri={uri}",
        "//evil.example/{uri}",
        "javascript:alert('{uri}')",
        "data:text/html,{uri}",
        "https://{uri}.good.example/",
        "https://evil.example\\@good.example/?uri={uri}",
        "https://good.example/?uri={uri}\r\nSet-Cookie: x=1",
        "https://good.example/#{uri}",
        "https://good.example/",
        "https://good.example/{uri}{uri}",
        "https://127.0.0.1/?uri={uri}",
        "https://good.example/" + "x" * 5_000 + "{uri}",
        None,
        7,
        ["https://good.example/{uri}"],
    ],
)
async def test_e8_no_template_leads_to_another_place(
    reader: Reader, theirs: Theirs, post: Status, template: object
) -> None:
    told = template.replace("good.example/", f"{theirs.domain}/") if isinstance(template, str) else template
    theirs.tells(told)
    answered = await paste(reader, f"nour@{theirs.domain}")
    assert answered.headers["location"].startswith(f"https://{theirs.domain}/authorize_interaction?uri="), template
    assert "x" not in answered.cookies


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"links":7}', b'{"links":[7]}', b"[" * 90_000, b"\xff\xfe"])
async def test_what_cannot_be_read_names_no_page(reader: Reader, theirs: Theirs, post: Status, body: bytes) -> None:
    theirs.body = answer(body, "application/jrd+json")
    answered = await paste(reader, f"nour@{theirs.domain}")
    assert answered.headers["location"].startswith(f"https://{theirs.domain}/authorize_interaction?uri=")


@pytest.mark.parametrize(
    "handle",
    [
        *("", "nour", "nour@", "@good.example", "a b@good.example", "nour@good", "nour@127.0.0.1", "nour@0x7f.1"),
        *(
            "nour@[::1]",
            "nour@good.example/x",
            "a@b@good.example",
            "nour@good.example:22",
            "https://[",
            "é@good.example",
        ),
        *("x" * 5_000, "nour@evil.example?x", "nour@good..example", "nour@-good.example", "https://good.example/"),
    ],
)
async def test_what_is_no_handle_is_said_beside_the_field(
    reader: Reader, theirs: Theirs, post: Status, handle: str
) -> None:
    answered = await paste(reader, handle)
    assert answered.status_code == 422
    field = reader.soup.select("#handle")[0]
    assert (field["value"], field["aria-invalid"]) == (handle, "true")
    assert "It looks like name@server.example." in reader.soup.select("#handle-problem")[0].get_text()
    assert theirs.asked == []


async def test_addresses_are_read_as_people_write_them() -> None:
    for typed in (
        "nour@bücher.example",
        "@nour@BÜCHER.example",
        "acct:nour@xn--bcher-kva.example",
        "https://bücher.example/@nour",
    ):
        assert str(handle_in(typed)) == "nour@xn--bcher-kva.example"


async def test_who_is_not_there_and_what_does_not_answer_is_told(reader: Reader, theirs: Theirs, post: Status) -> None:
    answered = await paste(reader, f"nobody@{theirs.domain}")
    assert answered.status_code == 422 and "knows nobody of this name" in reader.text
    for handle in ("nour@private.example", f"nour@wrong.example:{theirs.port}"):
        answered = await paste(reader, handle)
        assert answered.status_code == 503 and "does not answer" in reader.text, handle
        assert f"{ORIGIN}/@alma" in reader.text
    theirs.body = answer(b"", "text/plain", "502 Bad Gateway")
    assert (await paste(reader, f"nour@{theirs.domain}")).status_code == 503
    theirs.body = answer(b"x" * 300_000, "application/jrd+json")
    assert (await paste(reader, f"nour@{theirs.domain}")).status_code == 503
    assert (await paste(reader, "nour@127.0.0.1:8140")).status_code == 422


async def test_the_browser_remembers_the_handle_and_tells_nobody(reader: Reader, theirs: Theirs, post: Status) -> None:
    theirs.tells()
    answered = await paste(reader, f"nour@{theirs.domain}")
    assert "HttpOnly" in answered.headers["set-cookie"] and "SameSite=Lax" in answered.headers["set-cookie"]
    await reader.open(f"/continue?to=/@alma/{post.id}&act=boost")
    assert reader.soup.select("#handle")[0]["value"] == f"nour@{theirs.domain}"
    assert "nour" not in (await reader.open("/@alma")).text


@pytest.mark.parametrize(
    "to", ["/", "//evil.example", "@evil.example/@alma", "/@nobody", "/@alma/1", "/@alma/x", "/local"]
)
async def test_e8_only_pages_of_ours_are_gone_on_with(reader: Reader, post: Status, to: str) -> None:
    assert (await reader.open(f"/continue?to={quote(to)}")).status_code == 404


async def test_f9_nobody_goes_on_with_what_they_may_not_read(server: Server, reader: Reader, leo: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    hidden = await publish_status(server, alma, Draft("canary", visibility="direct"))
    for path in (f"/continue?to=/@alma/{hidden.id}", f"/authorize_interaction?uri={ORIGIN}/@alma/{hidden.id}"):
        for somebody in (reader, leo):
            assert (await somebody.open(path)).status_code == 404


async def test_another_site_cannot_send_the_form(reader: Reader, theirs: Theirs, post: Status) -> None:
    sent = {"to": "/@alma", "handle": f"nour@{theirs.domain}"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-origin"}):
        assert (await reader.http.post("/continue", data=sent, headers=headers)).status_code == 403
    assert theirs.asked == []


async def test_c5_servers_are_not_asked_without_end(
    server: Server, reader: Reader, theirs: Theirs, post: Status
) -> None:
    server.settings = changed(server.settings, rate_limits="on")
    codes = [(await paste(reader, f"nobody@{theirs.domain}")).status_code for _ in range(31)]
    assert codes == [422] * 30 + [429] and len(theirs.asked) == 30


async def test_who_is_signed_in_is_there_already(reader: Reader, leo: Reader, post: Status) -> None:
    await leo.open(f"/continue?to=/@alma/{post.id}&act=boost")
    assert leo.page.url.path == f"/@alma/{post.id}"


async def test_people_of_ours_arrive_at_what_they_looked_at(server: Server, leo: Reader, post: Status) -> None:
    host = server.settings.domain
    for uri in (f"{ORIGIN}/@alma", f"{ORIGIN}/users/alma", f"acct:alma@{host}", f"@ALMA@{host}", f"alma@{host}"):
        assert (await leo.open(f"/authorize_interaction?uri={quote(uri)}")).url.path == "/@alma", uri
    for uri in (f"{ORIGIN}/@alma/{post.id}", f"{ORIGIN}/users/alma/statuses/{post.id}"):
        assert (await leo.open(f"/authorize_interaction?uri={quote(uri)}")).url.path == f"/@alma/{post.id}", uri
    assert (await leo.open(f"/authorize_interaction?uri={ORIGIN}/@nobody")).status_code == 404


@pytest.mark.parametrize(
    "uri", ["", "x", "https://else.example/@alma", "alma@else.example", "javascript:alert(1)", "https://[", "x" * 3_000]
)
async def test_what_is_not_ours_is_told_kindly(leo: Reader, reader: Reader, post: Status, uri: str) -> None:
    for somebody, sentence in ((reader, "Nothing from elsewhere yet"), (leo, "Rien d’ailleurs pour l’instant")):
        assert (await somebody.open(f"/authorize_interaction?uri={quote(uri)}")).status_code == 200
        assert sentence in somebody.text
        assert somebody.soup.select('form[role="search"]')


async def test_a_post_is_shared_by_its_link_its_frame_and_another_server(
    server: Server, reader: Reader, leo: Reader, theirs: Theirs, post: Status
) -> None:
    theirs.tells()
    for somebody in (reader, leo):
        await somebody.open(f"/@alma/{post.id}")
        link, framed, _buttons, elsewhere = somebody.soup.select("summary[data-share] + .menu-sheet a")
        assert str(link["href"]) == f"{ORIGIN}/@alma/{post.id}"
        told = (await somebody.http.get("/api/oembed", params={"url": str(link["href"])})).json()
        frame, offered = (
            BeautifulSoup(html, "html.parser").iframe for html in (str(framed["data-copy"]), told["html"])
        )
        assert frame and offered and frame["src"] == offered["src"] == f"{ORIGIN}/@alma/{post.id}/embed"
        assert (await somebody.open(str(elsewhere["href"]))).status_code == 200
        answered = await paste(somebody, f"nour@{theirs.domain}", f"/@alma/{post.id}", "share")
        assert answered.headers["location"].endswith(quote(f"{ORIGIN}/@alma/{post.id}", safe=""))


async def test_what_is_not_open_is_not_offered_to_others(server: Server, alma: Reader) -> None:
    account = await get_account_by_acct(server, "alma")
    own = Viewer(account_id=account.id, user_id=account.user_id or 0)
    hidden = await publish_status(server, own, Draft("Entre nous", visibility="private"))
    await alma.open(f"/@alma/{hidden.id}")
    assert not alma.soup.select("[data-share]")
