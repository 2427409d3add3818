"""Five hundred searches over tens of thousands of real posts find exactly what a reading of every post finds."""

import csv
import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, follow_account, mute_account
from mesange.core.search.actions import index_later, index_next
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_statuses
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.tables import statuses
from mesange.kit.clock import DAY, iso_date
from mesange.kit.ids import HIGHEST_ID, first_id_at
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import entities, hashtag_name
from mesange.kit.text.words import WORD, stemmed, words_of
from tests.core.people import new_viewer
from tests.journeys.shared_data import shared_file

FILES = ("tweets/crisislex_t26.csv.gz", "tweets/crisislex_t6.csv.gz")
AUTHORS = 40
QUERIES = 500
LANGUAGES = ("", "en", "fr", "es")
Test = Callable[["Read"], bool]


@dataclass
class Read:
    """A post as one who reads it all knows it."""

    status: Status
    streams: list[list[str]] = field(init=False)
    words: set[str] = field(init=False)
    hashtags: set[str] = field(init=False)
    mentions: set[str] = field(init=False)
    has_link: bool = field(init=False)

    def __post_init__(self) -> None:
        found = entities(self.status.text)
        plain = words_of(self.status.text)
        languages = [self.status.language] if self.status.language else ["fr", "en"]
        self.streams = [stemmed(plain, language) for language in languages]
        self.words = {word for stream in self.streams for word in stream}
        self.hashtags = {hashtag_name(each.name) for each in found.hashtags[:30]}
        self.mentions = {each.acct.lower() for each in found.mentions}
        self.has_link = bool(found.links)


def ways(words: list[str]) -> list[list[str]]:
    return [words, stemmed(words, "fr"), stemmed(words, "en")]


def says(text: str) -> Test:
    wanted = ways(words_of(text))
    if len(wanted[0]) == 1:
        return lambda read: any(way[0] in read.words for way in wanted)
    return lambda read: any(runs_in(way, stream) for way in wanted for stream in read.streams)


def runs_in(words: list[str], stream: list[str]) -> bool:
    return any(stream[at : at + len(words)] == words for at in range(len(stream) - len(words) + 1))


def real_posts(authors: list[Viewer]) -> Iterator[Status]:
    """Every post of both files, with an author and what it lacks in the files dealt out by its number."""
    number = 0
    for name in FILES:
        with gzip.open(shared_file(name), "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                at = int(datetime.fromisoformat(row["created_at"]).timestamp() * 1000)
                yield Status(
                    id=first_id_at(at) + number,
                    account_id=authors[number % AUTHORS].account_id,
                    text=row["text"],
                    spoiler_text="",
                    is_sensitive=number % 17 == 0,
                    language=LANGUAGES[number % 4] if "t26" in name else "en",
                    visibility=Visibility.PRIVATE if number % 11 == 0 else Visibility.PUBLIC,
                    in_reply_to_id=1 if number % 5 == 0 else None,
                )
                number += 1


class Asking:
    """Makes searches out of what stands in the posts, each with the tests that a reader would apply."""

    def __init__(self, posts: list[Read], names: dict[int, str], library: set[int]) -> None:
        self._choose = random.Random(20261124)
        self._posts = posts
        self._names = names
        self._library = library

    def next(self) -> tuple[str, list[Test]]:
        post = self._choose.choice(self._posts)
        kinds = [self.word, self.phrase, self.excluded, self.author, self.hashtag, self.mention, self.link]
        kinds += [self.library, self.date, self.language, self.reply, self.sensitive, self.word, self.word, self.phrase]
        asked = [self.word(post), *(self._choose.choice(kinds)(post) for _ in range(self._choose.randrange(3)))]
        return " ".join(text for text, _ in asked), [test for _, test in asked]

    def words(self, post: Read) -> list[str]:
        return [word for word in WORD.findall(post.status.text) if words_of(word)] or ["nothing"]

    def word(self, post: Read) -> tuple[str, Test]:
        word = self._choose.choice(self.words(post))
        return word, says(word)

    def phrase(self, post: Read) -> tuple[str, Test]:
        words = self.words(post)
        start = self._choose.randrange(len(words))
        phrase = " ".join(words[start : start + self._choose.randrange(2, 4)])
        return f'"{phrase}"', says(phrase)

    def excluded(self, post: Read) -> tuple[str, Test]:
        word = self._choose.choice(self.words(self._choose.choice(self._posts)))
        is_said = says(word)
        return f"-{word}", lambda read: not is_said(read)

    def author(self, post: Read) -> tuple[str, Test]:
        id = post.status.account_id
        return f"from:{self._names[id]}", lambda read: read.status.account_id == id

    def hashtag(self, post: Read) -> tuple[str, Test]:
        name = self._choose.choice(sorted(post.hashtags)) if post.hashtags else "qldfloods"
        return f"#{name}", lambda read: name in read.hashtags

    def mention(self, post: Read) -> tuple[str, Test]:
        acct = self._choose.choice(sorted(post.mentions)) if post.mentions else "nobody"
        return f"@{acct}", lambda read: acct in read.mentions

    def link(self, post: Read) -> tuple[str, Test]:
        return (
            ("has:link", lambda read: read.has_link) if post.has_link else ("-has:link", lambda read: not read.has_link)
        )

    def date(self, post: Read) -> tuple[str, Test]:
        day = post.status.created_at // DAY
        since, before = day - self._choose.randrange(3), day + 1 + self._choose.randrange(3)
        text = f"since:{iso_date(since * DAY)} before:{iso_date(before * DAY)}"
        return text, lambda read: since * DAY <= read.status.created_at < before * DAY

    def language(self, post: Read) -> tuple[str, Test]:
        language = post.status.language or "fr"
        return f"language:{language}", lambda read: read.status.language == language

    def reply(self, post: Read) -> tuple[str, Test]:
        if post.status.in_reply_to_id:
            return "is:reply", lambda read: read.status.in_reply_to_id is not None
        return "-is:reply", lambda read: read.status.in_reply_to_id is None

    def library(self, post: Read) -> tuple[str, Test]:
        return "in:library", lambda read: read.status.id in self._library

    def sensitive(self, post: Read) -> tuple[str, Test]:
        return "-is:sensitive", lambda read: not read.status.is_sensitive


async def mark_some(server: Server, viewer: Viewer, posts: list[Status]) -> set[int]:
    """Favourites and bookmarks of the viewer."""
    marked = {status.id for status in posts[:: len(posts) // 900]}
    async with server.db.transaction() as tx:
        for id in marked:
            sql = f"INSERT INTO {('favourites', 'bookmarks')[id % 2]} (id, account_id, status_id) VALUES (?, ?, ?)"
            await tx.execute(sql, server.ids.next(), viewer.account_id, id)
    return marked


@pytest.mark.slow
async def test_five_hundred_searches_over_real_posts_equal_a_reading_of_them_all(server: Server) -> None:
    authors = [await new_viewer(server, f"author{number}") for number in range(AUTHORS)]
    names = {author.account_id: f"author{number}" for number, author in enumerate(authors)}
    ada, muted, shut, followed = authors[:4]
    posts = list(real_posts(authors))
    assert len(posts) == 49_668
    async with server.db.transaction() as tx:
        for status in posts:
            await tx.insert(statuses, status)
        for author in authors:
            await index_later(server, tx, author.account_id, 0, HIGHEST_ID)
    await mute_account(server, ada, muted.account_id)
    await change_profile(server, shut, ProfileChange(is_indexable=False))
    await follow_account(server, ada, followed.account_id, FollowOptions())
    while await index_next(server):
        pass
    marked = await mark_some(server, ada, posts)
    library = marked | {status.id for status in posts if status.account_id == ada.account_id}

    def may_find(status: Status) -> bool:
        """Private posts of who is followed are read, but not found: nobody said that they may be."""
        if status.account_id == ada.account_id:
            return True
        if status.account_id == muted.account_id:
            return False
        if status.id in marked and status.account_id in (shut.account_id, followed.account_id):
            return status.visibility is Visibility.PUBLIC or status.account_id == followed.account_id
        return status.visibility is not Visibility.PRIVATE and status.account_id != shut.account_id

    read = sorted(map(Read, posts), key=lambda each: -each.status.id)
    shown = [each for each in read if may_find(each.status)]
    asking, hits = Asking(read, names, library), 0
    for _ in range(QUERIES):
        text, tests = asking.next()
        expected = [each.status.id for each in shown if all(test(each) for test in tests)]
        found = await search_statuses(server, ada, Search(parsed(text), Page(40)))
        assert found == expected[:40], text
        if len(expected) > 40:
            assert await search_statuses(server, ada, Search(parsed(text), Page(40), 40)) == expected[40:80], text
        hits += len(expected)
    assert hits > QUERIES * 20
