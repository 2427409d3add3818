"""Doors in a real Chromium: a riddle at sign-up, codes, a passkey of a virtual authenticator, a pseudonym."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from pyotp.totp import TOTP

from tests.journeys.browser import Screen, open_screen
from tests.journeys.newcomers import PASSWORD, confirmation_link, sign_in
from tests.journeys.people import Person, welcome
from tests.server import PrepareServer, RunningServer, free_port

pytestmark = pytest.mark.browser


@pytest.fixture
def local(prepare_server: PrepareServer) -> Iterator[RunningServer]:
    """A server under a name: passkeys are bound to one, and an address in figures is none."""
    port = free_port()
    server = prepare_server(MESANGE_ORIGIN=f"http://localhost:{port}", MESANGE_REGISTRATIONS="open")
    server.port = port
    with server:
        yield server


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"input[name={name}]:visible").fill(value)


def awaiting(server: RunningServer) -> str:
    return server.command("admin", "waiting").stdout


def look(screen: Screen, what: str) -> None:
    """Keep a picture at both widths, and nothing in red."""
    for width, size in (("phone", {"width": 390, "height": 844}), ("desktop", {"width": 1440, "height": 900})):
        screen.page.set_viewport_size(size)  # type: ignore[arg-type]
        screen.shoot(f"{what} {width}")
        for colours in ("dark", "light"):
            screen.page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # one of two words
            screen.assert_accessible()
        screen.assert_clean()


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_a_browser_proves_that_it_is_no_robot(browser: Browser, server: RunningServer, language: str) -> None:
    screen = open_screen(browser, server.origin, f"proof-{language}", locale=language)
    name = f"tit_{language[:2]}"
    screen.open("/sign-up")
    look(screen, "sign-up")
    fill(screen.page, username=name, email=f"{name}@example.com", password=PASSWORD)
    screen.page.locator("form[action='/sign-up'] button").click()
    expect(screen.page.locator("h1")).to_have_text(re.compile("Look in your mail|Regardez"))
    screen.page.goto(confirmation_link(server, name))
    screen.page.locator("form[action*=confirm] button").click()
    expect(screen.page.locator(".switcher")).to_be_visible()
    screen.assert_clean()


def test_without_a_script_somebody_reads_the_sign_up_first(browser: Browser, server: RunningServer) -> None:
    screen = open_screen(browser, server.origin, "no-proof", java_script_enabled=False)
    screen.open("/sign-up")
    expect(screen.page.get_by_text("Without JavaScript your browser cannot prove")).to_be_visible()
    fill(screen.page, username="quiet_tit", email="quiet_tit@example.com", password=PASSWORD)
    screen.press(screen.page.locator("form[action='/sign-up'] button"))
    screen.page.goto(confirmation_link(server, "quiet_tit"))
    screen.press(screen.page.locator("form[action*=confirm] button"))
    expect(screen.page.get_by_text("Your sign-up is being read")).to_be_visible()
    screen.shoot("waiting")
    assert "quiet_tit" in awaiting(server)


@pytest.fixture
def robin(local: RunningServer) -> Person:
    return welcome(local, "robin")


def test_codes_are_set_up_and_asked(browser: Browser, local: RunningServer, robin: Person) -> None:
    screen = open_screen(browser, local.origin, "codes")
    page = screen.page
    sign_in(screen, robin)
    screen.open("/settings/security")
    look(screen, "security")
    screen.press(page.get_by_role("link", name="Set up codes"))
    look(screen, "set up codes")
    secret = re.sub(r"\s", "", page.locator("code").first.inner_text())
    fill(page, code=TOTP(secret).now())
    screen.press(page.get_by_role("button", name="Ask for codes from now on"))
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    look(screen, "recovery codes")
    other = open_screen(browser, local.origin, "codes-asked", "phone")
    other.open("/sign-in")
    fill(other.page, email=robin.email, password=robin.password)
    other.press(other.page.get_by_role("button", name="Sign in", exact=True))
    look(other, "one more step")
    fill(other.page, code=codes[0])
    other.page.get_by_role("button", name="Sign in", exact=True).click()
    other.page.wait_for_url(f"{local.origin}/")
    other.assert_clean()


def authenticator(screen: Screen) -> tuple[CDPSession, str]:
    """A platform authenticator that says yes; Chromium's own, over its debugging protocol."""
    session = screen.page.context.new_cdp_session(screen.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_passkey_is_added_used_and_removed(browser: Browser, local: RunningServer, robin: Person) -> None:
    origin = local.origin.replace("127.0.0.1", "localhost")
    screen = open_screen(browser, origin, "passkey")
    page = screen.page
    session, identity = authenticator(screen)
    sign_in(screen, robin)
    screen.open("/settings/security")
    fill(page, name="Blue phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is ready.")).to_be_visible()
    expect(page.get_by_text("Blue phone")).to_be_visible()
    look(screen, "passkeys")
    credentials = session.send("WebAuthn.getCredentials", {"authenticatorId": identity})["credentials"]
    assert [each["rpId"] for each in credentials] == ["localhost"]
    page.context.clear_cookies()
    screen.open("/sign-in?return=/notifications")
    look(screen, "sign in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{origin}/notifications")
    screen.open("/settings/security")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("This passkey opens nothing any more.")).to_be_visible()
    screen.assert_clean()


def test_one_writes_under_a_pseudonym_and_back(browser: Browser, server: RunningServer, bob: Person) -> None:
    screen = open_screen(browser, server.origin, "pseudonym")
    page = screen.page
    screen.let_in(bob)
    screen.open("/settings/accounts")
    look(screen, "accounts")
    page.set_viewport_size({"width": 1440, "height": 900})
    owl = f"owl_{bob.name}"
    fill(page, username=owl)
    page.get_by_label("A pseudonym").check()
    screen.press(page.get_by_role("button", name="Add the account"))
    screen.open("/compose")
    expect(page.locator(".composer-as[data-pseudonym]")).to_contain_text(owl)
    look(screen, "composer of a pseudonym")
    page.locator("form textarea").first.fill("Hoo from nowhere")
    screen.press(page.locator("form:has(textarea) button.button-main").first)
    expect(page.get_by_text("Hoo from nowhere").first).to_be_visible()
    visitor = open_screen(browser, server.origin, "pseudonym-seen", "phone")
    visitor.open(f"/@{owl}")
    expect(visitor.page.get_by_text("Hoo from nowhere")).to_be_visible()
    assert bob.name not in visitor.page.content().replace(owl, "")
    screen.open("/settings/accounts")
    screen.press(page.get_by_role("button", name="Choose").first)
    screen.open("/compose")
    expect(page.locator(".composer-as")).to_contain_text(bob.name)
    assert page.locator(".composer-as[data-pseudonym]").count() == 0
    for each in (screen, visitor):
        each.assert_clean()
