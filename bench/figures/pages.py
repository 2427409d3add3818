"""What people see in a browser: the front page for visitors, every page of somebody signed in, the first paint."""

import asyncio
import re
import secrets
import shutil
from statistics import median

import httpx
from playwright.sync_api import Browser

from bench.failure import MeasureFailed
from bench.figure import Figure
from bench.load import Plan
from bench.reads import ENOUGH_POSTS, compared
from bench.server import MESANGE
from bench.target import Target
from bench.wire import get, post
from mesange.edges.pages.routes import routes
from tests.conftest import BROWSERS
from tests.journeys.browser import WIDTHS, quiet_chromium

MANY_POSTS = 100_000
SETTLE_SECONDS = 3.0
READS = 40
SLOWEST_MILLISECONDS = 30
PAINTS, SLOWED = 5, 4
PAINTED = f"middle of {PAINTS}, nothing kept, at 390 px"
LARGEST_PAINT = """new Promise((told) => new PerformanceObserver((list) => told(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""
FULL_PAGES = (
    "/search?q=train /search?q=from:member1+monday /tags/bench1 /@member1 /@member1/with_replies /@member1/media "
    "/@member1/about /@member1/followers /notifications?only=mention"
).split()
"""With what their address asks for; the others stand in the table of routes."""


async def measure(target: Target) -> list[Figure]:
    await target.fill(MANY_POSTS if target.full else ENOUGH_POSTS)
    await asyncio.sleep(SETTLE_SECONDS)
    return [await _front_page(target), await _signed_in(target), await _first_paint(target)]


async def _front_page(target: Target) -> Figure:
    """The same bytes from the reference: half its rate is twice its cost."""
    async with httpx.AsyncClient() as browser:
        size = len((await browser.get(_origin(target))).content)
    found = await compared(target, [get("/")], size)
    return Figure("front page for visitors", found.ratio, "×", 2.0, detail=found.told)


async def _signed_in(target: Target) -> Figure:
    cookies = await _reader(target)
    pages = await _pages(target, cookies)
    slowest, where = 0.0, ""
    for path in pages:
        request = get(path).removesuffix(b"\r\n") + f"Cookie: {cookies}\r\n\r\n".encode()
        await target.load(Plan(target.address, [request], 1, connections=1))  # Its template is compiled once.
        outcome = await target.load(Plan(target.address, [request], READS, connections=1))
        if outcome.percentile(0.95) > slowest:
            slowest, where = outcome.percentile(0.95), path
    detail = f"{where}; {len(pages)} pages, {READS} times each, {target.posts} posts"
    return Figure("signed in, slowest page p95", slowest * 1000, "ms", SLOWEST_MILLISECONDS, detail=detail)


async def _pages(target: Target, cookies: str) -> list[str]:
    """Every page that is there for this reader without more words than its address, and some with."""
    plain = {
        route.path for route in routes() if route.method == "GET" and not re.search("[:*]|^/dev/|^/live/", route.path)
    }
    async with httpx.AsyncClient(base_url=_origin(target), headers={"Cookie": cookies}) as browser:
        answers = [(path, await browser.get(path)) for path in [*sorted(plain), *FULL_PAGES]]
    return [path for path, answer in answers if answer.status_code == 200]


async def _reader(target: Target) -> str:
    """Somebody who follows thirty members, signed in: their cookies."""
    name = f"reader{secrets.token_hex(3)}"
    address = f"{name}@bench.example"
    password = await _last_word(target, "create-user", address, "--name", name, "--role", "admin")
    token = await _last_word(target, "create-token", name, "--scopes", "read write follow")
    follows = [post(f"/api/v1/accounts/{member.id}/follow", token) for member in target.ring[:30]]
    await target.load(Plan(target.address, follows, len(follows)))
    async with httpx.AsyncClient(base_url=_origin(target)) as browser:
        form = (await browser.get("/sign-in")).text
        csrf = re.findall(r'name="csrf" value="([^"]+)"', form)[-1]
        typed = {"csrf": csrf, "email": address, "password": password}
        answer = await browser.post("/sign-in", data=typed, headers={"Origin": _origin(target)})
        if answer.status_code != 303:
            raise MeasureFailed(f"signing in was answered {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def _last_word(target: Target, *words: str) -> str:
    return (await target.own_server.run((*MESANGE, "admin", *words))).split()[-1]


async def _first_paint(target: Target) -> Figure:
    """Largest Contentful Paint of the front page in a headless Chromium whose processor is slowed down."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise MeasureFailed("needs Chromium")
    paints = await asyncio.to_thread(_paints, program, _origin(target))
    return Figure(f"front page, largest paint, processor {SLOWED}× slower", median(paints), "ms", 500, detail=PAINTED)


def _paints(program: str, origin: str) -> list[float]:
    with quiet_chromium(program) as browser:
        return [_paint(browser, origin) for _ in range(PAINTS)]


def _paint(browser: Browser, origin: str) -> float:
    """Milliseconds, in a window that has seen nothing before."""
    with browser.new_context(viewport=WIDTHS["phone"]) as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.goto(origin, wait_until="networkidle")
        return float(page.evaluate(LARGEST_PAINT))


def _origin(target: Target) -> str:
    return f"http://{target.address.host}:{target.address.port}"
