"""A real, quiet Chromium: pages that watch their own console, network and width."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # pyright: ignore[reportMissingTypeStubs]
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.journeys.people import Person, eventually
from tests.journeys.visitor import Visitor
from tests.server import ROOT

SCREENSHOTS = ROOT / ".screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 20_000
"""Milliseconds after which a page is late, on a machine that others keep busy."""
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


@contextmanager
def quiet_chromium(program: str) -> Iterator[Browser]:
    """A headless browser that talks to nobody but our server."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET, headless=True)
        yield browser
        browser.close()


@dataclass
class Screen:
    """One person's window; `complaints` is what a developer would see in red."""

    page: Page
    name: str
    complaints: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self._miss(request.url, request.failure))
        self.page.on("response", lambda answer: self._judge(answer.url, answer.status))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _miss(self, url: str, failure: str | None) -> None:
        # A stream or a load that leaving the page cut short is no fault.
        if failure != "net::ERR_ABORTED":
            self.complaints.append(f"{failure}: {url}")

    def _judge(self, url: str, status: int) -> None:
        if status >= 400:
            self.complaints.append(f"{status}: {url}")

    def open(self, path: str) -> None:
        self.page.goto(path)

    def open_until(self, path: str, wanted: Locator) -> None:
        """Open the page again and again until this stands on it: what others do arrives a moment later."""
        eventually(lambda: self.page.goto(path) and wanted.count(), bool, patience=20)
        expect(wanted).to_be_visible()

    def press(self, button: Locator) -> None:
        """Press a button that leads to another page, and be there: who went on at once would cut the form off."""
        with self.page.expect_navigation():
            button.click()

    def let_in(self, person: Person) -> None:
        """From here on this person's window, without the form: journeys whose subject it is fill it."""
        origin = person.server.origin
        visitor = Visitor(origin)
        assert visitor.sign_in(person).is_success
        for cookie in visitor.http.cookies.jar:
            self.page.context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": origin}])

    def shoot(self, what: str) -> None:
        """Keep a picture to look at, where somebody made the folder for it; never in git."""
        if SCREENSHOTS.is_dir():
            words = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
            self.page.screenshot(path=SCREENSHOTS / f"{self.name}-{words}.png")

    def overflow(self) -> list[str]:
        """What sticks out of the window on the right, if the page can be scrolled sideways."""
        return self.page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth
                if (document.documentElement.scrollWidth <= width) return []
                return [...document.querySelectorAll('body *')]
                    .filter(one => one.getBoundingClientRect().right > width + 1)
                    .map(one => one.outerHTML.slice(0, 120)).slice(0, 5)
            }"""
        )

    def squeezed(self) -> list[str]:
        """Portraits that are not square."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.avatar')]
                .map(one => [one.className, one.getBoundingClientRect()])
                .filter(([, box]) => Math.abs(box.width - box.height) > 1)
                .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
        )

    def assert_accessible(self) -> None:
        """No violation of WCAG 2.2 A and AA that axe-core can find."""
        # What the bar at the bottom half covers is too small a target for axe, though the page scrolls.
        self._place_bar("static")
        found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        self._place_bar("")
        told = [f"{each['id']}: {[node['html'][:160] for node in each['nodes']]}" for each in found]
        assert not told, f"{self.name} on {self.page.url}: {told}"

    def _place_bar(self, position: str) -> None:
        self.page.evaluate(f"for (const bar of document.querySelectorAll('.rail')) bar.style.position = '{position}'")

    def assert_clean(self) -> None:
        found, self.complaints = self.complaints, []
        assert not found, f"{self.name} on {self.page.url}: {found}"
        sticking_out = self.overflow()
        assert not sticking_out, f"{self.name} on {self.page.url} is too wide: {sticking_out}"
        assert not self.squeezed(), f"{self.name} on {self.page.url}: {self.squeezed()}"


def open_screen(browser: Browser, origin: str, name: str, width: str = "desktop", **options: Any) -> Screen:
    """A window of its own: own cookies, language and colours."""
    options = {"locale": "en-GB", "color_scheme": "light"} | options
    context = browser.new_context(base_url=origin, viewport=WIDTHS[width], **options)  # type: ignore[arg-type]
    return Screen(context.new_page(), name)
