"""What many different people use now trends, once staff have looked at it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec
import pytest

from mesange.core.accounts.model import VISITOR, UserRole, Viewer
from mesange.core.discovery.actions import forget_old_uses, rank_trends, review_trend
from mesange.core.discovery.model import (
    DayOfUse,
    Review,
    TrendKind,
    day_of,
    heat_of,
    level_after,
    link_key,
    score_of,
)
from mesange.core.discovery.queries import list_reviewable, list_trending_statuses, list_trends, load_histories
from mesange.core.follows.actions import block_account, mute_account
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.marks import favourite_status
from mesange.kit.clock import DAY, HOUR, FixedClock
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

STAFF = Viewer(user_id=1, role=UserRole.MODERATOR)
Trending = Callable[[], Awaitable[None]]


@pytest.fixture
def trending(server: Server, consume: Callable[[], Awaitable[None]]) -> Trending:
    async def trending() -> None:
        await consume()
        await rank_trends(server)

    return trending


@pytest.fixture
async def crowd(server: Server) -> list[Viewer]:
    return [await new_viewer(server, f"p{number}") for number in range(5)]


async def approved(server: Server, kind: TrendKind) -> list[str]:
    for trend in await list_reviewable(server, kind, Review.PENDING):
        await review_trend(server, STAFF, trend.id, Review.APPROVED)
    return [trend.key for trend in await list_trends(server, kind, limit=10)]


async def test_a_hashtag_of_many_people_trends_and_one_of_a_single_voice_does_not(
    server: Server, crowd: list[Viewer], trending: Trending
) -> None:
    for person in crowd:
        await post(server, person, "To the #Harbour")
        await post(server, crowd[0], "#me #me")
    await trending()
    assert await approved(server, TrendKind.HASHTAG) == ["harbour"]


async def test_nothing_is_shown_before_staff_have_looked_at_it(
    server: Server, crowd: list[Viewer], trending: Trending
) -> None:
    for person in crowd:
        await post(server, person, "#one #two http://a.example/page#part")
    await trending()
    assert await list_trends(server, TrendKind.HASHTAG, limit=10) == []
    one, two = sorted(await list_reviewable(server, TrendKind.HASHTAG, Review.PENDING), key=lambda trend: trend.key)
    await review_trend(server, STAFF, one.id, Review.APPROVED)
    await review_trend(server, STAFF, two.id, Review.REJECTED)
    assert [trend.key for trend in await list_trends(server, TrendKind.HASHTAG, limit=10)] == ["one"]
    server.settings = msgspec.structs.replace(server.settings, trends="trusted")
    assert [trend.key for trend in await list_trends(server, TrendKind.LINK, limit=10)] == ["http://a.example/page"]
    assert [trend.key for trend in await list_trends(server, TrendKind.HASHTAG, limit=10)] == ["one"]
    server.settings = msgspec.structs.replace(server.settings, trends="off")
    assert await list_trends(server, TrendKind.HASHTAG, limit=10) == []


async def test_g15_who_is_no_staff_is_refused_before_anything_is_looked_up(server: Server, ada: Viewer) -> None:
    for viewer in (ada, VISITOR):
        with pytest.raises(Forbidden):
            await review_trend(server, viewer, 12345, Review.APPROVED)


async def test_what_cools_down_trends_no_more_and_is_forgotten(
    server: Server, crowd: list[Viewer], trending: Trending, clock: FixedClock
) -> None:
    for person in crowd:
        await post(server, person, "#storm")
    await trending()
    assert await approved(server, TrendKind.HASHTAG) == ["storm"]
    clock.move(9 * DAY)
    await trending()
    assert await approved(server, TrendKind.HASHTAG) == []
    await forget_old_uses(server)
    assert await server.db.value("SELECT count(*) FROM trend_people") == 0
    assert await server.db.value("SELECT count(*) FROM trend_days") == 0


async def test_a_history_has_seven_days_with_people_and_uses(
    server: Server, crowd: list[Viewer], trending: Trending, clock: FixedClock
) -> None:
    await post(server, crowd[0], "#storm")
    clock.move(DAY)
    for person in crowd:
        await post(server, person, "#storm")
        await post(server, person, "#storm again")
    await trending()
    trend = (await list_reviewable(server, TrendKind.HASHTAG, Review.PENDING))[0]
    days = (await load_histories(server, [trend.id]))[trend.id]
    today = day_of(clock.now())
    assert days[:3] == [DayOfUse(today, 10, 5), DayOfUse(today - 1, 1, 1), DayOfUse(today - 2)]
    assert len(days) == 7


async def test_private_words_never_trend(server: Server, crowd: list[Viewer], trending: Trending) -> None:
    for person in crowd:
        for visibility in ("unlisted", "private", "direct"):
            await post(server, person, "#secret http://secret.example/x", visibility)
    await trending()
    assert await server.db.value("SELECT count(*) FROM trends") == 0


async def test_a_post_of_many_hands_trends_for_those_who_may_see_it(
    server: Server, crowd: list[Viewer], trending: Trending
) -> None:
    author, *others = crowd
    liked = await post(server, author, "Everyone likes this")
    gone = await post(server, author, "and this")
    for person in others:
        await favourite_status(server, person, liked.id)
        await favourite_status(server, person, gone.id)
    await favourite_status(server, author, liked.id)
    await trending()
    assert sorted(await approved(server, TrendKind.STATUS)) == sorted([str(liked.id), str(gone.id)])
    await delete_status(server, author, gone.id)
    await mute_account(server, others[0], author.account_id)
    await block_account(server, author, others[1].account_id)
    shown = [await list_trending_statuses(server, viewer, limit=5) for viewer in (VISITOR, others[2], *others[:2])]
    assert shown == [[liked.id], [liked.id], [], []]


NOW = 1_700_000_000_000
TODAY = day_of(NOW)


def test_the_heat_halves_in_six_hours() -> None:
    level = level_after(None, 8, NOW)
    assert heat_of(level, NOW) == pytest.approx(8)
    assert heat_of(level, NOW + 6 * HOUR) == pytest.approx(4)
    assert heat_of(level_after(level, 1, NOW + 6 * HOUR), NOW + 6 * HOUR) == pytest.approx(5)


def test_what_is_new_trends_more_than_what_is_said_every_day() -> None:
    level = level_after(None, 20, NOW)
    today = DayOfUse(TODAY, 20, 20)
    always = [today, *(DayOfUse(TODAY - day, 40, 40) for day in range(1, 8))]
    assert score_of(level, [today], NOW) > score_of(level, always, NOW) > 0
    quiet = level_after(None, 10, NOW)
    assert score_of(quiet, [replace(today, people=10), *always[1:]], NOW) == 0


def test_a_link_is_known_without_its_fragment_and_campaign() -> None:
    assert link_key("HTTPS://A.example/x?utm_source=me&b=1#part") == "https://a.example/x?b=1"
