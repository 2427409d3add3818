"""Pictures in a real browser: attached with a description, by mouse and by keyboard, shown, opened, veiled."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from tests.journeys.browser import Screen, open_screen
from tests.journeys.people import Person

pytestmark = pytest.mark.browser
ALT = "Une mésange jaune au milieu du bleu"


def picture(colour: str = "#3a6ea5", size: tuple[int, int] = (1200, 800)) -> bytes:
    image = Image.new("RGB", size, colour)
    ImageDraw.Draw(image).ellipse((size[0] // 3, size[1] // 3, size[0] // 2, size[1] // 2), fill="#f5c518")
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "one.jpg", tmp_path / "two.jpg"]
    for path, colour in zip(found, ("#3a6ea5", "#a53a3a"), strict=True):
        path.write_bytes(picture(colour))
    return found


@pytest.fixture(params=["phone", "desktop"])
def screen(request: pytest.FixtureRequest, browser: Browser, alice: Person) -> Screen:
    locale, scheme = ("fr-FR", "light") if request.param == "desktop" else ("en-GB", "dark")
    name = f"media-{request.param}"
    screen = open_screen(browser, alice.server.origin, name, request.param, locale=locale, color_scheme=scheme)
    screen.let_in(alice)
    return screen


def test_a_picture_is_attached_described_and_posted(screen: Screen, files: list[Path]) -> None:
    page = screen.page
    screen.open("/compose")
    page.locator("textarea[name=text]").fill("Regardez")
    page.locator("input[type=file]").set_input_files(files)
    rows = page.locator("[data-attached]")
    expect(rows).to_have_count(2)
    screen.shoot("composer with files")
    screen.assert_clean()
    screen.assert_accessible()

    rows.nth(0).locator("[data-alt]").fill(ALT)
    rows.nth(0).locator("img").click(position={"x": 5, "y": 5})
    rows.nth(1).locator("[data-take]").click()
    expect(rows).to_have_count(1)
    page.locator("form.composer .composer-foot .button-main").click()
    page.wait_for_url(lambda url: "/compose" not in url)

    shown = page.locator("article .media img").first
    expect(shown).to_have_attribute("alt", ALT)
    expect(shown).to_have_class("at-x-0 at-y-0")
    screen.shoot("post with a picture")
    screen.assert_clean()
    screen.assert_accessible()

    page.locator("article .media-words summary").first.click()
    expect(page.locator("article .media-words p").first).to_have_text(ALT)
    page.locator("article .media a[data-viewer]").first.press("Enter")
    expect(page.locator("dialog.viewer img")).to_have_attribute("alt", ALT)
    screen.shoot("viewer")
    screen.assert_accessible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.viewer")).to_be_hidden()
    screen.assert_clean()


def test_who_forgot_the_description_is_reminded_once(screen: Screen, files: list[Path]) -> None:
    page = screen.page
    screen.open("/compose")
    page.locator("input[type=file]").set_input_files(files[:1])
    alt = page.locator("[data-alt]")
    expect(alt).to_have_count(1)
    post = page.locator("form.composer .composer-foot .button-main")
    post.click()
    expect(page.locator("[data-attach-told]")).to_be_visible()
    expect(alt).to_be_focused()
    post.click()
    page.wait_for_url(lambda url: "/compose" not in url)
    expect(page.locator("article .media img").first).to_be_visible()


def test_what_is_refused_is_said_where_it_was_chosen(screen: Screen, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.png"
    wrong.write_bytes(b"<svg onload='alert(1)'/>")
    screen.open("/compose")
    screen.page.locator("input[type=file]").set_input_files(wrong)
    expect(screen.page.locator("[data-attach-told]")).to_be_visible()
    expect(screen.page.locator("[data-attached]")).to_have_count(0)
    assert [found for found in screen.complaints if "422" not in found] == []
    screen.complaints.clear()


def test_sensitive_pictures_wait_behind_a_veil(screen: Screen, alice: Person) -> None:
    answer = alice.http.post("/api/v2/media", files={"file": ("a.jpg", picture(), "image/jpeg")})
    post = alice.post("Doux", media_ids=[answer.json()["id"]], sensitive=True)
    page = screen.page
    screen.open(f"/@{alice.name}/{post['id']}")
    hidden = page.locator(".post-alone .media img")
    expect(hidden).to_be_hidden()
    screen.shoot("veil")
    screen.assert_accessible()
    page.locator(".post-alone .media-veil > summary").press("Enter")
    expect(hidden).to_be_visible()
    screen.open(f"/@{alice.name}/media")
    screen.assert_clean()
    screen.assert_accessible()


def test_a_filter_that_blurs_leaves_the_words(screen: Screen, alice: Person, bob: Person) -> None:
    answer = bob.http.post("/api/v2/media", files={"file": ("a.jpg", picture("#3a5"), "image/jpeg")})
    post = bob.post("Une araignée dans le jardin", media_ids=[answer.json()["id"]])
    words = [{"keyword": "araignée"}]
    made = alice.do(
        "/api/v2/filters", title="Huit pattes", context=["public"], filter_action="blur", keywords_attributes=words
    )
    page = screen.page
    screen.open("/local")
    article = page.locator(f"article[data-status='{post['id']}']")
    expect(article.get_by_text("Une araignée dans le jardin")).to_be_visible()
    expect(article.locator(".media img")).to_be_hidden()
    expect(article.locator(".media-veil > summary")).to_contain_text("Huit pattes")
    screen.shoot("blurred by a filter")
    screen.assert_clean()
    screen.assert_accessible()
    article.locator(".media-veil > summary").press("Enter")
    expect(article.locator(".media img")).to_be_visible()
    alice.http.delete(f"/api/v2/filters/{made['id']}")
