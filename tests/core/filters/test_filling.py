"""A page of a timeline from which a reader's filters take posts is full all the same."""

from functools import partial

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.filters.actions import FilterChoice, KeywordChange, create_filter
from mesange.core.filters.model import FilterContext
from mesange.core.filters.queries import MOST_FURTHER, Filled, fill_page
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.timelines.queries import Origin, list_home, list_public
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post
from tests.core.watched import watch

HIDING = FilterChoice("Fog", ["home"], "hide", keywords=[KeywordChange("fog")])
SUN = KeywordChange("sun")
HOME = FilterContext.HOME


@pytest.fixture
async def shore(server: Server, ada: Viewer, bob: Viewer) -> list[int]:
    """Ids of what Bob, whom Ada follows, says of other things than fog, newest first: two of nine posts."""
    await follow_account(server, ada, bob.account_id, FollowOptions())
    said = [await post(server, bob, "sun" if number % 9 in (3, 4) else "fog") for number in range(90)]
    return [status.id for status in reversed(said) if status.text == "sun"]


async def home(server: Server, viewer: Viewer, page: Page) -> Filled:
    return await fill_page(server, viewer.account_id, page, partial(list_home, server, viewer), HOME)


async def test_a_page_is_read_on_until_it_is_full(server: Server, ada: Viewer, shore: list[int]) -> None:
    await create_filter(server, ada, HIDING)
    found = await home(server, ada, Page(4))
    assert (found.ids, found.goes_on) == (shore[:4], True)
    assert shore[4] < found.cursors[-1] <= shore[3]


@pytest.mark.parametrize("limit", [1, 3, 5, 40])
@pytest.mark.parametrize("forwards", [False, True])
async def test_pages_one_after_the_other_show_everything_once(
    server: Server, ada: Viewer, shore: list[int], limit: int, forwards: bool
) -> None:
    await create_filter(server, ada, HIDING)
    page, seen = Page(limit, forwards=forwards), list[int]()
    while True:
        found = await home(server, ada, page)
        seen = [*found.ids, *seen] if forwards else [*seen, *found.ids]
        if not found.goes_on:
            break
        page = Page(limit, above=found.cursors[0], forwards=True) if forwards else Page(limit, below=found.cursors[-1])
    assert seen == shore


async def test_who_hides_everything_gets_nothing_in_bounded_time(server: Server, ada: Viewer, shore: list[int]) -> None:
    await create_filter(server, ada, FilterChoice("All", ["home"], "hide", keywords=[*HIDING.keywords, SUN]))
    reads: list[Page] = []

    async def pick(page: Page) -> list[int]:
        reads.append(page)
        return await list_home(server, ada, page)

    found = await fill_page(server, ada.account_id, Page(5), pick, HOME)
    assert (found.ids, len(found.cursors), found.goes_on) == ([], 5 * (1 + MOST_FURTHER), True)
    assert len(reads) == 1 + MOST_FURTHER
    assert not (await home(server, ada, Page(40, below=shore[-1]))).goes_on


async def test_filters_elsewhere_and_milder_ones_leave_pages_alone(
    server: Server, ada: Viewer, bob: Viewer, shore: list[int]
) -> None:
    await create_filter(server, ada, FilterChoice("Warned", ["home"], "warn", keywords=[SUN]))
    await create_filter(server, ada, FilterChoice("Elsewhere", ["public"], "hide", keywords=[SUN]))
    assert len((await home(server, ada, Page(20))).ids) == 20
    pick = partial(list_public, server, ada, origin=Origin(local=True))
    public = await fill_page(server, ada.account_id, Page(20), pick, FilterContext.PUBLIC)
    assert set(public.ids).isdisjoint(shore) and len(public.ids) == 20


async def test_a_boost_of_what_is_hidden_is_hidden(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await create_filter(server, ada, HIDING)
    await reblog_status(server, bob, (await post(server, eve, "fog")).id)
    kept = await reblog_status(server, bob, (await post(server, eve, "sun")).id)
    assert (await home(server, ada, Page())).ids == [kept.id]


async def test_who_has_no_filter_reads_as_often_as_before(server: Server, ada: Viewer, shore: list[int]) -> None:
    await home(server, ada, Page())
    watched = watch(server)
    plain = await list_home(server, ada, Page())
    before = len(watched.asked)
    assert (await home(server, ada, Page())).ids == plain
    assert len(watched.asked) == 2 * before
