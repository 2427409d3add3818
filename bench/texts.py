"""What members write: about a hundred signs, each with a hashtag, one in four with a mention; the same at each run."""

import random
from collections.abc import Sequence

from bench.people import Member
from bench.wire import post

SIGNS = 100
HASHTAGS = [f"bench{number}" for number in range(20)]
SENTENCES = (
    "le train de nuit arrive avec deux heures de retard et personne ne sait pourquoi merci pour votre patience "
    "our new office opens on monday come and see how we build small birds out of paper glue some wire an hour"
)
WORDS = SENTENCES.split()


def written_posts(ring: Sequence[Member], count: int, seed: int) -> list[bytes]:
    """Requests that publish `count` posts, the members taking turns."""
    words = random.Random(seed)
    return [_publish(ring, number, words) for number in range(count)]


def written_text(words: random.Random, number: int, mention: str = "") -> str:
    """A text of about a hundred signs, never twice the same."""
    opening = f"{mention} {number}".strip()
    ending = f"#{words.choice(HASHTAGS)}"
    while len(opening) + len(ending) < SIGNS - 6:
        opening += f" {words.choice(WORDS)}"
    return f"{opening} {ending}"


def _publish(ring: Sequence[Member], number: int, words: random.Random) -> bytes:
    mention = f"@{words.choice(ring).acct}" if number % 4 == 0 else ""
    author = ring[number % len(ring)]
    return post("/api/v1/statuses", author.token, {"status": written_text(words, number, mention)})
