"""A backup while people read and write, its restoration, and how much slower the server was meanwhile."""

import asyncio
import shutil
import time
from pathlib import Path

from bench.figure import Figure, quantity
from bench.load import Plan
from bench.reads import ENOUGH_POSTS
from bench.server import MESANGE
from bench.target import Target
from bench.texts import written_posts
from bench.wire import get

ROUND = 250
READS_PER_WRITE = 10
QUIET_ROUNDS = 6
MOST_BACKUP_SECONDS, MOST_RESTORE_SECONDS = 180, 600
MOST_SLOWER = 2.0


async def measure(target: Target) -> list[Figure]:
    await target.fill(ENOUGH_POSTS)
    archive, clean = target.own_server.data.with_suffix(".tar"), target.own_server.data.with_suffix(".restored")
    quiet = [await _round(target) for _ in range(QUIET_ROUNDS)]
    try:
        busy, backup_seconds = await _while_saving(target, archive)
        size = archive.stat().st_size
        started = time.perf_counter()
        await target.own_server.run((*MESANGE, "restore", str(archive), "--data", str(clean)))
        restore_seconds = time.perf_counter() - started
    finally:
        archive.unlink(missing_ok=True)
        shutil.rmtree(clean, ignore_errors=True)
    posts = quantity(target.posts, "posts")
    slower = _middle(busy) / _middle(quiet)
    return [
        Figure(f"backup, {posts}", backup_seconds, "s", MOST_BACKUP_SECONDS, detail=f"{size / 1e6:.0f} MB, verified"),
        Figure(f"restore, {posts}", restore_seconds, "s", MOST_RESTORE_SECONDS, detail="every row compared"),
        Figure(
            "reads and posts during a backup",
            slower,
            "×",
            MOST_SLOWER,
            detail=f"p99 of {ROUND} homes, a post every {READS_PER_WRITE}: {_middle(quiet) * 1000:.1f} ms before, "
            f"{_middle(busy) * 1000:.1f} ms meanwhile",
        ),
    ]


async def _while_saving(target: Target, archive: Path) -> tuple[list[float], float]:
    started = time.perf_counter()
    saving = asyncio.create_task(target.own_server.run((*MESANGE, "backup", str(archive))))
    rounds = [await _round(target)]
    while not saving.done():
        rounds.append(await _round(target))
    await saving
    return rounds, time.perf_counter() - started


async def _round(target: Target) -> float:
    """Seconds within which 99 of 100 homes came."""
    requests = [get("/api/v1/timelines/home", member.token, limit=20) for member in target.ring]
    writes = written_posts(target.ring, ROUND // READS_PER_WRITE, seed=target.posts)
    plan = Plan(target.address, requests, ROUND, writes=writes, reads_per_write=READS_PER_WRITE)
    return (await target.load(plan)).percentile(0.99)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
