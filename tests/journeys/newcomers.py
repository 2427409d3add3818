"""How somebody comes in by the pages: signs up, confirms by mail, signs in."""

import re

import httpx

from tests.journeys.browser import Screen
from tests.journeys.people import Person, eventually
from tests.server import RunningServer

PASSWORD = "une phrase assez longue"


def sign_up(screen: Screen, server: RunningServer, name: str) -> None:
    """Fill the form, find the mail on the development outbox, press its button: one is in."""
    page = screen.page
    page.goto("/sign-up")
    for field, value in {"username": name, "email": f"{name}@example.com", "password": PASSWORD}.items():
        page.locator(f"input[name={field}]").fill(value)
    agreement = page.locator("input[name=agreement]")
    if agreement.count():
        agreement.check()
    screen.press(page.locator("form:has(input[name=username]) button"))
    page.goto(confirmation_link(server, name))
    screen.press(page.locator("form[action*=confirm] button"))


def confirmation_link(server: RunningServer, name: str) -> str:
    def read() -> list[str]:
        outbox = httpx.get(f"{server.origin}/dev/outbox").text
        letters = [part for part in outbox.split("<article") if f"{name}@example.com" in part]
        return re.findall(r"/confirm/[\w.-]+", "".join(letters))

    links = eventually(read, len)
    assert links, f"no mail to {name} in the outbox"
    return links[0]


def sign_in(screen: Screen, person: Person) -> None:
    screen.open("/sign-in")
    screen.page.locator("input[name=email]").fill(person.email)
    screen.page.locator("input[name=password]").fill(person.password)
    screen.press(screen.page.locator("form:has(input[name=password]) button"))
    assert "sign-in" not in screen.page.url
