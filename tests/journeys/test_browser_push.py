"""What is pushed to a browser whose pages are all elsewhere: its worker tells it, and leads to the notifications."""

import json

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.browser import open_screen
from tests.journeys.people import Person, eventually

pytestmark = pytest.mark.browser
PUSHED = {"title": "Noor follows you", "body": "Tides", "icon": "/static/none.png", "notification_id": 7}
"""As pushes come that test_pages_notifications opens."""
TOLD = """async () => {
    const worker = await navigator.serviceWorker.ready
    return (await worker.getNotifications()).map(({ title, body, tag }) => [title, body, tag])
}"""


def registration_of(page: Page) -> tuple[CDPSession, str]:
    """The worker as the browser knows it, over its debugging protocol."""
    session, known = page.context.new_cdp_session(page), list[str]()

    def note(found: dict[str, list[dict[str, str]]]) -> None:  # The driver wants a function of Python's.
        known.extend(each["registrationId"] for each in found["registrations"])

    session.on("ServiceWorker.workerRegistrationUpdated", note)
    session.send("ServiceWorker.enable")
    return session, eventually(lambda: page.wait_for_timeout(50) or known[-1:], bool)[0]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("engine")
def test_a_push_is_told_and_leads_to_the_notifications(browser: Browser, alice: Person) -> None:
    screen = open_screen(browser, alice.server.origin, "push", permissions=["notifications"])
    page = screen.page
    screen.let_in(alice)
    screen.open("/settings/notifications")
    eventually(lambda: page.evaluate("() => Boolean(navigator.serviceWorker.controller)"), bool)
    page.get_by_role("button", name="Tell me in this browser").click()
    # A browser without a profile has no push service: that is said beside the button, which can be pressed again.
    expect(page.locator("[data-push-refused]")).to_be_visible()
    expect(page.get_by_role("button", name="Tell me in this browser")).to_be_enabled()
    screen.complaints.clear()  # Chromium gives its reason there.
    session, registration = registration_of(page)
    told = {"origin": alice.server.origin, "registrationId": registration, "data": json.dumps(PUSHED)}
    session.send("ServiceWorker.deliverPushMessage", told)
    assert eventually(lambda: page.evaluate(TOLD), bool) == [["Noor follows you", "Tides", "7"]]
    (worker,) = page.context.service_workers
    with page.expect_navigation(url="**/notifications"):
        worker.evaluate(
            "async () => { const [notification] = await registration.getNotifications();"
            "dispatchEvent(new NotificationEvent('notificationclick', { notification })) }"
        )
    assert page.evaluate(TOLD) == []
    screen.assert_clean()
