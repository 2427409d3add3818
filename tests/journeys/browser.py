"""A real, quiet Chromium: pages that watch their own console, network, policy and width."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.journeys.inspection import (
    AXE,
    IN_MOTION,
    IN_PASSING,
    OVERFLOW,
    RULES,
    SQUEEZED,
    TELL_OF_POLICY,
    UNISOLATED,
    UNMARKED,
)
from tests.journeys.people import Person, eventually
from tests.journeys.visitor import Visitor
from tests.server import PATIENCE, ROOT

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
LATE = PATIENCE * 1_000
"""In milliseconds, as the driver counts."""
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


class Look(NamedTuple):
    width: str
    locale: str
    scheme: str


LOOKS = [
    Look("phone", "en-GB", "light"),
    Look("phone", "fr-FR", "dark"),
    Look("desktop", "fr-FR", "light"),
    Look("desktop", "en-GB", "dark"),
]
"""Each pair of width, language and colours once: what goes wrong for one of them, or for two together, is seen."""
FEW = [Look("phone", "fr-FR", "light"), Look("desktop", "en-GB", "dark")]
"""Each of them once: for stories that last."""
OPENED: list["Screen"] = []
"""The windows of this test; at its end nothing may stand in red in any."""


@contextmanager
def quiet_chromium(program: str) -> Iterator[Browser]:
    """A headless browser that talks to nobody but our server."""
    expect.set_options(timeout=LATE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET, headless=True)
        yield browser
        browser.close()


@dataclass
class Screen:
    """One person's window; `complaints` is what a developer would see in red."""

    page: Page
    name: str
    origin: str
    complaints: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.page.set_default_timeout(LATE)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.add_init_script(TELL_OF_POLICY)
        self.page.on("request", lambda request: self._stay(request.url))
        self.page.on("requestfailed", lambda request: self._miss(request.url, request.failure))
        self.page.on("response", lambda answer: self._judge(answer.url, answer.status))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _stay(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"left our origin: {url}")

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
        eventually(lambda: self.page.goto(path) and wanted.count(), bool)
        expect(wanted).to_be_visible()

    def open_live(self, path: str) -> None:
        """Open a page that is told of what changes, and be on its line: what changed before would not be told."""
        with self.page.expect_response(lambda answer: "/live" in answer.url and "after=" in answer.url):
            self.page.goto(path)

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
        return self.page.evaluate(OVERFLOW)

    def tab_to(self, wanted: Locator, most: int = 80) -> None:
        """Go there with the Tab key alone, seeing at each step where one is."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            assert not self.page.evaluate(IN_PASSING), f"{self.name}: {self.page.evaluate(IN_PASSING)}"
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{self.name}: no way by keyboard to {wanted}")

    def assert_accessible(self, *rules: str, within: str = "html") -> None:
        """No violation that axe-core can find: of WCAG 2.2 A and AA and of good practice, or of these rules alone.

        `within` a sheet that lies over the rest, which it half covers.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        chosen = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
        how = {"runOnly": chosen, "resultTypes": ["violations"]}
        # What the bar at the bottom half covers is too small a target for axe, though the page scrolls.
        self._place_bar("static")
        found = self.page.evaluate("([where, how]) => axe.run(where, how)", [within, how])
        self._place_bar("")
        told = [f"{each['id']}: {[node['html'][:160] for node in each['nodes']]}" for each in found["violations"]]
        assert not told, f"{self.name} on {self.page.url}: {told}"

    def assert_focus_is_seen(self) -> None:
        """Whatever the keyboard reaches says so by its looks, in the order of reading."""
        self.page.keyboard.press("Tab")
        found = self.page.evaluate(UNMARKED)
        assert not found, f"{self.name} on {self.page.url}: {found}"

    def assert_still(self) -> None:
        """For who asked for no motion, nothing moves."""
        found = self.page.evaluate(IN_MOTION)
        assert not found, f"{self.name} on {self.page.url} moves: {found}"

    def assert_directions_apart(self) -> None:
        """Words of people that run from right to left turn nothing around them."""
        found = self.page.evaluate(UNISOLATED)
        assert not found, f"{self.name} on {self.page.url} is turned around: {found}"

    def _place_bar(self, position: str) -> None:
        self.page.evaluate(f"for (const bar of document.querySelectorAll('.rail')) bar.style.position = '{position}'")

    def assert_quiet(self) -> None:
        """Nothing in red: no error, no refusal, no breach of the policy, no request to anywhere else."""
        found, self.complaints = self.complaints, []
        assert not found, f"{self.name} on {self.page.url}: {found}"

    def assert_clean(self) -> None:
        self.assert_quiet()
        sticking_out = self.overflow()
        assert not sticking_out, f"{self.name} on {self.page.url} is too wide: {sticking_out}"
        squeezed = self.page.evaluate(SQUEEZED)
        assert not squeezed, f"{self.name} on {self.page.url}: {squeezed}"


def open_screen(browser: Browser, origin: str, name: str, width: str = "desktop", **options: Any) -> Screen:
    """A window of its own: own cookies, language and colours; nothing moves in it while somebody looks."""
    options = {"locale": "en-GB", "color_scheme": "light", "reduced_motion": "reduce"} | options
    context = browser.new_context(base_url=origin, viewport=WIDTHS[width], **options)  # type: ignore[arg-type]
    screen = Screen(context.new_page(), name, origin)
    OPENED.append(screen)
    return screen
