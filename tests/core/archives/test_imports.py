"""Files that people bring: good lines are taken, bad ones named, wrong files change nothing."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.archives.actions import ask_import, run_imports
from mesange.core.archives.actions.imports import StillReading
from mesange.core.archives.model import Import, Kind, TooManyLines, UnreadableCsv, Work, WrongColumns
from mesange.core.archives.queries import find_import, list_problems
from mesange.core.archives.queries.lists_of_people import CSV_FILES
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.follows.queries import relations_of
from mesange.core.lists.queries import list_lists
from mesange.core.statuses.actions.marks import bookmark_status
from mesange.kit.errors import Forbidden, Invalid
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
