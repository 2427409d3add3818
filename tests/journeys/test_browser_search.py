"""Somebody searches in a real browser, with the keyboard and with operators, and opens what was found."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import open_screen
from tests.journeys.newcomers import sign_in
from tests.journeys.people import Person, Welcome, eventually

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_search_with_operators_leads_to_the_post(browser: Browser, alice: Person, bob: Person, width: str) -> None:
    wanted = bob.post(f"Les trains de nuit reviennent, {width}", language="fr")
    alice.post(f"Un train, la nuit, {width}", language="fr")
    eventually(lambda: alice.get("/api/v2/search", q=f"{width} nuit")["statuses"], lambda found: len(found) == 2)
    screen = open_screen(browser, alice.server.origin, f"search-{width}", width)
    page = screen.page
    screen.open("/local")
    if width == "desktop":
        page.keyboard.press("/")
        page.keyboard.type(f'"train de nuit" {width} from:{bob.name}')
        page.keyboard.press("Enter")
    else:
        page.locator(".head-search").click()
        page.locator("#q").fill(f'"train de nuit" {width} from:{bob.name}')
        page.locator(".search-page button").click()
    page.wait_for_url("**/search?q=*")
    found = page.locator("article.post")
    expect(found).to_have_count(1)
    expect(found.locator("mark").first).to_have_text("trains")
    screen.shoot("found")
    screen.assert_clean()
    found.locator("a[rel=bookmark]").click()
    page.wait_for_url(f"**/{wanted['id']}")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_somebody_found_is_followed_from_the_page(
    browser: Browser, alice: Person, welcome_person: Welcome, width: str
) -> None:
    found = welcome_person("navigator")
    screen = open_screen(browser, alice.server.origin, f"search-{width}", width, locale="fr-FR")
    sign_in(screen, alice)
    screen.open(f"/search?type=people&q=@{found.name}")
    row = screen.page.locator(".person-row", has_text=f"@{found.name}")
    screen.shoot("people found")
    screen.assert_clean()
    screen.assert_accessible()
    screen.press(row.get_by_role("button"))
    expect(row.get_by_role("button")).to_contain_text("Suivi")
    assert f"q=%40{found.name}" in screen.page.url
    assert alice.get(f"/api/v1/accounts/{alice.id}/following")[0]["id"] == found.id
    screen.assert_clean()
