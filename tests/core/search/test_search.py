"""Posts are found by their words, by those who may find them and nobody else."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.accounts.tables import accounts
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account
from mesange.core.media.model import MediaAttachment, MediaKind
from mesange.core.media.tables import media_attachments
from mesange.core.search.actions import index_next
from mesange.core.search.consumers import CONSUMER
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_statuses
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.importing import OldPost, checked_post, import_posts
from mesange.core.statuses.actions.marks import bookmark_status, favourite_status, reblog_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Holds
from mesange.core.statuses.tables import statuses
from mesange.events.accounts import AccountUpdated
from mesange.events.statuses import StatusEdited
from mesange.kit.consumers import replay
from mesange.kit.errors import Invalid
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import new_viewer, post

Consume = Callable[[], Awaitable[None]]


@pytest.fixture
def find(server: Server, consume: Consume) -> Callable[..., Awaitable[list[int]]]:
    async def find(viewer: Viewer, text: str, **more: object) -> list[int]:
        await consume()
        while await index_next(server):
            pass
        return await search_statuses(server, viewer, Search(parsed(text), **more))  # type: ignore[arg-type]

    return find


Find = Callable[..., Awaitable[list[int]]]


async def test_all_words_must_be_there_and_the_newest_comes_first(
    server: Server, ada: Viewer, bob: Viewer, find: Find
) -> None:
    first = await post(server, ada, "The harbour at night")
    await post(server, ada, "The harbour")
    last = await post(server, bob, "Night falls over the HARBOUR")
    assert await find(ada, "night harbour") == [last.id, first.id]
    assert await find(VISITOR, "night harbour") == [last.id, first.id]


@pytest.mark.parametrize(
    ("written", "language", "wanted"),
    [
        ("Les chevaux étaient épuisés", "fr", "cheval"),
        ("Les chevaux étaient épuisés", "fr", "epuisee"),
        ("Horses were running", "en", "horse run"),
        ("Horses were running", "", "runs"),
        ("L'été à l'œuvre", "fr", "oeuvre ete"),
        ("Ça coûte 12 euros", "fr", "ca cout 12"),
        ("東京タワー", "ja", "東京"),
        ("ＷＩＤＥ letters", "en", "wide"),
        ("see https://example.org/harbour-news now", "en", '"harbour news"'),
        ("#HarbourFestival tonight", "en", "#harbourfestival"),
    ],
)
async def test_words_are_found_without_accents_and_by_their_stem(
    server: Server, ada: Viewer, find: Find, written: str, language: str, wanted: str
) -> None:
    made = await publish_status(server, ada, Draft(written, language=language))
    assert await find(ada, wanted) == [made.id]


async def test_a_phrase_stands_in_this_order_and_an_excluded_word_not_at_all(
    server: Server, ada: Viewer, find: Find
) -> None:
    night = await post(server, ada, "the last train of the night")
    train = await post(server, ada, "the train was last")
    assert await find(ada, '"last train"') == [night.id]
    assert await find(ada, "«last train»") == [night.id]
    assert await find(ada, "last -night") == [train.id]
    assert await find(ada, 'train -"last train"') == [train.id]
    assert await find(ada, '"last train') == [night.id]


async def test_operators_narrow_a_search(server: Server, ada: Viewer, bob: Viewer, find: Find) -> None:
    french = await publish_status(server, ada, Draft("port", language="fr"))
    answer = await post(server, bob, "port", to=french)
    warned = await publish_status(server, bob, Draft("port @ada #Ferry http://a.example/x", spoiler_text="news"))
    assert await find(ada, "port from:ada") == [french.id]
    assert await find(ada, "port from:me") == [french.id]
    assert await find(ada, "from:@bob") == [warned.id, answer.id]
    assert await find(ada, "port from:nobody") == []
    assert await find(ada, "port language:fr") == [french.id]
    assert await find(ada, "port is:reply") == [answer.id]
    assert await find(ada, "port -is:reply -is:sensitive") == [french.id]
    assert await find(ada, "news is:sensitive") == [warned.id]
    assert await find(ada, "has:link") == [warned.id]
    assert await find(ada, "@ada") == [warned.id]
    assert await find(ada, "#ferry") == [warned.id]
    assert await find(ada, "port #ferry") == [warned.id]


async def test_pictures_are_found_by_their_description_and_polls_by_their_answers(
    server: Server, ada: Viewer, find: Find
) -> None:
    picture = await post(server, ada, "Look")
    asked = await post(server, ada, "Which one?")
    async with server.db.transaction() as tx:
        image = MediaAttachment(1, ada.account_id, MediaKind.IMAGE, description="A lighthouse", status_id=picture.id)
        film = MediaAttachment(2, ada.account_id, MediaKind.GIFV, status_id=picture.id)
        for each in (image, film):
            await tx.insert(media_attachments, each)
        for position, title in enumerate(("The tower", "The bridge")):
            await tx.execute(
                "INSERT INTO poll_options (status_id, position, title, votes) VALUES (?, ?, ?, 0)",
                asked.id,
                position,
                title,
            )
        await tx.update(statuses, replace(picture, holds=Holds.MEDIA))
        await tx.update(statuses, replace(asked, holds=Holds.POLL))
        for each in (picture, asked):
            tx.emit(StatusEdited(status_id=each.id, account_id=ada.account_id))
    assert (
        await find(ada, "lighthouses") == await find(ada, "has:image") == await find(ada, "has:video") == [picture.id]
    )
    assert await find(ada, "has:media look") == [picture.id]
    assert await find(ada, "towers has:poll") == [asked.id]
    assert await find(ada, "has:audio") == []


async def test_dates_bound_a_search(server: Server, ada: Viewer, find: Find) -> None:
    days = [OldPost(ada.account_id, f"harbour {day}", 1_700_000_000_000 - day * 86_400_000) for day in range(1, 4)]
    await import_posts(server, [(each, checked_post(server, each)) for each in days])
    newest, middle, oldest = (each.id for each in days)  # 13, 12 and 11 November 2023
    assert await find(ada, "harbour since:2023-11-12") == [newest, middle]
    assert await find(ada, "harbour before:2023-11-12") == [oldest]
    assert await find(ada, "harbour after:2023-11-12") == [newest]
    assert await find(ada, "harbour during:2023-11-12") == [middle]
    assert await find(ada, "harbour since:2023-11 before:2024") == [newest, middle, oldest]
    with pytest.raises(Invalid):
        await find(ada, "harbour since:yesterday")


async def test_f2_private_words_are_found_only_by_those_they_are_for(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, find: Find
) -> None:
    """Canaries: words that stand in no open post."""
    follower = await new_viewer(server, "fay")
    await follow_account(server, follower, ada.account_id, FollowOptions())
    private = await post(server, ada, "canaryprivate @bob", "private")
    direct = await post(server, ada, "canarydirect @bob", "direct")
    unlisted = await post(server, ada, "canaryunlisted", "unlisted")
    for viewer, found in (
        (ada, [unlisted.id, direct.id, private.id]),
        (bob, [direct.id, private.id]),
        (follower, []),
        (eve, []),
        (VISITOR, []),
    ):
        words = ("canaryprivate", "canarydirect", "canaryunlisted", "from:ada", "@bob", "from:ada -is:reply")
        seen = {id for word in words for id in await find(viewer, word)}
        assert sorted(seen, reverse=True) == found, viewer


async def test_what_one_marked_is_found_by_oneself(server: Server, ada: Viewer, bob: Viewer, find: Find) -> None:
    quiet = await post(server, ada, "quiet words", "unlisted")
    other = await post(server, ada, "quiet words again", "unlisted")
    await favourite_status(server, bob, quiet.id)
    await bookmark_status(server, bob, other.id)
    assert await find(bob, "quiet") == [other.id, quiet.id]
    assert await find(VISITOR, "quiet") == []


async def test_a_library_holds_what_one_wrote_boosted_favourited_and_bookmarked(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, find: Find
) -> None:
    mine = await post(server, bob, "harbour of mine", "private")
    told = await post(server, ada, "@bob harbour told of")
    await post(server, ada, "harbour of others")
    boosted, starred, kept = [await post(server, ada, f"harbour {name}") for name in ("boosted", "starred", "kept")]
    await reblog_status(server, bob, boosted.id)
    await favourite_status(server, bob, starred.id)
    await bookmark_status(server, bob, kept.id)
    hidden = await post(server, eve, "harbour of the hidden")
    await favourite_status(server, bob, hidden.id)
    await mute_account(server, bob, eve.account_id)
    library = [kept.id, starred.id, boosted.id, mine.id]
    assert await find(bob, "harbour in:library") == await find(bob, "IN:Library") == library
    assert await find(bob, "harbour in:library -starred") == [kept.id, boosted.id, mine.id]
    assert await find(bob, "in:library from:me") == [mine.id]
    assert await find(bob, "in:library since:2000", page=Page(2)) == library[:2]
    assert await find(bob, "in:library", page=Page(2, below=library[1])) == library[2:]
    assert await find(bob, "in:library", page=Page(2), offset=1) == library[1:3]
    assert told.id in await find(bob, "harbour in:all") == await find(bob, "harbour")
    assert await find(VISITOR, "harbour in:library") == []
    assert await find(ada, "in:library harbour", account_id=bob.account_id) == []


async def test_an_author_who_does_not_want_to_be_found_is_not_found_from_that_moment(
    server: Server, ada: Viewer, bob: Viewer, find: Find
) -> None:
    made = await post(server, ada, "findable words")
    assert await find(bob, "findable") == [made.id]
    await change_profile(server, ada, ProfileChange(is_indexable=False))
    shut = await search_statuses(server, bob, Search(parsed("findable")))  # before the index knows
    assert shut == await find(bob, "findable") == []
    assert await find(ada, "findable") == [made.id]
    await change_profile(server, ada, ProfileChange(is_indexable=True))
    assert await find(bob, "findable") == [made.id]


async def test_hidden_people_are_not_found(server: Server, ada: Viewer, bob: Viewer, eve: Viewer, find: Find) -> None:
    made = await post(server, ada, "noise of the street")
    await mute_account(server, bob, ada.account_id)
    await block_account(server, ada, eve.account_id)
    assert await find(bob, "noise") == await find(eve, "noise") == []
    assert await find(VISITOR, "noise") == [made.id]


async def test_a_limited_account_is_found_by_its_followers_alone(
    server: Server, ada: Viewer, bob: Viewer, find: Find
) -> None:
    made = await post(server, ada, "limited words")
    await follow_account(server, bob, ada.account_id, FollowOptions())
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET limited_at = 1 WHERE id = ?", ada.account_id)
        tx.emit(AccountUpdated(account_id=ada.account_id))
    assert await find(bob, "limited") == await find(ada, "limited") == [made.id]
    assert await find(VISITOR, "limited") == []


async def test_i3_nothing_of_a_suspended_account_is_found(server: Server, ada: Viewer, bob: Viewer, find: Find) -> None:
    await post(server, ada, "spam and spam")
    async with server.db.transaction() as tx:
        row = await tx.row(f"SELECT {accounts.columns} FROM accounts WHERE id = ?", ada.account_id)
        await tx.update(accounts, replace(accounts.load(row or ()), suspended_at=server.clock.now()))
        tx.emit(AccountUpdated(account_id=ada.account_id))
    assert await find(bob, "spam") == await find(VISITOR, "spam") == []


async def test_an_edit_is_found_by_its_new_words_and_a_deletion_not_at_all(
    server: Server, ada: Viewer, find: Find
) -> None:
    made = await post(server, ada, "before")
    gone = await post(server, ada, "before too")
    await find(ada, "before")
    await edit_status(server, ada, made.id, Correction(text="afterwards"))
    await delete_status(server, ada, gone.id)
    assert await find(ada, "before") == []
    assert await find(ada, "afterwards") == [made.id]


async def test_pages_follow_one_another_by_offset_and_by_id(
    server: Server, ada: Viewer, bob: Viewer, find: Find
) -> None:
    """Also where much of what matches is hidden from the reader."""
    await mute_account(server, bob, ada.account_id)
    made: list[int] = []
    for number in range(60):
        await post(server, ada, f"same word {number}")
        if number % 3 == 0:
            made.insert(0, (await post(server, bob, f"same word {number}")).id)
    assert await find(bob, "same word", page=Page(8)) == made[:8]
    assert await find(bob, "same word", page=Page(8), offset=8) == made[8:16]
    assert await find(bob, "same word", page=Page(8, below=made[7])) == made[8:16]
    assert await find(bob, "same word", page=Page(40, above=made[3])) == made[:3]
    assert await find(bob, "same word", page=Page(8, above=made[12], forwards=True)) == made[4:12]
    assert await find(bob, "same word", page=Page(8, above=made[19], below=made[9], forwards=True)) == made[11:19]
    assert await find(bob, "same word", page=Page(3, above=made[12], forwards=True), offset=3) == made[6:9]


async def test_a_replay_fills_the_index_again(server: Server, ada: Viewer, find: Find) -> None:
    made = await post(server, ada, "again and again")
    old = OldPost(ada.account_id, "again imported", 1_600_000_000_000)
    await import_posts(server, [(old, checked_post(server, old))])
    assert await find(ada, "again") == [made.id, old.id]
    await replay(server.db, CONSUMER)
    assert await search_statuses(server, ada, Search(parsed("again"))) == []
    assert await find(ada, "again") == [made.id, old.id]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 10_000,
        " ".join(f"w{number}" for number in range(10_000)),
        "-only -without",
        "has:all",
        "is:it",
        "-in:library x",
        "in:kitchen",
        "in:library -only",
    ],
)
async def test_g11_what_is_no_search_is_refused_with_a_sentence(find: Find, ada: Viewer, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await find(ada, text)
    assert refusal.value.public_text.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            '"',
            '""',
            "-",
            '-"',
            "AND",
            "OR NOT NEAR(",
            "a*",
            "^a",
            "{terms}: a",
            "a:b",
            "'",
            "\\",
            "a'b\\",
            "🐦",
            "(",
        ),
        *("\0", "a" * 1_500, '"' * 1_000, "é" * 900, "#", "@", "from:", "has:", "-#", "'); DROP TABLE statuses; --"),
    ],
)
async def test_g11_odd_signs_are_words_or_nothing(server: Server, ada: Viewer, find: Find, text: str) -> None:
    await post(server, ada, "a b c")
    assert len(await find(ada, text)) <= 1
