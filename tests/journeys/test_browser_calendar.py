"""Two colleagues at one calendar: what one drags the other sees, and who writes is told."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Role
from mesange.kit.settings import Settings
from mesange.main import open_server
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.model.planning import Plan
from tests.core.people import organization_account
from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, welcome
from tests.server import PrepareServer

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TALL = {"width": 1440, "height": 2400}
FROM, TO, NEXT = "2099-06-09", "2099-06-16", "2099-06-17"


def plan_together(folder: Path, people: list[Person]) -> str:
    """An organization whose editors they are, and one publication; its id."""

    async def work() -> str:
        async with open_server(Settings(data=folder)) as server:
            names = [person.name for person in people]
            users = [await server.db.value("SELECT user_id FROM accounts WHERE username = ?", each) for each in names]
            organization = await create_organization(server, "Harbour", users[0])
            for user_id in users[1:]:
                await add_member(server, organization.id, user_id, Role.EDITOR)
            account = await organization_account(server, "harbour", organization.id)
            viewer = Viewer(account_id=account.id, user_id=users[0])
            plan = Plan(f"{FROM}T09:00", "UTC")
            return str((await write_publication(server, viewer, account.id, [Draft("High water")], plan)).id)

    with ThreadPoolExecutor(1) as aside:  # Playwright holds this thread's loop.
        return aside.submit(lambda: asyncio.run(work())).result()


def at_the_calendar(browser: Browser, origin: str, person: Person) -> Screen:
    screen = open_screen(browser, origin, person.name)
    screen.page.set_viewport_size(TALL)  # type: ignore[arg-type]  # a dict is what it takes
    screen.let_in(person)
    screen.open(f"/publishing?view=month&day={FROM}")
    return screen


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_what_one_drags_the_other_sees(browser: Browser, prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    people = [welcome(server, "ines"), welcome(server, "wim")]
    server.stop()
    made = plan_together(server.folder, people)
    server.start()
    ines, wim = (at_the_calendar(browser, server.origin, person) for person in people)

    ines.page.locator(f"#entry-{made}").drag_to(ines.page.locator(f"[data-day='{TO}']"))
    for screen in (ines, wim):
        expect(screen.page.locator(f"[data-day='{TO}'] #entry-{made}")).to_be_visible()
    expect(ines.page.locator("[data-calendar-said]")).to_contain_text("16 June 2099")

    wim.page.locator(f"#entry-{made}").focus()
    wim.page.keyboard.press("Alt+ArrowRight")
    for screen in (ines, wim):
        expect(screen.page.locator(f"[data-day='{NEXT}'] #entry-{made}")).to_be_visible()
    expect(wim.page.locator(f"#entry-{made}")).to_be_focused()

    for screen in (ines, wim):
        screen.open(f"/publishing/{made}")
    with wim.page.expect_response(lambda answer: answer.url.endswith("/writing")):
        wim.page.locator("textarea.composer-text").press_sequentially("now ")
    expect(ines.page.locator(".presence")).to_contain_text("wim")
    wim.press(wim.page.locator("form.publication-form button.button-main"))
    expect(ines.page.locator("[data-publication-changed]")).to_be_visible()
    ines.assert_quiet()
