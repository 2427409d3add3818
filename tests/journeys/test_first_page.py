"""What a visitor's first page weighs: few requests, little style and script, nothing from elsewhere."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.journeys.browser import open_screen
from tests.journeys.people import Person
from tests.server import RunningServer

MOST_REQUESTS = 20
MOST_STYLE_AND_SCRIPT = 60_000
MOST_SHIFT = 0.02
"""Of Cumulative Layout Shift: 0.1 is called good."""
SHIFT = """() => new Promise((tell) => {
    let shift = 0
    const add = (seen) => seen.getEntries().forEach((one) => { if (!one.hadRecentInput) shift += one.value })
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => tell(shift)))
})"""
OF_OURS = ("text/css", "text/javascript", "application/javascript")

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_visitors_first_page_is_light(browser: Browser, server: RunningServer, alice: Person, width: str) -> None:
    alice.post("The first thing that a visitor reads")
    visitor = open_screen(browser, server.origin, f"first-{width}", width, reduced_motion="no-preference")
    answers: list[Response] = []

    def note(answer: Response) -> None:  # The driver wants a function of Python's.
        answers.append(answer)

    visitor.page.on("response", note)

    visitor.page.goto("/", wait_until="networkidle")
    assert visitor.page.evaluate(SHIFT) <= MOST_SHIFT

    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(server.origin).netloc}
    assert len(answers) <= MOST_REQUESTS, [answer.url for answer in answers]
    weights = {answer.url: _weight(answer) for answer in answers if _kind(answer) in OF_OURS}
    assert weights and sum(weights.values()) <= MOST_STYLE_AND_SCRIPT, weights


def _kind(answer: Response) -> str:
    return answer.headers.get("content-type", "").partition(";")[0]


def _weight(answer: Response) -> int:
    """Bytes as they travelled: packed, unless that saves nothing."""
    weight = int(answer.headers["content-length"])
    assert answer.headers.get("content-encoding") == "gzip" or weight < 1_000, answer.url
    return weight
