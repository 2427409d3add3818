"""New posts wait behind a bar in a real browser, and a lost connection is mended without a gap."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, welcome
from tests.server import PrepareServer

pytestmark = pytest.mark.browser
FRESH = "[data-fresh]"
"""The bar that says how many new posts wait."""


def show_new_posts(screen: Screen) -> None:
    """New posts wait behind a bar, so that nothing moves under the reader's eyes."""
    screen.page.locator(FRESH).first.click()


def lines(screen: Screen) -> list[str]:
    return screen.page.locator("[data-feed] article .post-text").all_inner_texts()


def say(author: Person, what: str, count: int) -> list[str]:
    """The texts, the newest first."""
    said = [f"{what} {number}" for number in range(count)]
    for text in said:
        author.post(text)
    return said[::-1]


@pytest.mark.slow
def test_lost_connection_is_mended_without_a_gap(browser: Browser, prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    author = welcome(server, "steady")
    screen = open_screen(browser, server.origin, "reconnecting")
    lost, bar = screen.page.locator("[data-line-lost]"), screen.page.locator(FRESH)
    screen.let_in(author)
    screen.page.clock.install()
    screen.open("/local")
    screen.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # Else the line tries again by itself.
    server.stop()
    expect(lost).to_be_visible()
    server.start()
    expected = say(author, "While the server rested", 1)
    lost.get_by_role("button").click()
    expect(lost).to_be_hidden()
    screen.page.clock.resume()
    expect(bar).to_contain_text("1 new post")
    for what, count in (("While you were away", 3), ("While you slept", 25)):
        screen.page.context.set_offline(True)
        expect(lost).to_be_visible()
        expected = [*say(author, what, count), *expected]
        screen.page.context.set_offline(False)
        expect(lost).to_be_hidden()
        expect(bar).to_contain_text(f"{len(expected) if count == 3 else count} new posts")
        show_new_posts(screen)
        expect(bar).to_be_hidden()
        assert lines(screen) == expected
    hide(screen, hidden=True)
    screen.page.clock.run_for(6 * 60_000)
    expected = [*say(author, "While nobody looked", 2), *expected]
    with screen.page.expect_request("**/live/local?*"):
        hide(screen, hidden=False)
    expect(bar).to_contain_text("2 new posts")
    screen.page.context.set_offline(True)
    expected = [*say(author, "Far too many", 41), *expected]
    screen.page.context.set_offline(False)
    expect(bar).to_contain_text("Many new posts")
    screen.shoot("far behind")
    screen.press(bar)
    assert lines(screen) == expected[:20]
    expect(bar).to_be_hidden()
    screen.complaints.clear()  # The lines that were cut are meant to stand in red.


def hide(screen: Screen, *, hidden: bool) -> None:
    """As when another window is looked at. The page's clock must be ours."""
    said = str(hidden).lower()
    screen.page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{ value: {said}, configurable: true }});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
