"""A browser without a screen: opens pages, fills the forms it finds there, keeps its cookies."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from bs4 import BeautifulSoup
from bs4.element import Tag

from tests.journeys.people import Person
from tests.server import PATIENCE

COMPOSER = "text"
"""Name of the composer's field."""


@dataclass
class Form:
    """What a person would send by pressing a button of this form, without typing anything."""

    action: str
    method: str
    fields: dict[str, str]


class Visitor:
    """Follows redirects as browsers do; `page` is what stands on the screen."""

    def __init__(self, origin: str, language: str = "en") -> None:
        headers = {"Accept-Language": language, "Accept": "text/html"}
        self.http = httpx.Client(base_url=origin, headers=headers, follow_redirects=True, timeout=PATIENCE)
        self.origin = origin
        self.page: httpx.Response | None = None

    @property
    def soup(self) -> BeautifulSoup:
        assert self.page is not None
        return BeautifulSoup(self.page.text, "html.parser")

    @property
    def text(self) -> str:
        return self.soup.get_text(" ", strip=True)

    def open(self, path: str) -> httpx.Response:
        self.page = self.http.get(path)
        return self.page

    def form(self, *names: str) -> Form:
        """The first form of the page that has all these fields."""
        for tag in self.soup.find_all("form"):
            form = _read_form(tag, str(self.page.url if self.page else self.origin))
            if set(names) <= set(form.fields):
                return form
        raise AssertionError(f"no form with {names} in:\n{self.text[:2000]}")

    def submit(self, form: Form, **typed: str) -> httpx.Response:
        """Send the form as its own page would, Origin header included."""
        fields = form.fields | typed
        if form.method == "get":
            self.page = self.http.get(form.action, params=fields)
        else:
            origin = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
            self.page = self.http.post(form.action, data=fields, headers=origin)
        return self.page

    def sign_in(self, person: Person, path: str = "/sign-in") -> httpx.Response:
        self.open(path)
        form = self.form("email", "password")
        return self.submit(form, email=person.email, password=person.password)


def _read_form(tag: Tag, page: str) -> Form:
    action = urljoin(page, str(tag.get("action") or page))
    fields: dict[str, str] = {}
    for field in tag.find_all(["input", "textarea", "select", "button"]):
        name, value = field.get("name"), field.get("value")
        if name and _is_sent(field):
            fields[str(name)] = (
                _chosen(field) if field.name == "select" else str(value if value is not None else field.get_text())
            )
    return Form(action, str(tag.get("method") or "get").lower(), fields)


def _chosen(field: Tag) -> str:
    """What a list offers first, or what is chosen on it."""
    option = field.select_one("option[selected]") or field.select_one("option")
    return str(option.get("value", option.get_text())) if option else ""


def _is_sent(field: Tag) -> bool:
    if field.get("type") in ("radio", "checkbox"):
        return field.has_attr("checked")
    # The composer's other buttons, named `do`, do something else than send.
    refusing = re.compile("deny|refus|cancel|annul|name=.do.", re.IGNORECASE)
    return not (field.name == "button" and refusing.search(str(field)))
