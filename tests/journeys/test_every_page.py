"""A walk through every page of the table of routes: axe, focus, colours, zoom, policy, and pictures to look at."""

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import LOOKS, WIDTHS, Screen, open_screen
from tests.journeys.every_page import for_people, for_staff, for_visitors, unknown_pages
from tests.journeys.furnished import Furnished
from tests.journeys.people import Person
from tests.server import PrepareServer

LANGUAGES = ["en-GB", "fr-FR"]
"""Each has every second page."""
EMPTY = """/ /notifications /messages /drafts /scheduled /bookmarks /favourites /lists /decks /follow_requests
    /settings/hidden /settings/tags /settings/filters /settings/moderation /search?q=nothing-like-it /tags/nothing"""
SMALL = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 480}
"""A window of 1280 pixels at 200 %."""


def test_every_page_has_an_example_or_a_reason_to_have_none() -> None:
    assert not unknown_pages(), "say in tests/journeys/every_page.py how to see them"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_every_page_is_whole(browser: Browser, prepare_server: PrepareServer, tmp_path: Path) -> None:
    server = prepare_server(MESANGE_RATE_LIMITS="on")
    server.start()
    place = Furnished(server, tmp_path)
    found: list[str] = []
    for turn, language in enumerate(LANGUAGES):
        found += walk(browser, place, for_visitors(place.known)[turn::2], None, language)
        found += walk(browser, place, EMPTY.split()[turn::2], place.nobody, language)
        found += walk(browser, place, for_people(place.known)[turn::2], place.reader, language)
        found += walk(browser, place, for_staff(place.known)[turn::2], place.staff, language)
    ask_too_often(place)
    break_down(place)
    for language in LANGUAGES:
        found += walk(browser, place, ["/search?q=often"], None, language, refused="429")
        found += walk(browser, place, ["/decks"], place.reader, language, refused="500")
    assert not found, "\n".join(found)


def ask_too_often(place: Furnished) -> None:
    """Until the server wants a pause from who searches at this address without an account."""
    with httpx.Client(base_url=place.server.origin) as impatient:
        answers = (impatient.get(f"/search?q=often{number}") for number in range(1_000))  # The same page is kept.
        assert any(answer.status_code == 429 for answer in answers)


def break_down(place: Furnished) -> None:
    """What no program expects: a table is gone."""
    with closing(sqlite3.connect(place.server.folder / "mesange.sqlite3", timeout=20)) as database:
        database.execute("DROP TABLE decks")
        database.commit()


def walk(
    browser: Browser, place: Furnished, paths: list[str], person: Person | None, language: str, refused: str = ""
) -> list[str]:
    """These pages in this language, at both widths and in both colours; what is wrong with them.

    `refused` is the status that they must have: they tell why they show nothing.
    """
    who = person.name.rstrip("_0123456789") if person else "visitor"
    screen = open_screen(browser, place.server.origin, who, locale=language)
    if person:
        screen.let_in(person)
    found: list[str] = []
    for path in paths:
        try:
            screen.open(path)
            if refused:
                assert [each for each in screen.complaints if each.startswith(f"{refused}: ")], path
                screen.complaints.clear()
            assert screen.page.evaluate("document.documentElement.lang") == language[:2], path
            look_at(screen, path, language)
            inspect(screen)
        except AssertionError as wrong:  # The walk goes on: all that is wrong is told at once.
            found.append(f"{path}: {wrong}")
            screen.complaints.clear()
    return found


def look_at(screen: Screen, path: str, language: str) -> None:
    """At both widths, in the colours that go with them."""
    for look in (each for each in LOOKS if each.locale == language):
        screen.page.set_viewport_size(WIDTHS[look.width])  # type: ignore[arg-type]  # a dict is what it takes
        screen.page.emulate_media(color_scheme=look.scheme)  # type: ignore[arg-type]  # one of its words
        screen.shoot(f"{look.width} {language[:2]} {look.scheme} {path}")
        screen.assert_clean()


def inspect(screen: Screen) -> None:
    """At 200 and 400 %, by keyboard, by axe. Colours and room may change on the desktop."""
    for size in (ZOOMED, SMALL):
        screen.page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict is what it takes
        screen.assert_clean()
    shown = screen.page.url
    for width, scheme, rules in (("phone", "light", ()), ("desktop", "dark", ("color-contrast", "target-size"))):
        screen.page.set_viewport_size(WIDTHS[width])  # type: ignore[arg-type]  # a dict is what it takes
        screen.page.emulate_media(color_scheme=scheme)
        screen.assert_accessible(*rules)
    screen.assert_focus_is_seen()
    screen.assert_still()
    screen.assert_directions_apart()
    assert screen.page.url == shown, "something leads on when it is reached"
