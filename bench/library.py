"""Many posts in words as they are spread in living languages, stored and indexed in this process, to search in."""

import random
from collections.abc import Sequence
from itertools import accumulate

from mesange.core.accounts.actions.accounts import create_account
from mesange.core.accounts.model import Viewer
from mesange.core.search.actions import index_statuses
from mesange.core.statuses.model import Status, Visibility
from mesange.core.statuses.tables import statuses
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server

AUTHORS = 200
VOCABULARY = 50_000
WORDS_PER_POST = 14
AT_ONCE = 500
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo chan bre tour lin mar quet".split()
# The posts were written between 2014 and 2024.
FIRST, LAST = 1_388_534_400_000, 1_704_067_200_000


def vocabulary() -> list[str]:
    """Words in the order of how often they are said: the second half as often as the first, and so on."""
    dice = random.Random(VOCABULARY)
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(dice.choices(SYLLABLES, k=dice.randrange(1, 5)))] = None
    return sorted(words, key=len)


async def fill_library(server: Server, count: int) -> Viewer:
    """One who wrote a share of the posts themselves."""
    async with server.db.transaction() as tx:
        authors = [(await create_account(server, tx, f"author{number}")).id for number in range(AUTHORS)]
    dice, words = random.Random(count), vocabulary()
    weights = list(accumulate(1 / place for place in range(1, len(words) + 1)))
    for first in range(0, count, AT_ONCE):
        texts = [" ".join(dice.choices(words, cum_weights=weights, k=WORDS_PER_POST)) for _ in range(AT_ONCE)]
        await _store(server, [_post(authors, first + n, count, text) for n, text in enumerate(texts)])
    return Viewer(account_id=authors[0], user_id=1)


def _post(authors: Sequence[int], number: int, count: int, text: str) -> Status:
    return Status(
        id=first_id_at(FIRST + (LAST - FIRST) * number // count),
        account_id=authors[number % len(authors)],
        text=text,
        spoiler_text="",
        is_sensitive=False,
        language="fr" if number % 2 else "en",
        visibility=Visibility.PRIVATE if number % 10 == 0 else Visibility.PUBLIC,
    )


async def _store(server: Server, posts: Sequence[Status]) -> None:
    async with server.db.transaction() as tx:
        for post in posts:
            await tx.insert(statuses, post)
        await index_statuses(server, tx, [post.id for post in posts])
