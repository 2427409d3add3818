"""Five hundred searches over tens of thousands of real posts find exactly what a reading of every post finds."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import islice

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
ADA, MUTED, SHUT, FOLLOWED = range(4)
QUERIES = 500
AT_ONCE = 500
EACH_MARKED = 55
LANGUAGES = ("", "en", "fr", "es")
Found = frozenset[int]
"""Numbers of posts: their places in the files."""


def author_name(number: int) -> str:
    return f"author{number % AUTHORS}"


@dataclass
class Read:
    """A post as one who reads it all knows it."""

    number: int
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

    @property
    def day(self) -> int:
        return self.status.created_at // DAY

    @property
    def author(self) -> int:
        return self.number % AUTHORS

    @property
    def is_marked(self) -> bool:
        """Whether it is a favourite or a bookmark of Ada."""
        return self.number % EACH_MARKED == 0

    def may_be_found_by_ada(self) -> bool:
        """Private posts of who is followed are read, but not found: nobody said that they may be."""
        is_public = self.status.visibility is Visibility.PUBLIC
        if self.author in (ADA, MUTED):
            return self.author == ADA
        if self.is_marked and self.author in (SHUT, FOLLOWED):
            return is_public or self.author == FOLLOWED
        return is_public and self.author != SHUT


def real_posts() -> Iterator[Status]:
    """Every post of both files, with what it lacks there dealt out by its number; its author is a number too."""
    number = 0
    for name in FILES:
        with gzip.open(shared_file(name), "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                at = int(datetime.fromisoformat(row["created_at"]).timestamp() * 1000)
                yield Status(
                    id=first_id_at(at) + number,
                    account_id=number % AUTHORS,
                    text=row["text"],
                    spoiler_text="",
                    is_sensitive=number % 17 == 0,
                    language=LANGUAGES[number % 4] if "t26" in name else "en",
                    visibility=Visibility.PRIVATE if number % 11 == 0 else Visibility.PUBLIC,
                    in_reply_to_id=1 if number % 5 == 0 else None,
                )
                number += 1


def ways(words: list[str]) -> list[list[str]]:
    return [words, stemmed(words, "fr"), stemmed(words, "en")]


def runs_in(words: list[str], stream: list[str]) -> bool:
    return any(stream[at : at + len(words)] == words for at in range(len(stream) - len(words) + 1))


class Reading:
    """All posts, read once; what is asked of each is answered by looking at each, once for each question."""

    def __init__(self) -> None:
        self.posts = [Read(number, status) for number, status in enumerate(real_posts())]
        self._saying: dict[str, set[int]] = defaultdict(set)
        for post in self.posts:
            for word in post.words:
                self._saying[word].add(post.number)
        self._known: dict[object, Found] = {}

    def those(self, question: object, test: Callable[[Read], bool]) -> Found:
        if question not in self._known:
            self._known[question] = frozenset(post.number for post in self.posts if test(post))
        return self._known[question]

    def saying(self, text: str) -> Found:
        wanted = ways(words_of(text))
        if len(wanted[0]) == 1:
            return frozenset().union(*(self._saying[way[0]] for way in wanted))
        able = {number for way in wanted for number in self._saying[way[0]]}
        return frozenset(
            number for number in able for way in wanted for stream in self.posts[number].streams if runs_in(way, stream)
        )

    def newest_first(self, found: Found) -> list[int]:
        return sorted((self.posts[number].status.id for number in found), reverse=True)


class Asking:
    """Makes searches out of what stands in the posts, each with what a reader would find by its parts."""

    def __init__(self, reading: Reading) -> None:
        self._choose = random.Random(20261124)
        self._reading = reading
        self._newest_first = sorted(reading.posts, key=lambda each: -each.status.id)

    def next(self) -> tuple[str, Found]:
        post = self._choose.choice(self._newest_first)
        kinds = [self.word, self.phrase, self.excluded, self.author, self.hashtag, self.mention, self.link]
        kinds += [self.library, self.date, self.language, self.reply, self.sensitive, self.word, self.word, self.phrase]
        asked = [self.word(post), *(self._choose.choice(kinds)(post) for _ in range(self._choose.randrange(3)))]
        return " ".join(text for text, _ in asked), frozenset.intersection(*(found for _, found in asked))

    def words(self, post: Read) -> list[str]:
        return [word for word in WORD.findall(post.status.text) if words_of(word)] or ["nothing"]

    def word(self, post: Read) -> tuple[str, Found]:
        word = self._choose.choice(self.words(post))
        return word, self._reading.saying(word)

    def phrase(self, post: Read) -> tuple[str, Found]:
        words = self.words(post)
        start = self._choose.randrange(len(words))
        phrase = " ".join(words[start : start + self._choose.randrange(2, 4)])
        return f'"{phrase}"', self._reading.saying(phrase)

    def excluded(self, post: Read) -> tuple[str, Found]:
        word = self._choose.choice(self.words(self._choose.choice(self._newest_first)))
        return f"-{word}", frozenset(range(len(self._reading.posts))) - self._reading.saying(word)

    def author(self, post: Read) -> tuple[str, Found]:
        name = author_name(post.number)
        return self._asked(f"from:{name}", lambda read: author_name(read.number) == name)

    def hashtag(self, post: Read) -> tuple[str, Found]:
        name = self._choose.choice(sorted(post.hashtags)) if post.hashtags else "qldfloods"
        return self._asked(f"#{name}", lambda read: name in read.hashtags)

    def mention(self, post: Read) -> tuple[str, Found]:
        acct = self._choose.choice(sorted(post.mentions)) if post.mentions else "nobody"
        return self._asked(f"@{acct}", lambda read: acct in read.mentions)

    def link(self, post: Read) -> tuple[str, Found]:
        has_link = post.has_link
        return self._asked("has:link" if has_link else "-has:link", lambda read: read.has_link == has_link)

    def date(self, post: Read) -> tuple[str, Found]:
        since, before = post.day - self._choose.randrange(3), post.day + 1 + self._choose.randrange(3)
        text = f"since:{iso_date(since * DAY)} before:{iso_date(before * DAY)}"
        return self._asked(text, lambda read: since <= read.day < before)

    def language(self, post: Read) -> tuple[str, Found]:
        language = post.status.language or "fr"
        return self._asked(f"language:{language}", lambda read: read.status.language == language)

    def reply(self, post: Read) -> tuple[str, Found]:
        is_reply = bool(post.status.in_reply_to_id)
        return self._asked(
            "is:reply" if is_reply else "-is:reply", lambda read: bool(read.status.in_reply_to_id) == is_reply
        )

    def library(self, post: Read) -> tuple[str, Found]:
        return self._asked("in:library", lambda read: read.is_marked or read.author == ADA)

    def sensitive(self, post: Read) -> tuple[str, Found]:
        return self._asked("-is:sensitive", lambda read: not read.status.is_sensitive)

    def _asked(self, text: str, test: Callable[[Read], bool]) -> tuple[str, Found]:
        return text, self._reading.those(text, test)


@cache
def questions() -> list[tuple[str, list[int]]]:
    """Each search and the posts that Ada finds by it, the same on every engine. The reading itself is let go."""
    reading = Reading()
    asking, shown = Asking(reading), reading.those("Ada", Read.may_be_found_by_ada)
    asked = [asking.next() for _ in range(QUERIES)]
    return [(text, reading.newest_first(found & shown)) for text, found in asked]


async def keep(server: Server, authors: list[Viewer]) -> None:
    posts = [replace(status, account_id=authors[status.account_id].account_id) for status in real_posts()]
    assert len(posts) == 49_668
    row = f", ({', '.join('?' * len(statuses.fields))})"
    async with server.db.transaction() as tx:
        for start in range(0, len(posts), AT_ONCE):
            some = posts[start : start + AT_ONCE]
            values = [value for status in some for value in statuses.values(status)]
            await tx.execute(statuses.insert_text + row * (len(some) - 1), *values)
        for author in authors:
            await index_later(server, tx, author.account_id, 0, HIGHEST_ID)


async def mark_some(server: Server, ada: Viewer) -> None:
    async with server.db.transaction() as tx:
        for id in (status.id for status in islice(real_posts(), 0, None, EACH_MARKED)):
            sql = f"INSERT INTO {('favourites', 'bookmarks')[id % 2]} (id, account_id, status_id) VALUES (?, ?, ?)"
            await tx.execute(sql, server.ids.next(), ada.account_id, id)


@pytest.mark.slow
async def test_five_hundred_searches_over_real_posts_equal_a_reading_of_them_all(server: Server) -> None:
    authors = [await new_viewer(server, author_name(number)) for number in range(AUTHORS)]
    ada = authors[ADA]
    await keep(server, authors)
    await mute_account(server, ada, authors[MUTED].account_id)
    await change_profile(server, authors[SHUT], ProfileChange(is_indexable=False))
    await follow_account(server, ada, authors[FOLLOWED].account_id, FollowOptions())
    while await index_next(server):
        pass
    await mark_some(server, ada)
    for text, expected in questions():
        found = await search_statuses(server, ada, Search(parsed(text), Page(40)))
        assert found == expected[:40], text
        if len(expected) > 40:
            assert await search_statuses(server, ada, Search(parsed(text), Page(40), 40)) == expected[40:80], text
    assert sum(len(expected) for _, expected in questions()) > QUERIES * 20
