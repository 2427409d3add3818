"""A photograph of twelve megapixels: when it is answered, when it is ready, what readers feel; and images that lie."""

import asyncio
import io
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

from PIL import Image

from bench.failure import MeasureFailed
from bench.figure import Figure
from bench.load import Plan
from bench.processes import family, memory_megabytes
from bench.reads import ENOUGH_POSTS
from bench.target import Target
from bench.wire import Answer, Wire, get, upload
from tests.kit.bombs import BOMBS

PHOTOGRAPHS = 8
ROUNDS, READS = 5, 300
READY_WITHIN_SECONDS = 30.0
LOOK_SECONDS = 0.01


async def measure(target: Target) -> list[Figure]:
    await target.fill(ENOUGH_POSTS)
    photograph = await asyncio.to_thread(_photograph)
    quiet = [await _homes(target) for _ in range(ROUNDS)]
    took = [await _settled(target, photograph) for _ in range(PHOTOGRAPHS)]
    busy = await _homes_while_uploading(target, photograph)
    slower = median(busy) / median(quiet)
    size = f"{len(photograph) / 1e6:.1f} MB"
    return [
        Figure("photograph of 12 MP: answered", 1000 * median(each.answered for each in took), "ms", 150, detail=size),
        Figure("photograph of 12 MP: ready", 1000 * median(each.ready for each in took), "ms", 600, detail=size),
        Figure(
            "home p99 while photographs come",
            slower,
            "×",
            1.5,
            detail=f"{median(quiet) * 1000:.1f} ms before, {median(busy) * 1000:.1f} ms meanwhile",
        ),
        *await _bombs(target),
    ]


@dataclass
class Settling:
    """Seconds until the upload was answered, and until it was ready or refused; the memory of the cages meanwhile."""

    answered: float = 0.0
    ready: float = 0.0
    status: int = 0
    megabytes: list[float] = field(default_factory=list[float])


async def _settled(target: Target, content: bytes, *, watch: bool = False) -> Settling:
    settling, started = Settling(), time.perf_counter()
    watching = asyncio.create_task(_watch(target, settling)) if watch else None
    wire, token = await Wire.open(target.address), target.ring[0].token
    try:
        answer = await wire.ask(upload("/api/v2/media", token, "photograph.jpg", content))
        settling.answered = time.perf_counter() - started
        if answer.status < 400:
            answer = await _ready(wire, token, answer)
        settling.ready, settling.status = time.perf_counter() - started, answer.status
    finally:
        wire.close()
        if watching:
            watching.cancel()
    return settling


async def _ready(wire: Wire, token: str, answer: Answer) -> Answer:
    path = f"/api/v1/media/{json.loads(answer.body)['id']}"
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while answer.status in (202, 206) and time.monotonic() < deadline:
        await asyncio.sleep(LOOK_SECONDS)
        answer = await wire.ask(get(path, token))
    return answer


async def _watch(target: Target, settling: Settling) -> None:
    server = target.pids[0]
    while True:
        for pid in family(server)[1:]:
            with suppress(OSError, LookupError):  # It ended while we looked.
                settling.megabytes.append(memory_megabytes([pid], "VmHWM"))
        await asyncio.sleep(0.005)


async def _homes(target: Target) -> float:
    requests = [get("/api/v1/timelines/home", member.token, limit=20) for member in target.ring]
    return (await target.load(Plan(target.address, requests, READS))).percentile(0.99)


async def _homes_while_uploading(target: Target, photograph: bytes) -> list[float]:
    async def upload_on() -> None:
        while True:
            await _settled(target, photograph)

    uploading = asyncio.create_task(upload_on())
    try:
        return [await _homes(target) for _ in range(ROUNDS)]
    finally:
        uploading.cancel()


async def _bombs(target: Target) -> list[Figure]:
    slowest, highest = 0.0, 0.0
    for name, make in BOMBS.items():
        settling = await _settled(target, await asyncio.to_thread(make), watch=True)
        if settling.status != 422:
            raise MeasureFailed(f"{name}: {settling.status}")
        slowest = max(slowest, settling.ready)
        highest = max([highest, *settling.megabytes])
    return [
        Figure(f"{len(BOMBS)} bombs and liars: slowest refusal", slowest, "s", 2),
        Figure(f"{len(BOMBS)} bombs and liars: peak memory of a cage", highest, "MB", 300),
    ]


def _photograph() -> bytes:
    """Noise over a slope: as hard to pack as a photograph, in colour."""
    noise = Image.effect_noise((4000, 3000), 60)
    slope = Image.linear_gradient("L").resize((4000, 3000))
    picture = Image.merge("RGB", (Image.blend(noise, slope, 0.7), slope, Image.blend(noise, slope, 0.8)))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
