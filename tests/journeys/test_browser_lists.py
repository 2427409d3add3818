"""Somebody keeps lists in a real browser: people and hashtags on one, its rules, its page, new posts as they come."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person
from tests.journeys.test_browser_live import FRESH, show_new_posts

pytestmark = pytest.mark.browser


def look_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


def put_on(screen: Screen, label: str, what: str) -> None:
    screen.page.get_by_label(label).fill(what)
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("width", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_a_list_is_made_filled_followed_live_and_deleted(
    browser: Browser, alice: Person, bob: Person, carol: Person, width: str, scheme: str
) -> None:
    alice.follow(bob)
    screen = open_screen(browser, alice.server.origin, f"lists-{width}-{scheme}", width, color_scheme=scheme)
    page = screen.page
    screen.let_in(alice)
    screen.open("/lists")
    look_at(screen, "no lists")
    page.get_by_label("Title").fill("Harbour")
    screen.press(page.get_by_role("button", name="Make the list"))
    url = page.url.removesuffix("/edit")

    put_on(screen, "Add somebody by handle", carol.name)
    expect(page.locator("#person[aria-invalid]")).to_have_value(carol.name)
    expect(page.locator("#person-problem")).to_contain_text("followed")
    screen.complaints.clear()
    look_at(screen, "list refused")

    put_on(screen, "Add somebody by handle", bob.name)
    expect(page.locator(".person-row")).to_contain_text(bob.name)
    put_on(screen, "Add a hashtag", f"#tide{width}")
    expect(page.get_by_text(f"#tide{width}").first).to_be_visible()
    page.get_by_label("Title").fill("Harbour and sea")
    page.get_by_label("Answers").select_option("none")
    page.get_by_label("Read them here and not at home").check()
    page.get_by_label("Open to everyone").check()
    screen.press(page.locator("form .button-main").first)
    expect(page.get_by_role("link", name="Its page")).to_be_visible()
    expect(page.get_by_label("Answers")).to_have_value("none")
    look_at(screen, "list filled")

    page.goto(url)
    bob.post(f"Boats are in, {width}")
    expect(page.locator(FRESH)).to_be_visible()
    carol.post(f"Boats come home at six #tide{width}")
    expect(page.locator(FRESH)).to_contain_text("2")
    show_new_posts(screen)
    for text in (f"Boats are in, {width}", f"Boats come home at six #tide{width}"):
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
    screen.press(page.get_by_role("link", name="Edit Harbour and sea"))
    page.get_by_label("Open to everyone").uncheck()
    screen.press(page.locator("form .button-main").first)
    expect(page.get_by_role("link", name="Its page")).to_have_count(0)
    page.get_by_role("link", name="Delete the list").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look_at(screen, "list deleted for sure")
    expect(page.get_by_role("link", name="Keep everything as it is")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Delete the list")).to_be_focused()
    page.keyboard.press("Enter")
    screen.press(page.get_by_role("dialog").get_by_role("button", name="Delete the list"))
    expect(page.get_by_text("No list yet")).to_be_visible()
    screen.assert_clean()
