"""Somebody who reads and writes pages of a server in this process: no network, no other process."""

from dataclasses import dataclass, field

import httpx
from bs4 import BeautifulSoup, Tag

from mesange.core.accounts.actions.users import SignUp, create_user
from mesange.core.accounts.model import Account, User, Viewer
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.server import Server
from mesange.main import CONSUMERS, build_app

ORIGIN = "http://127.0.0.1:8140"
PASSWORD = "a quiet sentence"


@dataclass
class Reader:
    """`page` is what stands on the screen; forms are sent as the page itself would."""

    server: Server
    language: str = "en"
    http: httpx.AsyncClient = field(init=False)
    page: httpx.Response = field(init=False)

    def __post_init__(self) -> None:
        transport = httpx.ASGITransport(build_app(self.server), client=("127.0.0.1", 1))
        headers = {"Accept-Language": self.language}
        self.http = httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers, follow_redirects=True)

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.page.text, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    async def open(self, path: str, **headers: str) -> httpx.Response:
        self.page = await self.http.get(path, headers=headers)
        return self.page

    async def send(self, path: str, **typed: str) -> httpx.Response:
        """Fill the form of this address on the page, and press its button."""
        form = next(form for form in self.soup.find_all("form") if form.get("action", "") == path)
        self.page = await self.http.post(path, data=fields_of(form) | typed, headers={"Sec-Fetch-Site": "same-origin"})
        return self.page

    async def press(self, action: str, **headers: str) -> httpx.Response:
        """Press a button of the page that stands outside its form."""
        assert self.soup.find("button", formaction=action), f"no button for {action}"
        form = self.soup.find("form", id="acts")
        assert isinstance(form, Tag)
        self.page = await self.http.post(
            action, data=fields_of(form), headers={"Sec-Fetch-Site": "same-origin"} | headers
        )
        return self.page

    async def sign_in(self, name: str) -> None:
        await self.open("/sign-in")
        await self.send("/sign-in", email=f"{name}@example.com", password=PASSWORD)
        assert self.page.url.path == "/", self.text


def fields_of(form: Tag) -> dict[str, str]:
    named = [each for each in form.find_all(["input", "textarea", "select"]) if each.get("name")]
    kept = [each for each in named if each.get("type") not in ("radio", "checkbox") or each.has_attr("checked")]
    return {str(each["name"]): value_of(each) for each in kept}


def value_of(each: Tag) -> str:
    if each.name == "select":
        chosen = each.find("option", selected=True) or each.find("option")
        return str(chosen["value"]) if isinstance(chosen, Tag) else ""
    return str(each.get("value", "")) if each.name == "input" else each.get_text()


async def digest(server: Server) -> None:
    """Let the consumers handle everything that has happened so far."""
    for consumer in CONSUMERS:
        runner = ConsumerRunner(server, server.db, server.eventlog, consumer)
        while await runner.step():
            pass


async def create(server: Server, name: str) -> tuple[User, Account, Viewer]:
    user, account = await create_user(server, SignUp(name, f"{name}@example.com", PASSWORD))
    return user, account, Viewer(account_id=account.id, user_id=user.id)
