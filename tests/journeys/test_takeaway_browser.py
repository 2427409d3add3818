"""In a real browser: leaving, and coming back; what is no archive of ours."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person, Welcome
from tests.server import RunningServer

pytestmark = pytest.mark.browser


def signed_in(browser: Browser, person: Person, width: str = "phone") -> Screen:
    screen = open_screen(browser, person.server.origin, f"takeaway-{width}", width, locale="fr-FR")
    screen.let_in(person)
    return screen


def test_who_leaves_is_gone_and_comes_back_by_signing_in(
    browser: Browser, server: RunningServer, welcome_person: Welcome
) -> None:
    person = welcome_person("leaver")
    screen = signed_in(browser, person)
    screen.open("/settings/data/leave")
    screen.shoot("leave")
    screen.assert_clean()
    screen.page.locator("input#name").fill(person.name)
    screen.page.locator("button.button-danger").click()
    expect(screen.page.get_by_text("Le compte est masqué et sera supprimé.")).to_be_visible()
    assert httpx.get(f"{server.origin}/@{person.name}").status_code == 410
    assert person.http.get("/api/v1/timelines/home").status_code == 401
    signed_in(browser, person)
    assert httpx.get(f"{server.origin}/@{person.name}").status_code == 200


def test_what_is_no_archive_of_ours_is_not_whole(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    done = server.command("verify-archive", str(tmp_path / "a.zip"))
    assert done.returncode == 1 and "mesange: a.zip" in done.stderr and "Traceback" not in done.stderr
