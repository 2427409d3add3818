"""Timelines merged from many sources: of each author and each hashtag a portion, by an index."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from mesange.core.timelines.model import Entry
from mesange.kit.db import Reader, Row, Value
from mesange.kit.paging import Page

ENTRY = (
    "s.id, s.account_id, coalesce(s.reblog_of_id, 0), coalesce(o.account_id, 0), coalesce(s.in_reply_to_account_id, 0)"
)
NOT_DIRECT = "visibility IN ('public', 'unlisted', 'private')"


@dataclass(frozen=True, slots=True)
class Found:
    """A status in a portion, with the language of what it shows."""

    entry: Entry
    language: str


@dataclass(frozen=True, slots=True)
class Portions:
    """Complete up to `cut_off`, the id at which somebody's portion ended; 0 when everything came."""

    by_authors: list[Found]
    by_hashtags: list[Entry]
    cut_off: int = 0


Taking: TypeAlias = Callable[[Page], Awaitable[Portions]]
Choosing: TypeAlias = Callable[[Portions], Iterable[Entry]]


async def read_page(page: Page, take: Taking, choose: Choosing) -> tuple[list[Entry], int]:
    """A page from the tables, oldest first, and the id as far as which it is complete; 0 when there is no more.

    One round, or more when the rules leave too little of it.
    """
    found: dict[int, Entry] = {}
    cut_off = 0
    while len(found) < page.limit:
        portions = await take(page)
        found |= {entry.id: entry for entry in choose(portions)}
        cut_off = portions.cut_off
        if not cut_off:
            break
        page = replace(page, above=cut_off) if page.forwards else replace(page, below=cut_off)
    return sorted(found.values()), cut_off


async def by_authors(
    db: Reader, authors: str, values: list[Value], page: Page, each: int, condition: str = NOT_DIRECT
) -> list[Row]:
    """Of every `author` in the rows of the query `authors`: entry, language, author."""
    return await db.rows(
        f"SELECT {ENTRY}, coalesce(o.language, s.language), s.account_id FROM ({authors}) f "
        "JOIN statuses s ON s.id IN (SELECT id FROM statuses WHERE account_id = f.author AND id < ? AND id > ? "
        f"AND {condition} ORDER BY id {page.order} LIMIT ?) "
        "LEFT JOIN statuses o ON o.id = s.reblog_of_id ORDER BY s.id",
        *values,
        page.below,
        page.above,
        each,
    )


async def by_hashtags(db: Reader, names: Iterable[str], hidden: list[int], page: Page, each: int) -> list[Row]:
    """Of every hashtag: entry, language, hashtag. Only public posts stand under one."""
    wanted = sorted(names)
    if not wanted:
        return []
    shown = " AND (SELECT account_id FROM statuses WHERE id = status_id) <> ALL(?)" if hidden else ""
    return await db.rows(
        "SELECT s.id, s.account_id, 0, 0, coalesce(s.in_reply_to_account_id, 0), s.language, t.id FROM hashtags t "
        "JOIN statuses s ON s.id IN (SELECT status_id FROM status_hashtags WHERE hashtag_id = t.id AND status_id < ? "
        f"AND status_id > ?{shown} ORDER BY status_id {page.order} LIMIT ?) WHERE t.name = ANY(?) ORDER BY s.id",
        page.below,
        page.above,
        *([hidden] if hidden else []),
        each,
        wanted,
    )


def portions_of(authors: list[Row], hashtags: list[Row], each: int, page: Page) -> Portions:
    """What is complete of both: as far as the first portion that ended reaches."""
    sources: dict[tuple[bool, int], list[int]] = {}
    for is_hashtag, rows in ((False, authors), (True, hashtags)):
        for row in rows:
            sources.setdefault((is_hashtag, row[6]), []).append(row[0])
    full = [ids for ids in sources.values() if len(ids) >= each]
    if page.forwards:
        cut_off = min((ids[-1] for ids in full), default=0)
        authors = [row for row in authors if not cut_off or row[0] <= cut_off]
        hashtags = [row for row in hashtags if not cut_off or row[0] <= cut_off]
    else:
        cut_off = max((ids[0] for ids in full), default=0)
        authors = [row for row in authors if row[0] >= cut_off]
        hashtags = [row for row in hashtags if row[0] >= cut_off]
    return Portions([Found(Entry(*row[:5]), row[5]) for row in authors], [Entry(*row[:5]) for row in hashtags], cut_off)
