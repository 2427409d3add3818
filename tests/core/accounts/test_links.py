"""A link of a profile is verified when its page points back, and only then."""

import json

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.actions.links import check_due_links
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.model.links import addresses_in
from mesange.core.accounts.queries import get_account
from mesange.edges.mastodon.entities.account import account_fields
from mesange.kit.clock import DAY, MINUTE, FixedClock
from mesange.kit.http import Answer, Http, OutgoingFailed, OutgoingRefused
from mesange.kit.previews import me_links
from mesange.kit.server import Server

PAGE = "https://ada.example/about"
BACK = '<p>Me: <a rel="nofollow me" href="https://here.example/@ada">me</a>'


class Web(Http):
    """Pages of other servers, by address; an error is raised."""

    def __init__(self) -> None:
        super().__init__("https://here.example")
        self.pages: dict[str, str | Exception | Answer] = {}
        self.asked: list[str] = []

    async def get(self, url: str, **_: object) -> Answer:  # type: ignore[override]
        self.asked.append(url)
        found = self.pages.get(url, OutgoingFailed())
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, Answer) else Answer(200, {"content-type": "text/html"}, found.encode(), url)


@pytest.fixture
async def web(server: Server) -> Web:
    server.http = web = Web()
    return web


async def line_of(server: Server, viewer: Viewer) -> dict[str, object]:
    return account_fields(server.settings, await get_account(server, viewer.account_id))[0]


async def write_line(server: Server, viewer: Viewer, value: str, name: str = "Site") -> None:
    await change_profile(server, viewer, ProfileChange(fields=[(name, value)]))


async def test_a_page_that_points_back_verifies_the_line(
    server: Server, web: Web, ada: Viewer, clock: FixedClock
) -> None:
    web.pages[PAGE] = BACK
    await write_line(server, ada, PAGE)
    assert (await line_of(server, ada))["verified_at"] is None
    await check_due_links(server)
    line = await line_of(server, ada)
    assert line["verified_at"] == "2023-11-14T22:13:20.000Z"
    assert f">{PAGE}</a>" in str(line["value"]) and 'rel="me ' in str(line["value"])
    await check_due_links(server)
    assert web.asked == [PAGE]
    await change_profile(server, ada, ProfileChange(note="Only the bio changes"))
    assert (await line_of(server, ada))["verified_at"]
    clock.move(DAY)
    web.pages[PAGE] = "<p>no more"
    await write_line(server, ada, PAGE, "Home")
    await check_due_links(server)
    assert (await line_of(server, ada))["verified_at"] is None


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://here.example/@ada">me</a>',
        '<a rel="me" href="https://here.example/@bob">me</a>',
        '<a rel="me" href="https://here.example/@ada.evil">me</a>',
        '<a rel="me" href="https://evil.example/?https://here.example/@ada">me</a>',
        '<!-- <a rel="me" href="https://here.example/@ada">me</a> -->',
        '<script>"<a rel=me href=https://here.example/@ada>"</script>',
        '<a rel="meow" href="https://here.example/@ada">me</a>',
        '<div rel="me" href="https://here.example/@ada">me</div>',
        "",
    ],
)
async def test_any_other_page_verifies_nothing(server: Server, web: Web, ada: Viewer, page: str) -> None:
    web.pages[PAGE] = page
    await write_line(server, ada, PAGE)
    await check_due_links(server)
    assert (await line_of(server, ada))["verified_at"] is None


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"content-type": "text/plain"}, BACK.encode(), PAGE),
        Answer(404, {"content-type": "text/html"}, BACK.encode(), PAGE),
        Answer(200, {"content-type": "text/html"}, BACK.encode(), "https://evil.example/about"),
        OutgoingRefused(),
    ],
)
async def test_a26_only_the_page_itself_speaks_for_its_host(
    server: Server, web: Web, ada: Viewer, answer: Answer | Exception
) -> None:
    """A redirect that anybody can use must not lend a bank's name to a stranger."""
    web.pages[PAGE] = answer
    await write_line(server, ada, PAGE)
    await check_due_links(server)
    assert (await line_of(server, ada))["verified_at"] is None


async def test_a_page_that_does_not_answer_is_asked_three_times(
    server: Server, web: Web, ada: Viewer, clock: FixedClock
) -> None:
    await write_line(server, ada, PAGE)
    for wait in (0, 10 * MINUTE, DAY, DAY, DAY):
        clock.move(wait)
        await check_due_links(server)
    assert web.asked == [PAGE] * 3
    assert await server.db.value("SELECT count(*) FROM link_checks") == 0


@pytest.mark.parametrize(
    ("value", "is_address"),
    [
        ("https://a.example/x?y=1#z", True), ("http://a.example", False), ("see https://a.example", False),
        ("https://a.example and more", False), ("javascript:alert(1)", False), ("https://a.example/\u202eb", True),
        ("https://", False), ("a.example", False),
    ],
)  # fmt: skip
def test_only_an_address_alone_can_be_verified(value: str, is_address: bool) -> None:
    assert bool(addresses_in(json.dumps([["Site", value]]), secure_only=True)) is is_address


async def test_d3_nothing_of_a_verified_address_is_hidden(server: Server, web: Web, ada: Viewer) -> None:
    address = "https://paypal.com.login.session.secure.account.evil.example/a?b=<script>"
    web.pages[address] = BACK
    await write_line(server, ada, address.replace("<script>", "c"))
    web.pages[address.replace("<script>", "c")] = BACK
    await check_due_links(server)
    value = str((await line_of(server, ada))["value"])
    assert "paypal.com.login.session.secure.account.evil.example/a?b=c</a>" in value
    assert "invisible" not in value and "ellipsis" not in value


async def test_what_leaves_the_profile_is_not_verified_any_more(server: Server, web: Web, ada: Viewer) -> None:
    web.pages[PAGE] = BACK
    await write_line(server, ada, PAGE)
    await check_due_links(server)
    await write_line(server, ada, "https://other.example")
    assert (await get_account(server, ada.account_id)).verified_links == "{}"


def test_g5_a_page_of_a_hundred_thousand_tags_is_read_in_time() -> None:
    assert me_links("<a rel=me href=https://a.example>" + "<div>" * 100_000) == {"https://a.example"}
    assert me_links("<a " * 100_000) == set()
