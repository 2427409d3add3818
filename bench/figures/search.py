"""Two words in many posts, the newest twenty, on both engines; and how soon a new post is found."""

import asyncio
import json
import random
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from bench.failure import refused
from bench.figure import Figure, quantity
from bench.library import fill_library, vocabulary
from bench.server import CHECKOUT
from bench.target import Target
from bench.wire import Wire, get, post
from mesange.core.accounts.model import Viewer
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_statuses
from mesange.kit.db.migrate import migrate, read_migrations
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import open_server
from tests.postgres import running_postgres

SOME, MANY = 50_000, 500_000
GOALS = {"SQLite": 5.0, "PostgreSQL": 25.0}
SEARCHES = 1_000
# From those in every second post to those in one of a thousand: rarer words are found at once.
OFTEN_SAID = 2_000
NEW_POSTS = 50
FOUND_WITHIN_SECONDS = 5.0


async def measure(target: Target) -> list[Figure]:
    posts = MANY if target.full else SOME
    figures = await _freshness(target)
    with tempfile.TemporaryDirectory(prefix="bench-search-", dir=CHECKOUT / "var") as folder:
        figures += await _engine("SQLite", Path(folder), "", posts)
        with running_postgres(durable=True) as url_for:
            figures += await _engine("PostgreSQL", Path(folder), url_for("search"), posts)
    return figures


async def _engine(name: str, folder: Path, url: str, posts: int) -> list[Figure]:
    async with open_server(Settings(data=folder, database_url=url)) as server:
        await migrate(server.db, read_migrations("mesange.migrations"))
        before, started = await server.db.size(), time.perf_counter()
        viewer = await fill_library(server, posts)
        rate = posts / (time.perf_counter() - started)
        each = (await server.db.size() - before) / posts
        times = await _searches(server, viewer)
    shares = quantiles(times, n=100)
    detail = f"p50 {shares[49]:.2f} ms; stored and indexed {rate:,.0f} posts/s, {each:.0f} B each"
    return [
        Figure(
            f"search: two words in {quantity(posts, 'posts')}, {name}, p99",
            shares[98],
            "ms",
            GOALS[name],
            detail=detail,
        )
    ]


async def _searches(server: Server, viewer: Viewer) -> list[float]:
    """Milliseconds of each; the first ones warm the caches."""
    dice, words = random.Random(SEARCHES), vocabulary()[:OFTEN_SAID]
    times: list[float] = []
    for _ in range(SEARCHES + 100):
        search = Search(parsed(" ".join(dice.sample(words, 2))))
        started = time.perf_counter()
        await search_statuses(server, viewer, search)
        times.append((time.perf_counter() - started) * 1000)
    return times[100:]


async def _freshness(target: Target) -> list[Figure]:
    wire = await Wire.open(target.address)
    times = [await _until_found(wire, target.ring[0].token, f"fresh{target.posts}word{n}") for n in range(NEW_POSTS)]
    wire.close()
    target.posts += NEW_POSTS
    return [
        Figure(
            "search: a new post is found after, slowest",
            max(times),
            "ms",
            50,
            detail=f"{NEW_POSTS} posts, one at a time",
        )
    ]


async def _until_found(wire: Wire, token: str, word: str) -> float:
    """Milliseconds from the answer to the post until a search finds it."""
    answer = await wire.ask(post("/api/v1/statuses", token, {"status": f"{word} is new"}))
    if answer.status != 200:
        raise refused(answer)
    answered = time.perf_counter()
    async with asyncio.timeout(FOUND_WITHIN_SECONDS):
        while True:
            found = await wire.ask(get("/api/v2/search", token, q=word, type="statuses"))
            if json.loads(found.body)["statuses"]:
                return (time.perf_counter() - answered) * 1000
