"""A newcomer in a real browser: signs up, confirms, posts; others see it arrive and answer."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, eventually, welcome
from tests.server import PrepareServer, RunningServer

pytestmark = pytest.mark.browser
PASSWORD = "une phrase assez longue"
WORDS = {
    "en-GB": {"boost": "Boost", "post": "Post", "read": "Your post"},
    "fr-FR": {"boost": "Relayer", "post": "Publier", "read": "Votre message"},
}


FRESH = "[data-fresh]"
"""The bar that says how many new posts wait."""


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

    links = eventually(read, len, patience=20)
    assert links, f"no mail to {name} in the outbox"
    return links[0]


def sign_in(screen: Screen, person: Person) -> None:
    screen.open("/sign-in")
    screen.page.locator("input[name=email]").fill(person.email)
    screen.page.locator("input[name=password]").fill(person.password)
    screen.press(screen.page.locator("form:has(input[name=password]) button"))
    assert "sign-in" not in screen.page.url


def write(screen: Screen, text: str) -> None:
    page = screen.page
    page.goto("/compose")
    page.locator("form textarea").first.fill(text)
    screen.press(page.locator("form:has(textarea) button.button-main").first)


def show_new_posts(screen: Screen) -> None:
    """New posts wait behind a bar, so that nothing moves under the reader's eyes."""
    screen.page.locator(FRESH).first.click()


@pytest.mark.parametrize("language", WORDS)
def test_sign_up_post_seen_live_boosted_and_notified(
    browser: Browser, server: RunningServer, bob: Person, language: str
) -> None:
    newcomer = open_screen(browser, server.origin, f"newcomer-{language}", locale=language)
    name = f"robin_{language[:2]}"
    sign_up(newcomer, server, name)
    watcher = open_screen(browser, server.origin, f"watcher-{language}", "phone", locale=language)
    sign_in(watcher, bob)
    watcher.open("/local")
    text = f"Premier chant in {language}"
    write(newcomer, text)
    show_new_posts(watcher)
    expect(watcher.page.get_by_text(text).first).to_be_visible()
    card = watcher.page.locator("article", has_text=text).first
    card.get_by_role("button", name=WORDS[language]["boost"]).click()
    expect(card.get_by_role("button", name=WORDS[language]["boost"])).to_have_attribute("aria-pressed", "true")
    watcher.shoot("local after boost")
    newcomer.open_until("/notifications", newcomer.page.get_by_text(bob.name).first)
    newcomer.shoot("notifications after boost")
    for screen in (newcomer, watcher):
        screen.assert_clean()


def test_keyboard_alone_writes_a_post(browser: Browser, server: RunningServer, bob: Person) -> None:
    screen = open_screen(browser, server.origin, "keyboard")
    screen.let_in(bob)
    screen.open("/")
    for _ in range(60):
        screen.page.keyboard.press("Tab")
        if screen.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    screen.page.keyboard.type("Written without a mouse")
    screen.page.keyboard.press("Control+Enter")
    expect(screen.page.get_by_text("Written without a mouse").first).to_be_visible()
    assert "Written without a mouse" in str(bob.get(f"/api/v1/accounts/{bob.id}/statuses"))
    screen.assert_clean()


def test_signs_are_counted_while_typing(browser: Browser, server: RunningServer, bob: Person) -> None:
    screen = open_screen(browser, server.origin, "counter")
    screen.let_in(bob)
    screen.open("/compose")
    field = screen.page.locator("form textarea").first
    field.fill("👩‍👩‍👧‍👦" * 3 + " https://example.com/" + "x" * 80)
    expect(screen.page.locator("form:has(textarea)").first).to_contain_text(str(140 - 3 - 1 - 23))
    field.fill("x" * 141)
    screen.shoot("one sign too many")
    expect(screen.page.locator("form:has(textarea)").first).to_contain_text(re.compile("[-−]1"))


def test_reading_needs_no_javascript(browser: Browser, server: RunningServer, bob: Person) -> None:
    status = bob.post("Plain HTML is enough #plain")
    screen = open_screen(browser, server.origin, "no-javascript", "phone", java_script_enabled=False)
    for path in (f"/@{bob.name}", f"/@{bob.name}/{status['id']}", "/tags/plain", "/local"):
        screen.open(path)
        expect(screen.page.get_by_text("Plain HTML is enough").first).to_be_visible()
    sign_in(screen, bob)
    write(screen, "Posted without a script")
    screen.open("/")
    expect(screen.page.get_by_text("Posted without a script").first).to_be_visible()


FOR_PEOPLE = (
    "/ /local /tags/looks /notifications /settings/profile"
    " /settings/accounts /settings/security /settings/invitations /settings/sessions /compose /drafts /scheduled"
)
FOR_VISITORS = "/ /local /about /search /search?q=looks /trends /directory /sign-in /sign-up /nothing"


@pytest.fixture(scope="module")
def inhabited(alice: Person, bob: Person) -> dict[str, str]:
    """Posts that try the layout: long words, a warning, right to left, a thread."""
    bob.follow(alice)
    alice.follow(bob)
    alice.http.patch("/api/v1/accounts/update_credentials", json={"display_name": "مرحبا Alice " + "W" * 15})
    root = bob.post("Anfang #looks " + "Donaudampfschifffahrtsgesellschaft" * 3)
    alice.post(f"@{bob.name} https://example.com/" + "very-long-path/" * 20, in_reply_to_id=root["id"])
    alice.post("Hidden behind a warning #looks", spoiler_text="Dîner", sensitive=True)
    alice.do(f"/api/v1/statuses/{root['id']}/favourite")
    return {"profile": f"/@{alice.name}", "thread": f"/@{bob.name}/{root['id']}"}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("width", "locale", "scheme"),
    [
        ("phone", "en-GB", "light"),
        ("phone", "fr-FR", "dark"),
        ("desktop", "fr-FR", "light"),
        ("desktop", "en-GB", "dark"),
    ],
)
@pytest.mark.usefixtures("engine")
def test_every_page_is_whole(
    browser: Browser, bob: Person, inhabited: dict[str, str], width: str, locale: str, scheme: str
) -> None:
    name = f"{width}-{locale[:2]}-{scheme}"
    screen = open_screen(browser, bob.server.origin, name, width, locale=locale, color_scheme=scheme)
    for path in (*FOR_VISITORS.split(), *inhabited.values()):
        look_at(screen, path, f"visitor {path}")
    screen.let_in(bob)
    for path in (*FOR_PEOPLE.split(), *inhabited.values()):
        look_at(screen, path, f"person {path}")


def look_at(screen: Screen, path: str, what: str) -> None:
    screen.open(path)
    screen.shoot(what)
    language = screen.page.evaluate("document.documentElement.lang")
    assert f"-{language}-" in screen.name, path
    if path == "/nothing":
        screen.complaints.clear()
    screen.assert_clean()


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
    screen.open("/local")
    server.stop()
    expect(lost).to_be_visible()
    server.start()
    expected = say(author, "While the server rested", 1)
    lost.get_by_role("button").click()
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


def hide(screen: Screen, *, hidden: bool) -> None:
    """As when another window is looked at. From here on the page's clock is ours."""
    if hidden:
        screen.page.clock.install()
    said = str(hidden).lower()
    screen.page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{ value: {said}, configurable: true }});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
