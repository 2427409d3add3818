"""Axe looks at what the walk of test_every_page does not open: menus, dialogs, a composer in full, refusals, errors."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import FEW, Look, Screen, open_screen
from tests.journeys.people import Person

pytestmark = pytest.mark.browser


def look_at(screen: Screen, what: str, within: str = "html") -> None:
    screen.shoot(what)
    screen.assert_accessible(within=within)
    screen.assert_clean()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("look", FEW, ids=lambda look: look.width)
def test_what_opens_on_a_page_is_for_everyone(browser: Browser, alice: Person, look: Look) -> None:
    status = alice.post("Seen with its menu open")
    name = f"states-{look.width}"
    screen = open_screen(
        browser, alice.server.origin, name, look.width, locale=look.locale, color_scheme=look.scheme, contrast="more"
    )
    page = screen.page
    screen.let_in(alice)
    screen.open(f"/@{alice.name}/{status['id']}")
    page.locator(".post-alone .post-acts .menu summary").click()
    look_at(screen, "menu of a post, high contrast")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    look_at(screen, "keys, high contrast")
    page.keyboard.press("Escape")
    page.emulate_media(contrast="no-preference")
    screen.open("/compose")
    for part in (".composer-warning", ".composer-later", ".composer details:has(.poll-maker)"):
        page.locator(f"{part} > summary").first.click()
    page.locator("textarea").first.fill("x" * 141)
    look_at(screen, "composer with everything open, one sign too many")
    screen.open("/settings/sessions" if look.width == "phone" else "/")
    page.locator(".sections summary" if look.width == "phone" else ".switcher summary").first.click()
    look_at(screen, "menu of places", within="details[open]")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("look", FEW, ids=lambda look: look.width)
def test_what_is_refused_is_said_to_everyone(browser: Browser, alice: Person, look: Look) -> None:
    gone = alice.post("Not for long")
    alice.http.delete(f"/api/v1/statuses/{gone['id']}")
    name = f"refused-{look.width}"
    screen = open_screen(browser, alice.server.origin, name, look.width, locale=look.locale, color_scheme=look.scheme)
    page = screen.page
    screen.open("/sign-in")
    page.locator("input[name=email]").fill(alice.email)
    page.locator("input[name=password]").fill("wrong")
    screen.press(page.locator("form:has(input[name=password]) button"))
    screen.complaints.clear()
    look_at(screen, "sign-in refused")
    screen.let_in(alice)
    for path in ("/nothing", f"/@{alice.name}/{gone['id']}", "/admin"):
        screen.open(path)
        screen.complaints.clear()
        look_at(screen, f"error {path}")
    screen.open("/settings/filters")
    page.locator("#title").fill("Waves")
    page.locator("#words").fill("x" * 101)
    screen.press(page.locator("form.panel .button-main"))
    expect(page.locator("#words[aria-invalid]")).to_have_value("x" * 101)
    screen.complaints.clear()
    look_at(screen, "filter refused")
