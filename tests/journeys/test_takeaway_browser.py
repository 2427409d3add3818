"""In a real browser: taking one's archive along, bringing a list."""

import zipfile
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import WIDTHS, Screen, open_screen
from tests.journeys.people import Person, Welcome
from tests.server import RunningServer

pytestmark = pytest.mark.browser


def signed_in(browser: Browser, person: Person, width: str = "desktop", language: str = "fr-FR") -> Screen:
    screen = open_screen(browser, person.server.origin, f"takeaway-{width}", width, locale=language)
    screen.let_in(person)
    return screen


@pytest.mark.parametrize("width", WIDTHS)
def test_an_archive_is_taken_along(
    browser: Browser, server: RunningServer, welcome_person: Welcome, width: str, tmp_path: Path
) -> None:
    person = welcome_person("traveller")
    person.post("What I want to keep #keepsake")
    screen = signed_in(browser, person, width)
    screen.open("/settings/data")
    screen.shoot("archive before")
    screen.page.locator('form[action="/settings/data/archive"] button').click()
    expect(screen.page.get_by_text("Votre archive est en préparation")).to_be_visible()
    button = screen.page.locator('form[action="/settings/data/download"] button')
    screen.open_until("/settings/data", button)
    screen.shoot("archive ready")
    with screen.page.expect_download() as downloading:
        button.click()
    file = tmp_path / "taken.zip"
    downloading.value.save_as(file)
    assert b"#keepsake" in zipfile.ZipFile(file).read("outbox.json")
    done = server.command("verify-archive", str(file))
    assert done.returncode == 0 and "is whole" in done.stdout
    screen.assert_clean()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_list_is_brought_and_read_while_one_waits(
    browser: Browser, server: RunningServer, welcome_person: Welcome, width: str
) -> None:
    person, friend = welcome_person("mover"), welcome_person("friend")
    screen = signed_in(browser, person, width)
    screen.open("/settings/data")
    screen.page.get_by_text("Comment s’écrit un fichier de filtres").click()
    expect(screen.page.get_by_text("Filter name,Keyword,Whole word,Action,Contexts,Expires at")).to_be_visible()
    screen.page.locator("#file").scroll_into_view_if_needed()
    screen.shoot("how filters are written")
    screen.assert_clean()
    content = f"Account address,Show boosts\n{friend.name},true\nnobody,true\nfar@elsewhere.example,true\n"
    screen.page.set_input_files(
        "input[name=file]", {"name": "f.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    screen.page.locator('form[action="/settings/data/imports"] button').click()
    expect(screen.page.get_by_text("Le fichier est lu.")).to_be_visible()
    expect(screen.page.get_by_text("Personne ici ne porte ce nom.")).to_be_visible()
    screen.shoot("import read")
    screen.assert_clean()
    assert [each["id"] for each in person.get(f"/api/v1/accounts/{person.id}/following")] == [friend.id]


@pytest.mark.parametrize("width", WIDTHS)
def test_who_leaves_is_gone_and_comes_back_by_signing_in(
    browser: Browser, server: RunningServer, welcome_person: Welcome, width: str
) -> None:
    person = welcome_person("leaver")
    screen = signed_in(browser, person, width)
    screen.open("/settings/data/leave")
    screen.shoot("leave")
    screen.assert_clean()
    screen.page.locator("input#name").fill(person.name)
    screen.page.locator("button.button-danger").click()
    expect(screen.page.get_by_text("Le compte est masqué et sera supprimé.")).to_be_visible()
    assert httpx.get(f"{server.origin}/@{person.name}").status_code == 410
    assert person.http.get("/api/v1/timelines/home").status_code == 401
    signed_in(browser, person, width)
    assert httpx.get(f"{server.origin}/@{person.name}").status_code == 200


def test_what_is_no_archive_of_ours_is_not_whole(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    done = server.command("verify-archive", str(tmp_path / "a.zip"))
    assert done.returncode == 1 and "mesange: a.zip" in done.stderr and "Traceback" not in done.stderr
