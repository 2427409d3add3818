"""Files that people bring: good lines are taken, bad ones named, wrong files change nothing."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.archives.actions import ask_import, run_imports
from mesange.core.archives.actions.imports import StillReading
from mesange.core.archives.model import Import, Kind, TooManyLines, UnreadableCsv, Work, WrongColumns
from mesange.core.archives.queries import find_import, list_problems
from mesange.core.archives.queries.lists_of_people import CSV_FILES
from mesange.core.filters.actions import FilterChoice, KeywordChange, add_status, create_filter
from mesange.core.filters.queries import list_filters
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.follows.queries import list_hidden_domains, relations_of
from mesange.core.lists.queries import list_lists
from mesange.core.statuses.actions.marks import bookmark_status
from mesange.kit.clock import iso
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post


async def bring(server: Server, viewer: Viewer, kind: Kind, content: bytes, *, is_overwriting: bool = False) -> Import:
    given = await ask_import(server, viewer, kind, content, is_overwriting=is_overwriting)
    await run_imports(server)
    found = await find_import(server.db, viewer, given.id)
    assert found is not None
    return found


async def test_good_lines_are_taken_and_bad_ones_named(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    await block_account(server, eve, ada.account_id)
    lines = [
        "Account address,Show boosts,Notify on new posts,Languages",
        f'bob@{server.settings.domain},false,true,"fr, en"',
        "nobody,true,false,",
        "someone@elsewhere.example,true,false,",
        "",
        "eve,true,false,",
        "ada,true,false,",
        "a@b@c@,,,",
    ]
    done = await bring(server, ada, Kind.FOLLOWING, "\r\n".join(lines).encode())
    assert (done.state, done.good, done.bad) == (Work.READY, 1, 5)
    assert (await relations_of(server, ada.account_id)).following == {bob.account_id: False}
    told = {problem.line: problem.reason for problem in await list_problems(server.db, done.id)}
    assert told == {
        3: "Nobody here has this name.",
        4: "This account is on another server, which this one does not know yet.",
        6: "You cannot follow this account.",
        7: "You cannot follow yourself.",
        8: "This account is on another server, which this one does not know yet.",
    }


@pytest.mark.parametrize("kind", [Kind.FOLLOWING, Kind.BLOCKING, Kind.MUTING, Kind.BOOKMARKS])
async def test_what_was_taken_along_can_be_brought_back(server: Server, ada: Viewer, bob: Viewer, kind: Kind) -> None:
    other = await new_viewer(server, "other")
    said = await post(server, bob, "Keep this")
    await follow_account(server, ada, other.account_id, FollowOptions(notifies=True, languages="fr"))
    await mute_account(server, ada, bob.account_id, hides_notifications=False)
    await bookmark_status(server, ada, said.id)
    await block_account(server, ada, (await new_viewer(server, "blocked")).account_id)
    files = {
        Kind.FOLLOWING: "following_accounts.csv",
        Kind.BLOCKING: "blocked_accounts.csv",
        Kind.MUTING: "muted_accounts.csv",
        Kind.BOOKMARKS: "bookmarks.csv",
    }
    write = CSV_FILES[files[kind]]
    taken = b"".join([piece async for piece in write(server, ada.account_id)])
    friend = await new_viewer(server, "friend")
    done = await bring(server, friend, kind, taken)
    assert (done.good, done.bad) == (1, 0)
    assert b"".join([piece async for piece in write(server, friend.account_id)]) == taken


@pytest.mark.parametrize(("is_overwriting", "stays"), [(False, True), (True, False)])
async def test_what_is_not_in_the_file_stays_or_goes(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, is_overwriting: bool, stays: bool
) -> None:
    await follow_account(server, ada, eve.account_id, FollowOptions())
    done = await bring(server, ada, Kind.FOLLOWING, b"bob\n", is_overwriting=is_overwriting)
    following = (await relations_of(server, ada.account_id)).following
    assert (eve.account_id in following, bob.account_id in following) == (stays, True)
    assert done.removed == (0 if stays else 1)


async def test_a_file_without_one_good_line_removes_nothing(server: Server, ada: Viewer, eve: Viewer) -> None:
    await follow_account(server, ada, eve.account_id, FollowOptions())
    done = await bring(server, ada, Kind.FOLLOWING, b"nobody\n", is_overwriting=True)
    assert (done.good, done.removed) == (0, 0)
    assert eve.account_id in (await relations_of(server, ada.account_id)).following


@pytest.mark.parametrize(
    ("kind", "content", "error"),
    [
        (Kind.FOLLOWING, b"#uri\nhttps://example.org/1\n", WrongColumns),
        (Kind.BOOKMARKS, b"Account address\nbob\n", WrongColumns),
        (Kind.BOOKMARKS, b"bob\n", WrongColumns),
        (Kind.DOMAINS, b"bob\n", WrongColumns),
        (Kind.FILTERS, b"spoiler\n", WrongColumns),
        (Kind.FILTERS, b"Filter name,Keyword\nFilms,end\n", WrongColumns),
        (Kind.FOLLOWING, b"https://example.org/a, b, c, d, e, f\n", WrongColumns),
        (Kind.FOLLOWING, b"<html><body>an error page</body></html>", WrongColumns),
        (Kind.FOLLOWING, b"\xff\xfe\x00b", UnreadableCsv),
        (Kind.FOLLOWING, b"PK\x03\x04\xf3\x9b", UnreadableCsv),
        (Kind.FOLLOWING, b"", UnreadableCsv),
        (Kind.FOLLOWING, b"\n\n", UnreadableCsv),
        (Kind.FOLLOWING, b'bob\n"' + b"x" * 200_000, UnreadableCsv),
        (Kind.FOLLOWING, b"bob\n" * 20_002, TooManyLines),
        (Kind.FOLLOWING, b"b" * 5_000_001, TooManyLines),
    ],
)
async def test_a_wrong_file_is_refused_before_anything_is_done(
    server: Server, ada: Viewer, bob: Viewer, kind: Kind, content: bytes, error: type[Invalid]
) -> None:
    with pytest.raises(error):
        await ask_import(server, ada, kind, content, is_overwriting=True)
    assert not (await relations_of(server, ada.account_id)).following


async def test_f3_a_bookmark_of_a_hidden_post_is_refused_like_one_of_none(
    server: Server, ada: Viewer, bob: Viewer
) -> None:
    hidden = await post(server, bob, "canary", "private")
    origin = server.settings.public_origin
    content = f"#uri\n{origin}/@bob/{hidden.id}\n{origin}/@bob/1\nhttps://else.example/@bob/{hidden.id}\n".encode()
    done = await bring(server, ada, Kind.BOOKMARKS, content)
    problems = await list_problems(server.db, done.id)
    assert (done.good, len({problem.reason for problem in problems}), len(problems)) == (0, 1, 3)


async def test_lists_are_made_and_filled_with_whom_one_follows(server: Server, ada: Viewer, bob: Viewer) -> None:
    await follow_account(server, ada, bob.account_id, FollowOptions())
    done = await bring(server, ada, Kind.LISTS, b"Voiles,bob\nVoiles,nobody\n'=Rio,bob\n")
    assert (done.good, done.bad) == (2, 1)
    assert [each.title for each in await list_lists(server.db, ada)] == ["Voiles", "=Rio"]
    taken = b"".join([piece async for piece in CSV_FILES["lists.csv"](server, ada.account_id)])
    domain = server.settings.domain.encode()
    assert taken == b"Voiles,bob@%b\r\n'=Rio,bob@%b\r\n" % (domain, domain)
    again = await bring(server, ada, Kind.LISTS, b"Voiles,bob\n", is_overwriting=True)
    assert (again.good, again.removed) == (1, 1)


async def test_one_file_at_a_time_and_by_its_owner(server: Server, ada: Viewer, bob: Viewer) -> None:
    given = await ask_import(server, ada, Kind.BLOCKING, b"bob\n", is_overwriting=False)
    with pytest.raises(StillReading):
        await ask_import(server, ada, Kind.BLOCKING, b"bob\n", is_overwriting=False)
    assert await find_import(server.db, bob, given.id) is None
    worker = Viewer(account_id=ada.account_id, user_id=bob.user_id)
    with pytest.raises(Forbidden):
        await ask_import(server, worker, Kind.BLOCKING, b"bob\n", is_overwriting=False)


async def test_only_so_many_bad_lines_are_kept(server: Server, ada: Viewer) -> None:
    done = await bring(server, ada, Kind.MUTING, b"".join(b"nobody%d\n" % number for number in range(700)))
    assert (done.bad, len(await list_problems(server.db, done.id))) == (700, 500)
    assert not list((server.settings.data / "imports").iterdir())


HEAD = "Filter name,Keyword,Whole word,Action,Contexts,Expires at\r\n"


async def test_filters_are_taken_along_and_brought_back(server: Server, ada: Viewer, bob: Viewer) -> None:
    words = [KeywordChange("spoiler, again", is_whole_word=True), KeywordChange("=fin")]
    await create_filter(server, ada, FilterChoice("Films", ["home", "thread"], "blur", keywords=words))
    await create_filter(server, ada, FilterChoice("Rio", ["public"], "hide", 60, [KeywordChange("rio")]))
    taken = b"".join([piece async for piece in CSV_FILES["filters.csv"](server, ada.account_id)])
    ends = iso(server.clock.now() + 60_000)
    assert taken.decode() == (
        f'{HEAD}Films,"spoiler, again",true,blur,"home, thread",\r\n'
        f'Films,\'=fin,false,blur,"home, thread",\r\nRio,rio,false,hide,public,{ends}\r\n'
    )
    for _ in range(2):  # The second time changes nothing.
        done = await bring(server, bob, Kind.FILTERS, taken)
        assert (done.good, done.bad) == (3, 0)
        assert b"".join([piece async for piece in CSV_FILES["filters.csv"](server, bob.account_id)]) == taken
    assert [each.filter.title for each in await list_filters(server.db, bob)] == ["Films", "Rio"]


async def test_lines_of_filters_that_say_nothing_are_named(server: Server, ada: Viewer) -> None:
    lines = [
        "Films,end,true,warn,home,",
        "Films,twist,yes,warn,home,soon",
        "Films,twist,yes,destroy,home,",
        "Films,twist,yes,warn,kitchen,",
        "Films,twist,yes,warn,,",
        "Films,,yes,warn,home,",
        ",twist,yes,warn,home,",
        "Films,twist",
        f"Films,{'x' * 101},yes,warn,home,",
        "Old,end,true,warn,home,1969-01-01T00:00:00Z",
    ]
    done = await bring(server, ada, Kind.FILTERS, (HEAD + "\n".join(lines)).encode())
    assert (done.good, done.bad) == (1, 9)
    assert [problem.reason for problem in await list_problems(server.db, done.id)] == [
        "A time is written like 2026-11-24T18:00:00Z.",
        "A filter hides, warns or blurs.",
        "A filter counts in home, notifications, public, thread or account.",
        "Choose where the filter counts.",
        "Say which word to filter.",
        "Give it a title.",
        "Choose where the filter counts.",
        "A word to filter has at most 100 signs.",
        "A time is written like 2026-11-24T18:00:00Z.",
    ]
    [made] = await list_filters(server.db, ada)
    assert [each.keyword for each in made.keywords] == ["end"]


async def test_words_that_are_not_in_the_file_go_and_posts_on_a_filter_stay(
    server: Server, ada: Viewer, bob: Viewer
) -> None:
    word = [KeywordChange("gone")]
    with_post = await create_filter(server, ada, FilterChoice("With a post", ["home"], keywords=word))
    await add_status(server, ada, with_post.filter.id, (await post(server, bob, "this one")).id)
    await create_filter(server, ada, FilterChoice("Words alone", ["home"], keywords=word))
    content = (HEAD + "New,fresh,false,warn,home,\n").encode()
    done = await bring(server, ada, Kind.FILTERS, content, is_overwriting=True)
    assert (done.good, done.removed) == (1, 2)
    left = [(each.filter.title, len(each.keywords)) for each in await list_filters(server.db, ada)]
    assert left == [("With a post", 0), ("New", 1)]


async def test_hidden_servers_come_and_go_in_mastodon_s_form(server: Server, ada: Viewer, bob: Viewer) -> None:
    done = await bring(server, ada, Kind.DOMAINS, b"#domain\nSpam.example\nhttps://b.example/\nnot a server.example\n")
    assert (done.good, done.bad) == (2, 1)
    [problem] = await list_problems(server.db, done.id)
    assert (problem.line, problem.reason) == (4, "This is not the name of a server.")
    taken = b"".join([piece async for piece in CSV_FILES["blocked_domains.csv"](server, ada.account_id)])
    assert taken == b"spam.example\r\nb.example\r\n"
    assert (await bring(server, bob, Kind.DOMAINS, taken)).good == 2
    again = await bring(server, bob, Kind.DOMAINS, b"spam.example\n", is_overwriting=True)
    assert (again.good, again.removed) == (1, 1)
    assert [name for _, name in await list_hidden_domains(server.db, bob.account_id, Page(limit=9))] == ["spam.example"]
