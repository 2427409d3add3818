"""In a real browser: signs counted whatever the network does, a poll answered live, a draft kept, a post taken back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.newcomers import sign_in
from tests.journeys.people import Person, eventually

pytestmark = pytest.mark.browser


def screen_of(browser: Browser, person: Person, width: str = "desktop") -> Screen:
    screen = open_screen(browser, person.server.origin, f"{person.name}-{width}", width, timezone_id="Europe/Paris")
    screen.let_in(person)
    return screen


def send(screen: Screen) -> None:
    screen.press(screen.page.locator("form.composer button.button-main"))


def test_a_poll_is_asked_answered_and_seen_moving(browser: Browser, alice: Person, bob: Person) -> None:
    author, voter = screen_of(browser, alice), screen_of(browser, bob, "phone")
    author.open("/compose")
    author.page.locator("textarea").first.fill("Tea or coffee?")
    author.page.locator("summary", has_text="Poll").click()
    for number, option in enumerate(("Tea", "Coffee"), 1):
        author.page.locator(f"[name=option_{number}]").fill(option)
    send(author)
    author.open_live("/local")
    voter.open("/local")
    poll = voter.page.locator("article", has_text="Tea or coffee?").locator(".post-poll")
    poll.get_by_label("Coffee").check()
    poll.get_by_role("button", name="Vote").click()
    expect(poll).to_contain_text("100%")
    seen = author.page.locator("article", has_text="Tea or coffee?").locator(".post-poll")
    expect(seen).to_contain_text("1 person has voted")
    for screen in (author, voter):
        screen.assert_clean()


def test_what_is_typed_is_kept_as_a_draft_and_found_again(browser: Browser, bob: Person) -> None:
    screen = screen_of(browser, bob)
    screen.page.clock.install()
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("Half a thought")
    screen.page.clock.fast_forward(10_000)
    expect(screen.page.locator("[data-kept]")).to_be_visible()
    lose_the_network(screen)
    screen.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=5))  # Else what follows may be kept by itself.
    lose_the_session(screen, bob)
    other = screen_of(browser, bob, "phone")
    other.open("/drafts")
    other.page.get_by_role("link", name="Go on writing").first.click()
    other.page.locator("textarea").first.fill("A whole thought")
    with other.page.expect_navigation():
        other.page.locator("form.composer button.button-main").dblclick()
    said = [each["content"] for each in bob.get(f"/api/v1/accounts/{bob.id}/statuses")]
    assert said.count("<p>A whole thought</p>") == 1, "a double click posts once"
    other.open("/drafts")
    expect(other.page.get_by_text("No drafts")).to_be_visible()
    other.assert_clean()


def lose_the_session(screen: Screen, person: Person) -> None:
    """Signed out in another window, one posts, signs in, and is back at the words."""
    for path, field in (("/", ".composer-text"), ("/settings/profile", "[name=note], textarea")):
        screen.open(path)
        screen.page.locator(field).first.fill("Not lost")
        kept = [cookie for cookie in screen.page.context.cookies() if cookie["name"] != "session"]
        screen.page.context.clear_cookies()
        screen.page.context.add_cookies(kept)  # type: ignore[arg-type]  # what was just read
        screen.press(screen.page.locator("form[data-draft] button.button-main").first)
        screen.press(screen.page.get_by_role("main").get_by_role("link", name="Sign in"))
        screen.page.locator("[name=email]").fill(person.email)
        screen.page.locator("[name=password]").fill(person.password)
        screen.press(screen.page.locator("form button.button-main").first)
        assert screen.page.url.endswith(path)
        expect(screen.page.locator(field).first).to_have_value("Not lost")
    screen.complaints.clear()


def lose_the_network(screen: Screen) -> None:
    """The page that says so needs none, and gives way to the one that was asked for."""
    eventually(lambda: screen.page.evaluate("() => Boolean(navigator.serviceWorker.controller)"), bool)
    screen.complaints.clear()
    screen.page.context.set_offline(True)
    screen.open("/notifications")
    expect(screen.page.get_by_role("heading", name="No network")).to_be_visible()
    screen.assert_accessible()
    screen.shoot("offline")
    assert not screen.overflow()
    screen.page.context.set_offline(False)
    expect(screen.page.get_by_role("heading", name="Notifications")).to_be_visible()
    screen.complaints.clear()


def test_a_post_is_taken_back_before_it_leaves(browser: Browser, alice: Person) -> None:
    screen = screen_of(browser, alice, "phone")
    leave_oneself(screen, seconds=30)
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("Too quick")
    send(screen)
    leaving = screen.page.locator("[data-leaves]")
    expect(leaving).to_contain_text("Your post leaves in")
    screen.assert_accessible()
    screen.press(leaving.get_by_role("button", name="Undo"))
    expect(screen.page.locator("textarea").first).to_have_value("Too quick")
    leave_oneself(screen, seconds=5)
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("Well thought out")
    send(screen)
    expect(leaving).to_have_count(0)  # The seconds are over.
    eventually(lambda: str(alice.get(f"/api/v1/accounts/{alice.id}/statuses")), lambda said: "Well thought out" in said)
    assert "Too quick" not in str(alice.get(f"/api/v1/accounts/{alice.id}/statuses"))
    screen.assert_clean()
    leave_oneself(screen, seconds=0)


def leave_oneself(screen: Screen, seconds: int) -> None:
    screen.open("/settings/writing")
    screen.page.locator("#undo_seconds").select_option(str(seconds))
    screen.assert_accessible()
    screen.press(screen.page.get_by_role("button", name="Save"))


def test_signs_are_counted_while_typing(browser: Browser, bob: Person) -> None:
    screen = open_screen(browser, bob.server.origin, "counter")
    screen.let_in(bob)
    screen.open("/compose")
    field = screen.page.locator("form textarea").first
    field.fill("👩‍👩‍👧‍👦" * 3 + " https://example.com/" + "x" * 80)
    expect(screen.page.locator("form:has(textarea)").first).to_contain_text(str(140 - 3 - 1 - 23))
    field.fill("x" * 141)
    screen.shoot("one sign too many")
    expect(screen.page.locator("form:has(textarea)").first).to_contain_text(re.compile("[-−]1"))


def test_typing_waits_for_no_network(browser: Browser, alice: Person) -> None:
    screen = screen_of(browser, alice)
    page = screen.page
    page.clock.install()
    screen.open("/compose")
    held: list[Route] = []

    def hold(route: Route) -> None:  # The driver wants a function of Python's.
        held.append(route)

    page.route("**/*", hold)
    page.locator("textarea").first.focus()
    page.keyboard.type("Written while the line is dead, @bob #tag ")
    expect(page.locator("[data-signs]")).to_contain_text(str(140 - 41))
    with page.expect_request("**/compose"):  # The draft sets out, and gets nowhere.
        page.clock.fast_forward(10_000)
    page.keyboard.type("and on it goes")
    expect(page.locator("[data-signs]")).to_contain_text(str(140 - 56))
    expect(page.locator("textarea").first).to_have_value("Written while the line is dead, @bob #tag and on it goes")
    assert held
    page.unroute("**/*")  # What was held goes on.
    expect(page.locator("[data-kept]")).to_be_visible()
    screen.assert_clean()


def test_writing_needs_no_javascript(browser: Browser, bob: Person) -> None:
    screen = open_screen(browser, bob.server.origin, "no-javascript", "phone", java_script_enabled=False)
    sign_in(screen, bob)
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("Posted without a script")
    send(screen)
    screen.open("/")
    expect(screen.page.get_by_text("Posted without a script").first).to_be_visible()
