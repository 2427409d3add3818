"""The ten journeys that this place is for, on a phone in French and on a desktop in English, three by keyboard alone.

A visitor reads, signs up and confirms, writes a first post, follows, replies, writes a thread, plans a post, mends one,
takes an archive along and brings a list, and the staff handles a report.
"""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import FEW, Look, Screen, open_screen
from tests.journeys.newcomers import sign_up
from tests.journeys.people import Person, Welcome, eventually
from tests.server import RunningServer

pytestmark = pytest.mark.browser
WORDS = {
    "en-GB": {"reply": "Reply", "decided": "The people concerned are told", "heard": "Your report has arrived"},
    "fr-FR": {"reply": "Répondre", "decided": "Les personnes concernées", "heard": "Votre signalement est arrivé"},
}
MAIN = "form.composer .composer-foot .button-main"


@pytest.fixture(params=FEW, ids=lambda look: look.width)
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


def window(browser: Browser, person: Person, look: Look, **options: str | bool) -> Screen:
    """One person's, signed in."""
    screen = visitors_window(browser, person.server, look, **options)
    screen.let_in(person)
    return screen


def visitors_window(browser: Browser, server: RunningServer, look: Look, **options: str | bool) -> Screen:
    name = f"ten-{look.width}-{look.locale[:2]}"
    known = {"locale": look.locale, "color_scheme": look.scheme, "timezone_id": "Europe/Paris"}
    return open_screen(browser, server.origin, name, look.width, **(known | options))


def finish(screen: Screen, what: str) -> None:
    screen.shoot(what)
    screen.assert_accessible()
    screen.assert_clean()


def test_1_a_visitor_reads_without_javascript(browser: Browser, alice: Person, bob: Person, look: Look) -> None:
    status = bob.post(f"Plain HTML is enough #plain{look.width}")
    alice.post("An answer under it", in_reply_to_id=status["id"])
    screen = visitors_window(browser, bob.server, look, java_script_enabled=False)
    screen.open("/")
    thread = f"/@{bob.name}/{status['id']}"
    for path in ("/local", f"/tags/plain{look.width}", f"/@{bob.name}", thread):
        screen.open(path)
        expect(screen.page.get_by_text("Plain HTML is enough").first).to_be_visible()
    expect(screen.page.get_by_text("An answer under it")).to_be_visible()
    for path in ("/", f"/@{bob.name}/media", f"/@{bob.name}/about", "/directory", f"/share/buttons?of=@{bob.name}"):
        screen.open(path)
        for waiting in screen.page.locator("main details:not([open]) > summary").all():
            waiting.click()
        screen.shoot(f"no scripts {path}")
        screen.assert_clean()


def test_2_a_visitor_signs_up_and_confirms(browser: Browser, server: RunningServer, look: Look) -> None:
    screen = visitors_window(browser, server, look)
    screen.open("/")
    screen.press(screen.page.locator("a[href='/sign-up']:visible").first)
    sign_up(screen, server, f"robin_{look.width}")
    expect(screen.page.locator(f"a[href='/@robin_{look.width}']:visible").first).to_be_visible()
    finish(screen, "signed up")


def test_3_a_first_post_by_keyboard_alone(browser: Browser, welcome_person: Welcome, look: Look) -> None:
    newcomer, reader = welcome_person("newcomer"), welcome_person("reader")
    watching = window(browser, reader, look)
    watching.open("/local")
    screen = window(browser, newcomer, look)
    screen.open("/")
    screen.tab_to(screen.page.locator("#text-new, textarea[name=text]").first)
    screen.page.keyboard.type(f"My first post, {newcomer.name}")
    screen.page.keyboard.press("Control+Enter")
    expect(screen.page.locator("article.post", has_text="My first post").first).to_be_visible()
    watching.page.locator("[data-fresh]").first.click()
    card = watching.page.locator("article.post", has_text=f"My first post, {newcomer.name}")
    card.locator(".act-boost").click()
    expect(card.locator(".act-boost")).to_have_attribute("aria-pressed", "true")
    screen.open_until("/notifications", screen.page.get_by_text(reader.name).first)
    finish(screen, "first post boosted")


def test_4_somebody_is_followed_by_keyboard_alone(
    browser: Browser, alice: Person, welcome_person: Welcome, look: Look
) -> None:
    friend = welcome_person("friend")
    friend.post(f"Seen at home, {look.width}")
    screen = window(browser, alice, look)
    screen.open(f"/@{friend.name}")
    button = screen.page.locator(".profile-acts button").first
    screen.tab_to(button)
    screen.page.keyboard.press("Enter")
    expect(button).to_have_attribute("formaction", f"/accounts/{friend.id}/unfollow")
    screen.open("/")
    expect(screen.page.get_by_text(f"Seen at home, {look.width}")).to_be_visible()
    finish(screen, "home with a friend")


def test_5_a_reply_by_keyboard_alone(browser: Browser, alice: Person, bob: Person, look: Look) -> None:
    asked = bob.post(f"Who answers, {look.width}?")
    screen = window(browser, alice, look)
    screen.open(f"/@{bob.name}/{asked['id']}")
    screen.tab_to(screen.page.locator("textarea[name=text]").first)
    screen.page.keyboard.press("Control+End")
    screen.page.keyboard.type("I do")
    screen.tab_to(screen.page.locator(MAIN))
    expect(screen.page.locator(MAIN)).to_have_text(WORDS[look.locale]["reply"])
    screen.page.keyboard.press("Enter")
    expect(screen.page.locator("article.post", has_text="I do").first).to_be_visible()
    answers = eventually(lambda: bob.get(f"/api/v1/statuses/{asked['id']}/context")["descendants"], len)
    assert [each["account"]["id"] for each in answers] == [alice.id]
    finish(screen, "replied")


def test_6_a_thread_is_written_and_sent_whole(browser: Browser, alice: Person, look: Look) -> None:
    screen = window(browser, alice, look)
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("First of a thread")
    screen.page.locator("button[value=add]").click()
    screen.page.locator("[name=text_2]").fill("Second of a thread")
    screen.press(screen.page.locator(MAIN))
    screen.page.get_by_text("First of a thread").first.wait_for()
    found = alice.get(f"/api/v1/accounts/{alice.id}/statuses", limit=2)
    assert found[0]["in_reply_to_id"] == found[1]["id"]
    screen.assert_clean()


def test_7_a_post_is_planned_by_the_clocks_of_the_browser(
    browser: Browser, welcome_person: Welcome, look: Look
) -> None:
    planner = welcome_person("planner")
    screen = window(browser, planner, look)
    screen.open("/compose")
    screen.page.locator("textarea").first.fill("Happy new year")
    screen.page.locator(".composer-later summary").click()
    screen.page.locator("[name=scheduled_date]").fill("2099-01-01")
    screen.page.locator("[name=scheduled_time]").fill("00:00")
    expect(screen.page.locator(MAIN)).not_to_have_text(WORDS[look.locale]["reply"])
    screen.press(screen.page.locator(MAIN))
    expect(screen.page.get_by_text("00:00 (UTC+01:00)")).to_be_visible()
    planned = eventually(lambda: planner.get("/api/v1/scheduled_statuses"), len)
    assert planned[0]["scheduled_at"] == "2098-12-31T23:00:00.000Z"
    screen.assert_clean()


def test_8_a_post_is_mended_and_says_so(browser: Browser, alice: Person, look: Look) -> None:
    status = alice.post("A sentance")
    screen = window(browser, alice, look)
    screen.open(f"/@{alice.name}/{status['id']}")
    screen.page.locator(".post-alone .post-acts .menu summary").click()
    screen.press(screen.page.locator(f".post-alone a[href$='/statuses/{status['id']}/edit']"))
    expect(screen.page.locator("textarea").first).to_have_value("A sentance")
    screen.page.locator("textarea").first.fill("A sentence")
    screen.press(screen.page.locator("form.composer .button-main"))
    expect(screen.page.get_by_text("A sentence").first).to_be_visible()
    screen.open(f"/@{alice.name}/{status['id']}/history")
    expect(screen.page.locator(".history > li")).to_have_count(2)
    finish(screen, "history of a post")


def test_9_an_archive_is_taken_along_and_a_list_is_brought(
    browser: Browser, server: RunningServer, welcome_person: Welcome, look: Look, tmp_path: Path
) -> None:
    traveller, friend = welcome_person("traveller"), welcome_person("friend")
    traveller.post("What I want to keep #keepsake")
    screen = window(browser, traveller, look)
    screen.open("/settings/data")
    screen.press(screen.page.locator('form[action="/settings/data/archive"] button'))
    button = screen.page.locator('form[action="/settings/data/download"] button')
    screen.open_until("/settings/data", button)
    with screen.page.expect_download() as downloading:
        button.click()
    file = tmp_path / "taken.zip"
    downloading.value.save_as(file)
    assert b"#keepsake" in zipfile.ZipFile(file).read("outbox.json")
    done = server.command("verify-archive", str(file))
    assert done.returncode == 0 and "is whole" in done.stdout

    content = f"Account address,Show boosts\n{friend.name},true\nnobody,true\nfar@elsewhere.example,true\n"
    screen.page.locator(".field-hint > summary").click()
    expect(screen.page.get_by_text("Filter name,Keyword,Whole word,Action,Contexts,Expires at")).to_be_visible()
    screen.assert_clean()
    brought = {"name": "f.csv", "mimeType": "text/csv", "buffer": content.encode()}
    screen.page.set_input_files("input[name=file]", brought)  # type: ignore[arg-type]  # a dict is what it takes
    screen.press(screen.page.locator('form[action="/settings/data/imports"] button'))
    expect(screen.page.locator(".notice-done")).to_be_visible()
    expect(screen.page.get_by_text("far@elsewhere.example, true")).to_be_visible()
    finish(screen, "import read")
    assert [each["id"] for each in traveller.get(f"/api/v1/accounts/{traveller.id}/following")] == [friend.id]


def test_10_the_staff_handles_a_report(
    browser: Browser, server: RunningServer, welcome_person: Welcome, look: Look
) -> None:
    loud, reader = welcome_person("loud"), welcome_person("reader")
    name, words = f"keeper_{look.width}", WORDS[look.locale]
    keeper = Person(name, server.create_account(name, "--role", "owner"), "", server)
    status = loud.post("LOUD, with a long word: " + "Donaudampfschifffahrt" * 4)
    screen = window(browser, reader, look)
    screen.open(f"/accounts/{loud.id}/report?status={status['id']}")
    screen.page.locator("input[type=radio][value=spam]").check()
    screen.page.locator("textarea[name=comment]").fill("Far too loud")
    screen.press(screen.page.locator("form:has(textarea[name=comment]) .button-main"))
    expect(screen.page.get_by_text(words["heard"]).first).to_be_visible()

    staff = window(browser, keeper, look)
    staff.open("/admin/reports")
    staff.press(staff.page.get_by_role("link", name=f"@{loud.name}").first)
    expect(staff.page.get_by_text("Far too loud").first).to_be_visible()
    finish(staff, "one report")
    staff.page.locator("select[name=measure]").select_option("delete")
    staff.page.locator("textarea[name=text]").fill("It was too loud for this place.")
    staff.press(staff.page.locator("form:has(select[name=measure]) .button-main"))
    expect(staff.page.get_by_text(words["decided"]).first).to_be_visible()
    assert loud.http.get(f"/api/v1/statuses/{status['id']}").status_code == 404

    answering = window(browser, loud, look)
    answering.open("/settings/moderation")
    expect(answering.page.get_by_text("It was too loud for this place.").first).to_be_visible()
    finish(answering, "decision")
    answering.page.locator("textarea[name=appeal]").fill("I was whispering")
    answering.press(answering.page.locator("form:has(textarea[name=appeal]) button"))
    staff.open("/admin/reports")
    expect(staff.page.get_by_text("I was whispering").first).to_be_visible()
    staff.press(staff.page.locator("form[action='/admin/appeals'] button").first)
