"""Outgoing HTTP against servers that mean ill: each costs us little, whatever it does."""

import asyncio
import gzip
import tracemalloc
from collections.abc import Iterator

import pytest

from mesange.kit.http import Budget, Http, OutgoingFailed, OutgoingRefused
from tests.costs import watched_loop, work
from tests.kit.loopback import LOOPBACK, Behaviour, Loopback

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(20_000_000))


@pytest.fixture
def http() -> Http:
    return Http("https://here.example", allowed_addresses=LOOPBACK)


@pytest.fixture
def hasty() -> Http:
    """Waits for nobody, so that a test of waiting does not last."""
    return Http("https://here.example", allowed_addresses=LOOPBACK, connect_seconds=0.1, read_seconds=0.1)


def repeating(start: bytes, part: bytes, pause: float = 0.0) -> Behaviour:
    """Says `start`, then `part` for ever."""

    async def behave(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            if writer.is_closing():
                raise ConnectionResetError("the client has had enough")
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


async def hang(request: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def hang_after_half(request: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 10\r\n\r\nhalf")
    await asyncio.sleep(60)


HOSTILE: dict[str, tuple[Behaviour | bytes, str]] = {
    "hangs after the question": (hang, "in time"),
    "hangs in the body": (hang_after_half, "in time"),
    "drips its body": (repeating(OK + b"Content-Length: 1000\r\n\r\n", b".", 0.02), "in time"),
    "drips its headers": (repeating(OK, b"A", 0.02), "in time"),
    "endless headers": (repeating(OK, b"X-Header: 1\r\n" * 1000), "speak HTTP"),
    "one endless header": (repeating(OK + b"X: ", b"x" * 10_000), "speak HTTP"),
    "endless hints": (repeating(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000), "more than we read"),
    "endless chunks": (repeating(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"), "more than we read"),
    "endless tiny chunks": (repeating(CHUNKED, b"1\r\nx\r\n" * 1000), "more than we read"),
    "endless trailers": (CHUNKED + b"0\r\n" + b"X-Trailer: 1\r\n" * 10_000, "speak HTTP"),
    "endless chunk extension": (repeating(CHUNKED + b"1;", b"x" * 10_000), "speak HTTP"),
    "endless body": (repeating(b"HTTP/1.0 200 OK\r\n\r\n", b"x" * 10_000), "more than we read"),
    "10 GB announced": (OK + b"Content-Length: 10000000000\r\n\r\n", "more than we read"),
    "a length of a million digits": (OK + b"Content-Length: " + b"9" * 30_000 + b"\r\n\r\n", "HTTP|more than"),
    "two lengths": (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "speak HTTP"),
    "negative length": (OK + b"Content-Length: -1\r\n\r\n", "speak HTTP"),
    "gzip bomb": (OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB, "more than we read"),
    "gzip in gzip": (OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(BOMB), "did not ask"),
    "not gzip": (OK + b"Content-Encoding: gzip\r\n\r\nhello", "cannot be read"),
    "gzip cut short": (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello")[:-5], "cut short"),
    "gzip with a tail": (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello") + b"x", "goes on"),
    "brotli unasked": (OK + b"Content-Encoding: br\r\n\r\nhello", "did not ask"),
    "body cut short": (OK + b"Content-Length: 10\r\n\r\nhello", "speak HTTP"),
    "chunks cut short": (CHUNKED + b"5\r\nhel", "speak HTTP"),
    "bad chunk length": (CHUNKED + b"zz\r\nhello", "speak HTTP"),
    "silence": (b"", "speak HTTP"),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", "speak HTTP"),
    "only noise": (bytes(range(256)) * 10, "speak HTTP"),
    "switches protocols": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        "speak HTTP",
    ),
    "redirects to itself": (b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "too often"),
    "redirects with an endless body": (
        repeating(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", b"x" * 10_000),
        "too often",
    ),
    "bad status": (b"HTTP/1.1 999999 What\r\n\r\n", "speak HTTP"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_server_costs_little(http: Http, hasty: Http, loopback: Loopback, name: str) -> None:
    behaviour, complaint = HOSTILE[name]
    asking, seconds = (hasty, 0.3) if complaint == "in time" else (http, 30)
    port = await loopback.serve(behaviour)
    tracemalloc.start()

    with work() as done:
        async with watched_loop() as watch:
            with pytest.raises(OutgoingFailed, match=complaint):
                await asking.get(f"http://127.0.0.1:{port}/", budget=Budget(seconds=seconds))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert watch.waited < 1.0
    assert done.seconds < 0.5
    assert peak < 8 << 20


async def test_a_connection_is_cut_when_we_have_had_enough(http: Http, loopback: Loopback) -> None:
    is_cut = asyncio.Event()

    async def talk_on(request: bytes, writer: asyncio.StreamWriter) -> None:
        try:
            await repeating(OK + b"Content-Length: 5\r\n\r\nhello", b".", 0.01)(request, writer)
        except OSError:
            is_cut.set()

    port = await loopback.serve(talk_on)
    assert (await http.get(f"http://127.0.0.1:{port}/")).body == b"hello"
    async with asyncio.timeout(60):
        await is_cut.wait()


async def test_a_server_that_never_accepts_is_left_in_time(http: Http, hasty: Http) -> None:
    listening = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    with pytest.raises(OutgoingFailed, match="in time"):
        await hasty.get(f"https://127.0.0.1:{port}/")
    listening.close()
    with pytest.raises(OutgoingFailed, match="reached"):
        await http.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "private", ["127.0.0.2", "[::1]", "10.0.0.1", "169.254.169.254", "2130706433", "inside.example"]
)
@pytest.mark.parametrize("hop", [1, 2, 3])
async def test_a_redirect_into_the_private_network_is_refused(loopback: Loopback, private: str, hop: int) -> None:
    async def resolve(host: str) -> list[str]:
        return ["192.168.0.1"] if host == "inside.example" else ["127.0.0.1"]

    async def behave(request: bytes, writer: asyncio.StreamWriter) -> None:
        step = int(request.split(b" ")[1][1:]) + 1
        location = f"http://{private}:{port}/" if step == hop else f"http://hop{step}.example:{port}/{step}"
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode())

    port = await loopback.serve(behave)
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)
    with pytest.raises(OutgoingRefused):
        await http.get(f"http://public.example:{port}/0", headers={"Authorization": "secret"})
    assert loopback.connections == hop


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://a.example/", "data:,x", "http://a@b.example/", "http:///a"]
)
async def test_a_redirect_to_something_else_than_the_web_is_refused(
    http: Http, loopback: Loopback, location: str
) -> None:
    port = await loopback.serve(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode())
    with pytest.raises(OutgoingRefused):
        await http.get(f"http://127.0.0.1:{port}/")


async def test_a_name_that_rebinds_is_checked_at_each_connection(loopback: Loopback) -> None:
    answers: Iterator[str] = iter(["127.0.0.1", "127.0.0.2", "127.0.0.1"])

    async def resolve(host: str) -> list[str]:
        return [next(answers)]

    port = await loopback.serve(OK + b"Content-Length: 5\r\nConnection: keep-alive\r\n\r\nhello")
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)

    assert (await http.get(f"http://rebinding.example:{port}/")).body == b"hello"
    with pytest.raises(OutgoingRefused):
        await http.get(f"http://rebinding.example:{port}/")
    assert (await http.get(f"http://rebinding.example:{port}/")).body == b"hello"
    assert loopback.connections == 2


async def test_the_resolver_is_asked_once_for_each_hop(loopback: Loopback) -> None:
    asked: list[str] = []

    async def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    port = await loopback.serve(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)
    with pytest.raises(OutgoingFailed, match="too often"):
        await http.get(f"http://once.example:{port}/", budget=Budget(redirects=2))
    assert asked == ["once.example"] * 3


async def test_a_silent_resolver_is_not_waited_for() -> None:
    async def resolve(host: str) -> list[str]:
        await asyncio.sleep(60)
        return []

    http = Http("https://here.example", resolve=resolve, connect_seconds=0.05)
    with pytest.raises(OutgoingFailed, match="in time"):
        await http.get("http://silent.example/")


async def test_two_hundred_hostile_servers_at_once_leave_the_loop_free(hasty: Http, loopback: Loopback) -> None:
    port = await loopback.serve(HOSTILE["drips its body"][0])
    gets = [hasty.get(f"http://127.0.0.1:{port}/", budget=Budget(seconds=0.3)) for _ in range(200)]
    async with watched_loop() as watch:
        results = await asyncio.gather(*gets, return_exceptions=True)
    assert all(isinstance(result, OutgoingFailed) for result in results)
    assert watch.longest < 0.1


def test_the_allowance_of_tests_is_never_the_default() -> None:
    with pytest.raises(OutgoingRefused):
        asyncio.run(Http("https://here.example").get("http://127.0.0.1:8000/"))
