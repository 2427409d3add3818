"""Links of our own: off unless wanted, they lead where a member said, and count days, never people."""

import pytest

from mesange.core.accounts.model import Account, Viewer
from mesange.core.teams.model import Organization, Role
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.links import (
    count_click,
    led_over_ours,
    shorten_link,
    stop_tracking,
    track_links,
)
from mesange.workspace.publishing.actions.relay_publishing import relay_items
from mesange.workspace.publishing.actions.relays import add_relay
from mesange.workspace.publishing.model.links import DayOfClicks, LinkTracking, checked_url, is_bot, tagged
from mesange.workspace.publishing.queries.links import find_link, get_link, list_days, list_links, load_clicks
from tests.core.people import new_viewer
from tests.workspace.publishing.relays.blogs import Blog, member

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TRACKING = LinkTracking(0, 0, "mesange", "{account}", "{campaign}")


@pytest.fixture
def tracking(kindy: Account) -> LinkTracking:
    return LinkTracking(kindy.id, 0, "mesange", "social", "{account} {campaign}")


async def test_nothing_is_tracked_unless_somebody_wants_it(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, tracking: LinkTracking
) -> None:
    assert await led_over_ours(server, editor, kindy, "https://kindy.example/") == "https://kindy.example/"
    await track_links(server, editor, tracking)
    short = await led_over_ours(server, editor, kindy, "https://kindy.example/", "hiver")
    assert short.startswith("https://here.example/l/")
    assert await led_over_ours(server, editor, kindy, "https://kindy.example/", "hiver") == short
    assert await led_over_ours(server, editor, kindy, short) == short
    await stop_tracking(server, editor, kindy.id)
    assert await led_over_ours(server, editor, kindy, "https://kindy.example/") == "https://kindy.example/"


async def test_a_relay_publishes_over_the_links_of_its_account(
    server: Server, blog: Blog, editor: Viewer, kindy: Account, tracking: LinkTracking
) -> None:
    await track_links(server, editor, tracking)
    await add_relay(server, editor, kindy.id, blog.url(), "{title} {link}", first=1)
    await relay_items(server)
    (link,) = await list_links(server.db, editor, kindy.organization_id or 0, Page(10))
    assert link.url == blog.url("/old-1") + "?utm_source=mesange&utm_medium=social&utm_campaign=kindy+Le+blog"
    (text,) = await server.db.row("SELECT text FROM statuses WHERE account_id = ?", kindy.id) or ("",)
    assert text == f"An older item 1 https://here.example/l/{link.code}"


async def test_clicks_are_counted_by_the_day_and_bots_apart(
    server: Server, clock: FixedClock, editor: Viewer, kindy: Account
) -> None:
    link = await shorten_link(server, editor, kindy.id, "https://kindy.example/")
    found = await find_link(server.db, link.code)
    assert found == link
    today = clock.now() // DAY
    for agent in (FIREFOX, FIREFOX, "", "Twitterbot/1.0", "Mastodon/4.5 (+https://a.example) http.rb"):
        await count_click(server, link, agent)
    clock.move(DAY)
    await count_click(server, link, FIREFOX)
    assert await list_days(server.db, editor, link.id) == [DayOfClicks(today + 1, 1, 0), DayOfClicks(today, 2, 3)]
    assert await load_clicks(server.db, [link.id]) == {link.id: (3, 3)}


def test_what_says_that_it_is_a_program_is_none_of_the_people() -> None:
    assert not is_bot(FIREFOX)
    assert not is_bot("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1")
    for agent in ("", "curl/8.1", "facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "python-requests/2.32"):
        assert is_bot(agent), agent


def test_utm_values_are_added_and_those_that_stand_are_left() -> None:
    url = "https://kindy.example/a?x=1&utm_source=shop#part"
    assert tagged(url, TRACKING, "kindy", "hiver 26") == (
        "https://kindy.example/a?x=1&utm_source=shop&utm_medium=kindy&utm_campaign=hiver+26#part"
    )
    assert tagged("https://kindy.example/", TRACKING, "kindy") == (
        "https://kindy.example/?utm_source=mesange&utm_medium=kindy"
    )


@pytest.mark.parametrize(
    "url", ["", "kindy.example", "javascript:alert(1)", "https://a@b.example/", "https://a.example/ x", "data:,x"]
)
def test_only_addresses_of_pages_are_led_to(url: str) -> None:
    with pytest.raises(Invalid):
        checked_url(url)


async def test_counts_are_for_members_and_changes_for_who_may_publish(
    server: Server, editor: Viewer, kindy: Account, organization: Organization, tracking: LinkTracking
) -> None:
    link = await shorten_link(server, editor, kindy.id, "https://kindy.example/")
    analyst = await member(server, organization, kindy, Role.ANALYST)
    contributor = await member(server, organization, kindy, Role.CONTRIBUTOR)
    stranger = await new_viewer(server, "stranger")
    assert await list_days(server.db, analyst, link.id) == []
    assert (await shorten_link(server, contributor, kindy.id, "https://kindy.example/")).id == link.id
    for attempt in (
        shorten_link(server, analyst, kindy.id, "https://kindy.example/b"),
        track_links(server, contributor, tracking),
        stop_tracking(server, analyst, kindy.id),
    ):
        with pytest.raises(Forbidden):
            await attempt
    for attempt in (
        get_link(server.db, stranger, link.id),
        list_days(server.db, stranger, link.id),
        list_links(server.db, stranger, organization.id, Page(10)),
        shorten_link(server, stranger, kindy.id, "https://kindy.example/"),
        track_links(server, stranger, tracking),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await find_link(server.db, "nothing1") is None
