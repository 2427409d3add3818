"""Axe looks at what posts carry and at the settings, at both widths, in both languages, light and dark."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser

from mesange.core.cards.model import PreviewCard, StatusCard
from mesange.core.cards.tables import preview_cards, status_cards
from mesange.core.statuses.model import Holds
from mesange.kit.settings import Settings
from mesange.main import open_server
from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, welcome
from tests.server import PrepareServer, RunningServer

pytestmark = pytest.mark.browser
SETTINGS = "profile accounts security security/codes sessions invitations filters tags hidden moderation data"
LOOKS = [
    ("phone", "en-GB", "light"),
    ("phone", "fr-FR", "dark"),
    ("desktop", "fr-FR", "light"),
    ("desktop", "en-GB", "dark"),
]


def give_card(server: RunningServer, status_id: int) -> None:
    """The card of a page elsewhere, as the job writes it that fetches pages; journeys reach nobody."""

    async def work() -> None:
        async with open_server(Settings(data=server.folder)) as opened, opened.db.transaction() as tx:
            card = PreviewCard(
                id=opened.ids.next(),
                url="https://elsewhere.example/",
                title="The tide tables of " + "Donaudampfschifffahrt" * 3,
                description="High water, low water, and what the wind does to both.",
                provider_name="Elsewhere",
            )
            await tx.execute("DELETE FROM preview_cards WHERE url = ?", card.url)
            await tx.insert(preview_cards, card)
            await tx.execute("DELETE FROM status_cards WHERE status_id = ?", status_id)
            await tx.insert(status_cards, StatusCard(status_id, card.id))
            await tx.execute("UPDATE statuses SET holds = holds | ? WHERE id = ?", int(Holds.CARD), status_id)

    with ThreadPoolExecutor(1) as aside:  # Playwright holds this thread's loop.
        aside.submit(lambda: asyncio.run(work())).result()


def furnish(server: RunningServer) -> tuple[Person, list[str]]:
    """Somebody, and where there is a card, polls before and after a vote, a filter."""
    robin, wren = welcome(server, "robin"), welcome(server, "wren")
    robin.follow(wren)
    linked = wren.post("Look at https://elsewhere.example/")
    options = ["In the morning", "In the evening, when the light is low", "Donaudampfschifffahrt" * 2]
    asked = wren.post("When do you swim?", poll={"options": options, "expires_in": 3600})
    voted = wren.post("Tea or coffee?", poll={"options": ["Tea", "Coffee"], "expires_in": 3600, "multiple": True})
    robin.do(f"/api/v1/polls/{voted['poll']['id']}/votes", choices=[0])
    robin.do("/api/v2/filters", title="Tides", context=["home"], keywords_attributes=[{"keyword": "spring tide"}])
    server.stop()
    give_card(server, int(linked["id"]))
    server.start()
    return robin, [f"/@{wren.name}/{post['id']}" for post in (linked, asked, voted)]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_what_posts_carry_and_the_settings_are_for_everyone(browser: Browser, prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    robin, posts = furnish(server)
    for width, locale, scheme in LOOKS:
        name = f"looks-{width}-{locale[:2]}-{scheme}"
        screen = open_screen(browser, server.origin, name, width, locale=locale, color_scheme=scheme)
        look_at(screen, [*posts, "/design"])
        screen.let_in(robin)
        look_at(screen, [*posts, "/", *(f"/settings/{path}" for path in SETTINGS.split())])
        refuse_a_filter(screen)


def look_at(screen: Screen, paths: list[str]) -> None:
    for path in paths:
        screen.open(path)
        screen.shoot(path)
        screen.assert_accessible()
        screen.assert_clean()


def refuse_a_filter(screen: Screen) -> None:
    screen.open("/settings/filters")
    screen.page.locator("#title").fill("Waves")
    screen.page.locator("#words").fill("x" * 101)
    screen.press(screen.page.locator("form.panel .button-main"))
    assert screen.page.locator("#words[aria-invalid]").input_value() == "x" * 101
    screen.complaints.clear()
    screen.shoot("filter refused")
    screen.assert_accessible()
