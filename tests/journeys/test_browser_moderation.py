"""Bob reports a post, the staff decides, Alice reads why and answers: in a real browser, at both widths."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, Welcome
from tests.server import RunningServer

pytestmark = pytest.mark.browser
SECTIONS = "reports accounts keeping-out domains rules texts log parked mails".split()


def screen_of(browser: Browser, person: Person, width: str) -> Screen:
    screen = open_screen(browser, person.server.origin, person.name, width)
    screen.let_in(person)
    return screen


def looked_at(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_report_decision_and_answer(
    browser: Browser, server: RunningServer, welcome_person: Welcome, width: str
) -> None:
    loud, reader = welcome_person(f"loud{width}"), welcome_person(f"reader{width}")
    name = f"keeper{width}"
    keeper = Person(name, server.create_account(name, "--role", "owner"), "", server)
    status = loud.post("LOUD, with a long word: " + "Donaudampfschifffahrt" * 4)

    screen = screen_of(browser, reader, width)
    screen.open(f"/accounts/{loud.id}/report?status={status['id']}")
    screen.page.get_by_label("It is spam").check()
    screen.page.locator("textarea[name=comment]").fill("Far too loud")
    looked_at(screen, "report")
    screen.page.get_by_role("button", name="Send the report").click()
    expect(screen.page.get_by_text("Your report has arrived").first).to_be_visible()

    staff = screen_of(browser, keeper, width)
    for section in ("", *SECTIONS):
        staff.open(f"/admin/{section}".rstrip("/"))
        looked_at(staff, f"admin {section}")
    staff.open("/admin/reports")
    staff.page.get_by_role("link", name=f"@{loud.name}").first.click()
    expect(staff.page.get_by_text("Far too loud").first).to_be_visible()
    looked_at(staff, "one report")
    staff.page.locator("select[name=measure]").select_option("delete")
    staff.page.locator("textarea[name=text]").fill("It was too loud for this place.")
    staff.page.get_by_role("button", name="Decide").click()
    expect(staff.page.get_by_text("The people concerned are told").first).to_be_visible()
    assert loud.http.get(f"/api/v1/statuses/{status['id']}").status_code == 404

    answer_to_the_decision(browser, loud, width)
    staff.open("/admin/reports")
    expect(staff.page.get_by_text("I was whispering").first).to_be_visible()
    staff.press(staff.page.get_by_role("button", name="Keep the decision"))
    staff.assert_clean()


def answer_to_the_decision(browser: Browser, loud: Person, width: str) -> None:
    screen = screen_of(browser, loud, width)
    screen.open("/settings/moderation")
    expect(screen.page.get_by_text("It was too loud for this place.").first).to_be_visible()
    looked_at(screen, "decision")
    screen.page.locator("textarea[name=appeal]").fill("I was whispering")
    screen.page.get_by_role("button", name="Send my answer").click()
    expect(screen.page.get_by_text("Your answer has arrived").first).to_be_visible()


@pytest.mark.parametrize("path", ["/rules", "/privacy", "/terms", "/contact"])
def test_what_this_place_says_of_itself_is_for_everyone(browser: Browser, server: RunningServer, path: str) -> None:
    screen = open_screen(browser, server.origin, "visitor", "phone")
    screen.open(path)
    looked_at(screen, f"visitor {path}")
