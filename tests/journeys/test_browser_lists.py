"""Somebody keeps lists in a real browser: people and hashtags on one, its rules, its page, new posts as they come."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen, quiet_chromium
from tests.journeys.people import Person
from tests.journeys.test_browser import FRESH, show_new_posts, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with quiet_chromium(chromium) as running:
        yield running


def look_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_a_list_is_made_filled_followed_live_and_deleted(
    browser: Browser, alice: Person, bob: Person, carol: Person, width: str, scheme: str
) -> None:
    alice.follow(bob)
    screen = open_screen(browser, alice.server.origin, f"lists-{width}-{scheme}", width, color_scheme=scheme)
    page = screen.page
    sign_in(screen, alice.email, alice.password)
    screen.open("/lists")
    look_at(screen, "no lists")
    page.get_by_label("Title").fill("Harbour")
    page.get_by_role("button", name="Make the list").click()
    page.wait_for_url("**/edit")
    url = page.url.removesuffix("/edit")

    page.get_by_label("Add somebody by handle").fill(carol.name)
    page.get_by_label("Add somebody by handle").press("Enter")
    expect(page.locator("#person[aria-invalid]")).to_have_value(carol.name)
    expect(page.locator("#person-problem")).to_contain_text("followed")
    screen.complaints.clear()
    look_at(screen, "list refused")

    page.get_by_label("Add somebody by handle").fill(bob.name)
    page.get_by_label("Add somebody by handle").press("Enter")
    expect(page.locator(".person-row")).to_contain_text(bob.name)
    page.get_by_label("Add a hashtag").fill(f"#tide{width}")
    page.get_by_label("Add a hashtag").press("Enter")
    expect(page.get_by_text(f"#tide{width}").first).to_be_visible()
    page.get_by_label("Title").fill("Harbour and sea")
    page.get_by_label("Answers").select_option("none")
    page.get_by_label("Read them here and not at home").check()
    page.get_by_label("Open to everyone").check()
    page.locator("form .button-main").first.click()
    expect(page.get_by_role("link", name="Its page")).to_be_visible()
    expect(page.get_by_label("Answers")).to_have_value("none")
    look_at(screen, "list filled")

    page.goto(url)
    bob.post(f"Boats are in, {width}")
    expect(page.locator(FRESH)).to_be_visible()
    carol.post(f"High water at six #tide{width}")
    expect(page.locator(FRESH)).to_contain_text("2")
    show_new_posts(screen)
    for text in (f"Boats are in, {width}", f"High water at six #tide{width}"):
        expect(page.locator("article.post", has_text=text)).to_have_count(1)
    look_at(screen, "list live")
    screen.open("/")
    expect(page.get_by_text(f"Boats are in, {width}")).to_have_count(0)

    visitor = open_screen(browser, alice.server.origin, f"lists-visitor-{width}-{scheme}", width, color_scheme=scheme)
    visitor.open(f"/@{alice.name}/lists/{url.rpartition('/')[2]}")
    bob.post(f"Boats are out, {width}")
    show_new_posts(visitor)
    expect(visitor.page.get_by_text(f"Boats are out, {width}")).to_be_visible()
    look_at(visitor, "public list")

    screen.open("/lists")
    look_at(screen, "lists")
    page.get_by_role("link", name="Edit Harbour and sea").click()
    page.get_by_label("Open to everyone").uncheck()
    page.locator("form .button-main").first.click()
    expect(page.get_by_role("link", name="Its page")).to_have_count(0)
    page.get_by_role("link", name="Delete the list").click()
    look_at(screen, "list deleted for sure")
    page.get_by_role("button", name="Delete the list").click()
    expect(page.get_by_text("No list yet")).to_be_visible()
    screen.assert_clean()
    for each in (screen, visitor):
        each.page.context.close()
