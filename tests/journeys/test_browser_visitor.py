"""A visitor reads, and wants more: what stands before somebody without an account here, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person

pytestmark = pytest.mark.browser
WINDOWS = [("phone", "fr-FR", "light"), ("desktop", "en-GB", "dark")]


def looked_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


@pytest.mark.parametrize(("width", "locale", "scheme"), WINDOWS)
def test_a_visitor_is_shown_the_ways_on(browser: Browser, alice: Person, width: str, locale: str, scheme: str) -> None:
    status = alice.post("Who would not answer this?")
    screen = open_screen(browser, alice.server.origin, f"elsewhere-{width}", width, locale=locale, color_scheme=scheme)
    screen.open(f"/@{alice.name}/{status['id']}")
    screen.press(screen.page.locator(".post-alone .act").first)
    looked_at(screen, "ways on")
    screen.page.locator("#handle").fill("nobody")
    screen.press(screen.page.locator("form.form button"))
    expect(screen.page.locator("#handle-problem")).to_be_visible()
    screen.complaints.clear()  # The answer to a form that was not in order has status 422.
    looked_at(screen, "no handle")
    assert screen.page.locator("#handle").input_value() == "nobody"
    screen.open("/authorize_interaction?uri=https://else.example/@nour")
    looked_at(screen, "from another server")
