"""A visitor reads, and wants more: what stands before somebody without an account here, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import FEW, Screen, open_screen
from tests.journeys.people import Person, eventually

pytestmark = pytest.mark.browser


def looked_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


@pytest.mark.parametrize(("width", "locale", "scheme"), FEW)
def test_a_visitor_is_shown_the_ways_on(browser: Browser, alice: Person, width: str, locale: str, scheme: str) -> None:
    status = alice.post("Who would not answer this?")
    screen = open_screen(browser, alice.server.origin, f"elsewhere-{width}", width, locale=locale, color_scheme=scheme)
    for path in ("", f"@{alice.name}/about", f"@{alice.name}/media", f"share/buttons?of=@{alice.name}", "continue"):
        screen.open(f"/{path}")
        looked_at(screen, f"page {path}")
    screen.open(f"/@{alice.name}/{status['id']}")
    screen.page.locator("summary[data-share]").click()
    screen.shoot("share")
    screen.page.keyboard.press("Escape")
    looked_at(screen, "post")
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


def test_sharing_asks_the_device_first_and_copies_else(browser: Browser, alice: Person) -> None:
    status = alice.post("Pass it on")
    screen = open_screen(browser, alice.server.origin, "sharing", permissions=["clipboard-read", "clipboard-write"])
    address = f"{alice.server.origin}/@{alice.name}/{status['id']}"
    screen.open(address)
    screen.page.evaluate("navigator.share = undefined")
    screen.page.locator("summary[data-share]").click()
    screen.page.locator(".menu-sheet a").nth(1).click()
    expect(screen.page.locator("details[open]")).to_have_count(0)
    copied = eventually(lambda: screen.page.evaluate("navigator.clipboard.readText()"), bool)
    assert f'src="{address}/embed"' in copied
    screen.page.evaluate("() => { navigator.share = async (what) => { window.shared = what.url } }")
    screen.page.locator("summary[data-share]").click()
    assert screen.page.evaluate("window.shared") == address
    expect(screen.page.locator("details[open]")).to_have_count(0)
    screen.assert_clean()
