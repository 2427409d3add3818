"""The staff makes a place one's own, in a real browser: an emoji, an announcement; axe looks at each page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.core.emojis.test_emojis import picture
from tests.journeys.browser import FEW, Screen, open_screen
from tests.journeys.people import Person
from tests.server import RunningServer

pytestmark = pytest.mark.browser
WORDS = {
    "en-GB": {"add": "Add the emoji", "announce": "Announce", "read": "I have read it", "sure": "Withdraw it"},
    "fr-FR": {"add": "Ajouter l’émoji", "announce": "Annoncer", "read": "Je l’ai lue", "sure": "La retirer"},
}


def look_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("width", "locale", "scheme"), FEW)
def test_an_emoji_and_an_announcement_are_made_seen_and_taken_away(
    browser: Browser, server: RunningServer, tmp_path: Path, width: str, locale: str, scheme: str
) -> None:
    kind, words = f"{width}_{locale[:2]}", WORDS[locale]
    name = f"owner_{kind}"
    password = server.create_account(name, "--role", "owner")
    screen = open_screen(browser, server.origin, f"staff-{kind}-{scheme}", width, locale=locale, color_scheme=scheme)
    page = screen.page
    screen.let_in(Person(name, password, server.create_token(name), server))

    (file := tmp_path / "tit.png").write_bytes(picture())
    screen.open("/admin/emojis")
    look_at(screen, "admin emojis empty")
    page.locator("#shortcode").fill(f"tit_{kind}")
    page.locator("#image").set_input_files(file)
    page.locator("#category").fill("Birds")
    screen.press(page.get_by_role("button", name=words["add"]))
    expect(page.locator(".emoji-row", has_text=f":tit_{kind}:")).to_be_visible()
    look_at(screen, "admin emojis")
    screen.open("/settings/profile")
    page.locator("#display_name").fill(f"Rosa :tit_{kind}:")
    screen.press(page.locator("form.page-body button.button-main"))
    expect(page.locator(".rail .name .emoji, .composer .emoji").first).to_be_attached()
    screen.open(f"/@{name}")
    expect(page.locator("h2 img.emoji")).to_be_visible()
    look_at(screen, "profile with an emoji")

    screen.open("/admin/announcements")
    page.locator("#text-new").fill(f"The nest moves, {kind}")
    page.locator("#starts_at-new").fill("2999-03-02T10:00")
    page.locator("#ends_at-new").fill("2999-03-01T10:00")
    screen.press(page.get_by_role("button", name=words["announce"], exact=True))
    expect(page.locator("#ends_at-new[aria-invalid]")).to_have_value("2999-03-01T10:00")
    screen.complaints.clear()
    look_at(screen, "admin announcement refused")
    page.locator("#ends_at-new").fill("2999-03-03T10:00")
    screen.press(page.get_by_role("button", name=words["announce"], exact=True))
    expect(page.locator("summary", has_text=f"The nest moves, {kind}")).to_be_visible()
    page.locator("summary", has_text=f"The nest moves, {kind}").click()
    look_at(screen, "admin announcements")
    screen.open("/")
    expect(page.locator(".announcement", has_text=f"The nest moves, {kind}")).to_be_visible()
    look_at(screen, "home with an announcement")
    screen.open("/admin/announcements")
    page.locator("summary", has_text=f"The nest moves, {kind}").click()
    page.locator("details[open] a[href$=withdraw]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look_at(screen, "announcement withdrawn for sure")
    screen.press(page.get_by_role("button", name=words["sure"]))
    expect(page.locator("summary", has_text=f"The nest moves, {kind}")).to_have_count(0)

    screen.open(f"/admin/emojis/tit_{kind}/delete")
    look_at(screen, "emoji deleted for sure")
    screen.press(page.locator("button.button-danger"))
    screen.open(f"/@{name}")
    expect(page.locator("h2", has_text=f":tit_{kind}:")).to_be_visible()
    screen.assert_clean()
