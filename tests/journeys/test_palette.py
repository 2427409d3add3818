"""Ctrl-K leads anywhere by a few letters; the same places stand on a page for who has no script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import open_screen
from tests.journeys.people import Person
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_few_letters_lead_anywhere(browser: Browser, alice: Person, width: str) -> None:
    screen = open_screen(browser, alice.server.origin, f"palette-{width}", width, locale="fr-FR")
    screen.let_in(alice)
    screen.open("/local")
    page = screen.page
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("epingl")
    expect(page.get_by_role("option")).to_have_text(["Chercher « epingl »"])
    box.fill("ecrit")
    expect(page.get_by_role("option").first).to_contain_text("Écriture")
    screen.assert_accessible()
    screen.shoot(f"palette {width}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/writing")
    page.keyboard.press("Control+k")
    page.keyboard.type("#mésange")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tags/m%C3%A9sange")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_count(0)
    screen.open("/everywhere")
    screen.assert_accessible()
    screen.assert_clean()


def test_every_place_is_there(alice: Person) -> None:
    visitor = Visitor(alice.server.origin)
    visitor.sign_in(alice)
    visitor.open("/everywhere")
    places = [str(link["href"]) for link in visitor.soup.select(".places a")]
    assert len(places) > 25
    for place in places:
        assert visitor.open(place).status_code == 200, place
