"""Filters: what they find, whose they are, how large they may be, when they end."""

from collections.abc import Awaitable, Callable

import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.filters.actions import (
    FOR_EVER,
    FilterChoice,
    KeywordChange,
    add_keyword,
    add_status,
    change_filter,
    change_keyword,
    create_filter,
    delete_filter,
    delete_keyword,
    end_filters,
    remove_status,
)
from mesange.core.filters.memory import FilterMemory
from mesange.core.filters.model import (
    MOST_FILTERS,
    MOST_KEYWORD,
    MOST_KEYWORDS,
    ActiveFilters,
    Filter,
    FilterAction,
    FilterContext,
    FilterKeyword,
    FullFilter,
    strongest,
)
from mesange.core.filters.queries import (
    active_filters,
    get_filter,
    get_filter_status,
    get_keyword,
    list_filters,
    load_filter_matches,
)
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.model import Status
from mesange.kit.clock import SECOND, FixedClock
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text.hygiene import MOST_TITLE
from tests.core.people import post
from tests.core.watched import watch
from tests.costs import work

WORD = [KeywordChange("spoiler", is_whole_word=True)]
CHOICE = FilterChoice("Films", ["home", "public"], keywords=WORD)


async def found(server: Server, viewer: Viewer, *statuses: Status) -> list[list[str]]:
    """The titles of the filters that speak of each status."""
    matches = await load_filter_matches(server, viewer.account_id, statuses)
    return [[match.filter.title for match in matches.get(status.id, [])] for status in statuses]


async def test_a_filter_finds_words_and_posts(server: Server, ada: Viewer, bob: Viewer) -> None:
    by_word, by_post = await post(server, bob, "What a SPOILER!"), await post(server, bob, "harmless")
    full = await create_filter(server, ada, CHOICE)
    await add_status(server, ada, full.filter.id, by_post.id)
    matches = await load_filter_matches(server, ada.account_id, [by_word, by_post])
    assert [(match.keywords, match.status_ids) for match in matches[by_word.id]] == [(("spoiler",), ())]
    assert [(match.keywords, match.status_ids) for match in matches[by_post.id]] == [((), (by_post.id,))]
    assert await found(server, bob, by_word) == await found(server, VISITOR, by_word) == [[]]


async def test_a_context_chooses_among_filters(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, bob, "spoiler")
    await create_filter(server, ada, CHOICE)
    for context, expected in ((FilterContext.HOME, 1), (FilterContext.THREAD, 0), (None, 1)):
        matches = await load_filter_matches(server, ada.account_id, [status], context)
        assert len(matches.get(status.id, [])) == expected


async def test_one_s_own_posts_are_never_filtered(server: Server, ada: Viewer) -> None:
    await create_filter(server, ada, CHOICE)
    assert await found(server, ada, await post(server, ada, "my spoiler")) == [[]]


async def test_a_filter_is_changed_word_by_word(server: Server, ada: Viewer, bob: Viewer) -> None:
    full = await create_filter(server, ada, CHOICE)
    id, word = full.filter.id, full.keywords[0]
    changed = await change_filter(
        server,
        ada,
        id,
        FilterChoice(
            "Series", ["thread"], "hide",
            keywords=[KeywordChange("twist", id=word.id), KeywordChange("ending"), KeywordChange("season")],
        ),
    )  # fmt: skip
    assert (changed.filter.title, changed.filter.action) == ("Series", FilterAction.HIDE)
    assert changed.filter.contexts is FilterContext.THREAD
    assert [(each.keyword, each.is_whole_word) for each in changed.keywords] == [
        ("twist", True), ("ending", False), ("season", False),
    ]  # fmt: skip
    await change_filter(server, ada, id, FilterChoice(keywords=[KeywordChange(id=word.id, is_deleted=True)]))
    added = await add_keyword(server, ada, id, KeywordChange("finale"))
    await change_keyword(server, ada, added.id, KeywordChange("final", is_whole_word=True))
    posts = [await post(server, bob, text) for text in ("the twist", "an ending", "the finale", "a final")]
    assert await found(server, ada, *posts) == [[], ["Series"], [], ["Series"]]
    await delete_keyword(server, ada, added.id)
    assert await found(server, ada, posts[-1]) == [[]]
    await delete_filter(server, ada, id)
    assert await list_filters(server.db, ada) == []
    assert await server.db.value("SELECT count(*) FROM filter_keywords") == 0


async def test_a_filter_runs_out_and_is_given_new_life(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer
) -> None:
    status = await post(server, bob, "spoiler")
    full = await create_filter(server, ada, FilterChoice("Films", ["home"], expires_in=60, keywords=WORD))
    await end_filters(server)
    assert await found(server, ada, status) == [["Films"]]
    clock.move(60 * SECOND)
    assert await found(server, ada, status) == [[]]
    heard = server.eventlog.head
    await end_filters(server)
    assert server.eventlog.head != heard
    heard = server.eventlog.head
    await end_filters(server)
    assert server.eventlog.head == heard
    await change_filter(server, ada, full.filter.id, FilterChoice(expires_in=FOR_EVER))
    assert await found(server, ada, status) == [["Films"]]


async def test_f4_f10_filters_of_others_do_not_exist(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    status = await post(server, bob, "spoiler")
    full = await create_filter(server, ada, CHOICE)
    mine = await create_filter(server, eve, CHOICE)
    id, word = full.filter.id, full.keywords[0].id
    held = (await add_status(server, ada, id, status.id)).id
    for attempt in (
        get_filter(server.db, eve, id),
        get_keyword(server.db, eve, word),
        get_filter_status(server.db, eve, held),
        change_filter(server, eve, id, FilterChoice("Mine")),
        change_filter(server, eve, mine.filter.id, FilterChoice(keywords=[KeywordChange("x", id=word)])),
        delete_filter(server, eve, id),
        add_keyword(server, eve, id, KeywordChange("x")),
        change_keyword(server, eve, word, KeywordChange("x")),
        delete_keyword(server, eve, word),
        add_status(server, eve, id, status.id),
        remove_status(server, eve, held),
    ):
        with pytest.raises(NotFound):
            await attempt
    (unchanged,) = await list_filters(server.db, ada)
    assert (unchanged.filter, unchanged.keywords) == (full.filter, full.keywords)


async def test_f4_a_post_that_one_does_not_see_cannot_be_filtered(server: Server, ada: Viewer, bob: Viewer) -> None:
    full = await create_filter(server, ada, CHOICE)
    secret = await post(server, bob, "for my followers", "private")
    with pytest.raises(NotFound):
        await add_status(server, ada, full.filter.id, secret.id)


@pytest.mark.parametrize(
    "choice",
    [
        FilterChoice("", ["home"]),
        FilterChoice("x" * (MOST_TITLE + 1), ["home"]),
        FilterChoice("x", []),
        FilterChoice("x", ["everywhere"]),
        FilterChoice("x", ["home"], "delete"),
        FilterChoice("x", ["home"], expires_in=-1),
        FilterChoice("x", ["home"], keywords=[KeywordChange("")]),
        FilterChoice("x", ["home"], keywords=[KeywordChange("x" * (MOST_KEYWORD + 1))]),
        FilterChoice("x", ["home"], keywords=[KeywordChange("\ufdfa" * MOST_KEYWORD)]),
    ],
)
async def test_g3_wrong_words_are_refused(server: Server, ada: Viewer, choice: FilterChoice) -> None:
    with pytest.raises(Invalid):
        await create_filter(server, ada, choice)
    assert await list_filters(server.db, ada) == []


async def test_g3_ten_thousand_filters_are_bounded(
    server: Server, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mesange.core.filters.actions.filters.MOST_FILTERS", 3)
    monkeypatch.setattr("mesange.core.filters.actions.words.MOST_KEYWORDS", 5)
    words = [KeywordChange(f"word {number}") for number in range(10_000)]
    with pytest.raises(Invalid):
        await create_filter(server, ada, FilterChoice("Flood", ["home"], keywords=words))
    for number in range(3):
        await create_filter(server, ada, FilterChoice(f"f{number}", ["home"], keywords=words[number : number + 1]))
    with pytest.raises(Invalid):
        await create_filter(server, ada, CHOICE)
    last = (await list_filters(server.db, ada))[-1].filter.id
    await change_filter(server, ada, last, FilterChoice(keywords=words[:2]))
    with pytest.raises(Invalid):
        await add_keyword(server, ada, last, words[0])


def test_g6_g11_the_worst_filters_of_one_person_stay_linear() -> None:
    """A thousand nested words of a hundred signs, on a text of a hundred thousand."""
    rule = Filter(1, 1, "x", FilterContext.HOME, FilterAction.HIDE)
    words = [FilterKeyword(id, 1, "a" * (id % MOST_KEYWORD) + "a", id % 2 == 0) for id in range(1, MOST_KEYWORDS)]
    hostile = [FilterKeyword(2_000 + id, 1, "a" * 90 + f"b{id}", False) for id in range(MOST_FILTERS)]
    with work() as building:
        active = ActiveFilters([FullFilter(rule, words + hostile)], now=0)
    with work() as matching:
        assert len(active.matches(5, "a" * 100_000)) == 1
        assert active.matches(5, "aab" * 30_000)
    assert building.seconds < 0.5
    assert matching.seconds < 0.2


async def test_g11_a_word_is_never_a_pattern(server: Server, ada: Viewer, bob: Viewer) -> None:
    await create_filter(
        server, ada, FilterChoice("x", ["home"], keywords=[KeywordChange("(a+)+$"), KeywordChange(".*", True)])
    )
    posts = [await post(server, bob, text) for text in ("aaaa", "say (a+)+$ please", "any text", "a .* b")]
    assert await found(server, ada, *posts) == [[], ["x"], [], ["x"]]


async def test_who_has_no_filters_asks_once_and_nobody_asks_twice(server: Server, ada: Viewer, bob: Viewer) -> None:
    status = await post(server, bob, "spoiler")
    watched = watch(server)
    for _ in range(3):
        assert await found(server, bob, status) == [[]]
        assert await active_filters(server, bob.account_id) is None
    assert len(watched.asked) == 1
    await create_filter(server, ada, CHOICE)
    watched.asked.clear()
    for _ in range(3):
        assert await found(server, ada, status) == [["Films"]]
    assert len(watched.asked) == 3


async def test_matchers_in_memory_are_bounded_by_their_weight(server: Server, ada: Viewer) -> None:
    await create_filter(server, ada, CHOICE)
    active = await active_filters(server, ada.account_id)
    assert active is not None
    assert 500 < active.size < 5_000
    assert ada.account_id in server.of(FilterMemory).kept
    await create_filter(server, ada, CHOICE)
    assert ada.account_id not in server.of(FilterMemory).kept


async def test_a_deleted_post_leaves_the_filters(
    server: Server, ada: Viewer, bob: Viewer, consume: Callable[[], Awaitable[None]]
) -> None:
    status = await post(server, bob, "to be deleted")
    full = await create_filter(server, ada, CHOICE)
    await add_status(server, ada, full.filter.id, status.id)
    await delete_status(server, bob, status.id)
    await consume()
    assert (await get_filter(server.db, ada, full.filter.id)).statuses == ()


def test_the_strongest_action_decides() -> None:
    rules = [Filter(id, 1, "x", FilterContext.HOME, action) for id, action in enumerate(FilterAction)]
    words = [[FilterKeyword(rule.id, rule.id, "word", False)] for rule in rules]
    active = ActiveFilters([FullFilter(rule, words[rule.id]) for rule in rules], now=0)
    chosen = strongest(active.matches(1, "a word"))
    assert chosen is not None
    assert chosen.filter.action is FilterAction.HIDE
    assert strongest([]) is None
