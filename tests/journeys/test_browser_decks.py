"""Somebody keeps a deck in a real browser: adds columns, moves them, and sees posts arrive where they belong."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, Welcome, welcome
from tests.server import PrepareServer

pytestmark = pytest.mark.browser


def look_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


def add_column(screen: Screen, kind: str, value: str = "") -> None:
    page = screen.page
    page.get_by_label("What it shows").select_option(kind)
    if value:
        page.get_by_label("Which one").fill(value)
    screen.press(page.get_by_role("button", name="Add the column"))


def column(screen: Screen, title: str) -> Locator:
    return screen.page.locator(f'.column[data-title="{title}"]')


def titles(screen: Screen) -> list[str]:
    return screen.page.locator(".column-head h2").all_inner_texts()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_posts_arrive_in_the_right_columns_and_columns_move(browser: Browser, alice: Person, bob: Person) -> None:
    screen = open_screen(browser, alice.server.origin, "deck")
    page = screen.page
    screen.let_in(alice)
    screen.open("/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/decks")
    look_at(screen, "no deck")
    page.get_by_label("Title").fill("Morning")
    screen.press(page.get_by_role("button", name="Make the deck"))
    add_column(screen, "hashtag", "#tide")
    add_column(screen, "profile", f"@{bob.name}")
    assert titles(screen) == ["Home", "Notifications", "Said here", "#tide", bob.name]
    bob.post(f"High water at six #tide @{alice.name}")
    carrying = ["Notifications", "Said here", "#tide", bob.name]
    for title in carrying:
        expect(column(screen, title).locator("[data-fresh]")).to_contain_text("1")
    expect(column(screen, "Home").locator("[data-fresh]")).to_be_hidden()
    status = bob.post("Low water at noon")
    expect(column(screen, bob.name).locator("[data-fresh]")).to_contain_text("2")
    for title in carrying:
        # The stream begins anew, to follow the numbers of what is shown now.
        with page.expect_response(lambda answer: "/live?" in answer.url):
            column(screen, title).locator("[data-fresh]").click()
        arrived = column(screen, title).locator("article.post", has_text="water at")
        expect(arrived).to_have_count(2 if title in carrying[1::2] else 1)
    alice.do(f"/api/v1/statuses/{status['id']}/favourite")
    for title in carrying[1::2]:
        post = column(screen, title).locator("article.post", has_text="Low water")
        expect(post.locator("[data-count$=favourite]")).to_have_text("1")
    column(screen, "Said here").locator("article.post", has_text="Low water").locator(".act-bookmark").click()
    twin = column(screen, bob.name).locator("article.post", has_text="Low water")
    expect(twin.locator(".act-bookmark")).to_have_attribute("aria-pressed", "true")
    look_at(screen, "deck live")

    add_column(screen, "search", "seaweed")
    alice.post("Seaweed on the beach")
    screen.open_until(page.url.partition("#")[0], column(screen, "seaweed").locator("article.post"))
    twin = open_screen(browser, alice.server.origin, "deck-twin")
    twin.let_in(alice)
    with twin.page.expect_response(lambda answer: "/live?" in answer.url):
        twin.open(page.url.partition("#")[0])
    alice.post("More seaweed")
    for window in (screen, twin):
        expect(column(window, "seaweed").locator("[data-fresh]")).to_contain_text("1")
        column(window, "seaweed").locator("[data-fresh]").click()
        expect(column(window, "seaweed").locator("article.post")).to_have_count(2)
    screen.press(remove(screen, "seaweed"))

    column(screen, "#tide").locator("h2 a").focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("[data-deck-said]")).to_have_text("#tide is column 1 of 5 now.")
    expect(column(screen, "#tide").locator("h2 a")).to_be_focused()
    drag(screen, "Home", "Said here")
    column(screen, bob.name).locator(".column-menu summary").click()
    at = column(screen, bob.name).get_attribute("data-at")
    with page.expect_response(f"**{at}/place"):  # One place is saved after the other: with the last one, all are.
        column(screen, bob.name).get_by_role("button", name="Move left").click()
    moved = ["#tide", "Notifications", "Said here", bob.name, "Home"]
    assert titles(screen) == moved
    page.reload()
    assert titles(screen) == moved
    twin.page.reload()
    twin.complaints.clear()  # It may have asked for the column that the other window had just removed.
    assert titles(twin) == moved, "another window of the same person"
    screen.press(remove(screen, "Home"))
    look_at(screen, "column removed")
    screen.press(page.get_by_role("button", name="Put it back"))
    assert titles(screen) == moved
    screen.assert_clean()


def remove(screen: Screen, title: str) -> Locator:
    """The button that does, of the menu that is open then."""
    column(screen, title).locator(".column-menu summary").click()
    return column(screen, title).get_by_role("button", name="Remove the column")


def drag(screen: Screen, title: str, onto: str) -> None:
    held, aim = (column(screen, each).locator(".column-head").bounding_box() for each in (title, onto))
    assert held
    assert aim
    mouse = screen.page.mouse
    mouse.move(held["x"] + 60, held["y"] + 20)
    mouse.down()
    mouse.move(held["x"] + 90, held["y"] + 20, steps=3)
    mouse.move(aim["x"] + aim["width"] * 0.8, aim["y"] + 20, steps=8)
    mouse.up()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_a_phone_shows_a_deck_one_column_at_a_time(browser: Browser, carol: Person, bob: Person) -> None:
    bob.post(f"@{carol.name} " + "Donaudampfschifffahrtsgesellschaft" * 3)
    screen = open_screen(browser, carol.server.origin, "deck-phone", "phone", locale="fr-FR", color_scheme="dark")
    screen.let_in(carol)
    screen.open("/decks")
    screen.page.locator("#title").fill("W" * 90)
    screen.press(screen.page.locator("form:has(#title) button"))
    first, second = (screen.page.locator("[data-tab]").nth(place) for place in (0, 1))
    expect(first).to_have_attribute("aria-current", "true")
    second.click()
    expect(second).to_have_attribute("aria-current", "true")
    expect(screen.page.locator(".column").nth(1)).to_be_in_viewport(ratio=0.9)
    look_at(screen, "second column")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
@pytest.mark.usefixtures("engine")
def test_a_column_read_as_another_account_shows_it_and_lets_one_change_over(
    browser: Browser, welcome_person: Welcome, bob: Person, width: str, scheme: str
) -> None:
    dora = welcome_person("dora")
    bob.post("Seen by two accounts")
    screen = open_screen(browser, dora.server.origin, f"deck-as-{width}-{scheme}", width, color_scheme=scheme)
    page = screen.page
    screen.let_in(dora)
    screen.open("/settings/accounts")
    page.locator("#username").fill(f"{dora.name}_two")
    screen.press(page.locator("form:has(#username) .button-main"))
    screen.open("/decks")
    page.get_by_label("Title").fill("Two")
    screen.press(page.get_by_role("button", name="Make the deck"))
    page.get_by_label("Read as").select_option(label=f"@{dora.name}")
    add_column(screen, "local")
    read_as = page.locator(".column-as")
    expect(read_as).to_have_attribute("aria-label", f"Said here, @{dora.name}")
    expect(read_as.locator("article.post", has_text="Seen by two").locator("button")).to_have_count(0)
    look_at(screen, "read as another")
    screen.press(read_as.get_by_role("button", name=f"Act as @{dora.name}"))
    post = read_as.locator("article.post", has_text="Seen by two").first
    post.get_by_role("button", name="Favourite").click()
    expect(post.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    assert [each["content"] for each in dora.get("/api/v1/favourites")] == ["<p>Seen by two accounts</p>"]
    add_column(screen, "search", "since:tomorrow")
    look_at(screen, "column shut")
    page.get_by_label("What it shows").select_option("profile")
    page.get_by_label("Which one").fill("nobody")
    screen.press(page.get_by_role("button", name="Add the column"))
    expect(page.locator("#value[aria-invalid]")).to_be_in_viewport()
    screen.complaints.clear()
    look_at(screen, "column refused")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_a_deck_needs_no_javascript(browser: Browser, bob: Person) -> None:
    bob.post("Plain HTML is enough for a deck")
    screen = open_screen(browser, bob.server.origin, "deck-plain", java_script_enabled=False)
    screen.let_in(bob)
    screen.open("/decks")
    screen.page.get_by_label("Title").fill("Plain")
    screen.press(screen.page.get_by_role("button", name="Make the deck"))
    expect(column(screen, "Said here").get_by_text("Plain HTML is enough for a deck")).to_be_visible()
    column(screen, "Home").locator(".column-menu summary").click()
    screen.press(column(screen, "Home").get_by_role("button", name="Move right"))
    assert titles(screen) == ["Notifications", "Home", "Said here"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_a_deck_mends_a_lost_line_without_a_gap(browser: Browser, prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    author = welcome(server, "steady")
    screen = open_screen(browser, server.origin, "deck-reconnecting")
    screen.let_in(author)
    screen.open("/decks")
    screen.page.get_by_label("Title").fill("Steady")
    screen.press(screen.page.get_by_role("button", name="Make the deck"))
    add_column(screen, "hashtag", "away")
    server.stop()
    expect(screen.page.locator("[data-line-lost]")).to_be_visible()
    server.start()
    author.post("While you were away #away")
    author.post("And once more")
    for title, news in (("Home", "2"), ("Said here", "2"), ("#away", "1")):
        expect(column(screen, title).locator("[data-fresh]")).to_contain_text(news)
    expect(screen.page.locator("[data-line-lost]")).to_be_hidden()
    screen.complaints.clear()  # The lines that the server left are meant to stand in red.
