"""Outgoing HTTP between honest servers: what is sent, what comes back, where redirects lead."""

import asyncio
import gzip
import ssl
from ipaddress import ip_network
from pathlib import Path

import pytest

from mesange import __version__
from mesange.kit.http import Budget, Http, OutgoingFailed, OutgoingRefused
from mesange.kit.http.connections import Resolve
from tests.kit.loopback import LOOPBACK, Loopback

SECRETS = {
    "Authorization": "Bearer 1",
    "Signature": "sig=2",
    "Signature-Input": "sig=()",
    "Cookie": "c=3",
    "X-New": "4",
}


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"over there", f"Location: {location}", status=status)


def resolving(**names: str) -> Resolve:
    async def resolve(host: str) -> list[str]:
        return names[host.partition(".")[0]].split()

    return resolve


@pytest.fixture
def http() -> Http:
    return Http("https://here.example", allowed_addresses=LOOPBACK)


@pytest.fixture
def requests() -> list[bytes]:
    return []


@pytest.fixture
async def port(loopback: Loopback, requests: list[bytes]) -> int:
    """A server with some pages; it keeps what it was asked."""

    async def behave(request: bytes, writer: asyncio.StreamWriter) -> None:
        requests.append(request)
        page = request.split(b" ")[1].partition(b"?")[0]
        here = writer.get_extra_info("sockname")[1]
        writer.write(
            {
                b"/": answer(b"hello", "X-Twice: a", "x-twice: b", "Content-Type: text/plain"),
                b"/gzip": answer(gzip.compress(b"hello " * 1000), "Content-Encoding: gzip"),
                b"/chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n",
                b"/until-close": b"HTTP/1.0 200 OK\r\n\r\nhello until the end",
                b"/missing": answer(b"no", status="404 Not Found"),
                b"/early": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(b"hello"),
                b"/relative": redirect("../?x"),
                b"/other-host": redirect(f"http://other.example:{here}/"),
                b"/nowhere": answer(b"", status="302 Found"),
                b"/3": redirect("/2", "301 Moved Permanently"),
                b"/2": redirect("/1", "308 Permanent Redirect"),
                b"/1": redirect("/", "307 Temporary Redirect"),
                b"/4": redirect("/3"),
            }[page]
        )
        await writer.drain()

    return await loopback.serve(behave)


async def test_j2_a_request_says_who_asks(http: Http, port: int, requests: list[bytes]) -> None:
    answer = await http.get(f"http://127.0.0.1:{port}/?a=%26", accept="application/json")

    assert (answer.status, answer.body, answer.url) == (200, b"hello", f"http://127.0.0.1:{port}/?a=%26")
    assert answer.headers["x-twice"] == "a, b"
    lines = requests[0].decode().split("\r\n")
    assert lines[0] == "GET /?a=%26 HTTP/1.1"
    assert {f"host: 127.0.0.1:{port}", "accept: application/json", "accept-encoding: gzip"} <= set(lines)
    assert f"user-agent: Mesange/{__version__} (+https://here.example)" in lines


async def test_a_post_carries_its_body_and_is_never_redirected(http: Http, port: int, requests: list[bytes]) -> None:
    answer = await http.post(
        f"http://127.0.0.1:{port}/1", b'{"a": 1}', content_type="application/json", headers=SECRETS
    )

    assert (answer.status, answer.headers["location"]) == (307, "/")
    assert len(requests) == 1
    assert requests[0].endswith(b'\r\n\r\n{"a": 1}')
    assert {b"content-type: application/json", b"signature: sig=2"} <= set(requests[0].split(b"\r\n"))


@pytest.mark.parametrize(
    ("page", "body"),
    [
        ("gzip", b"hello " * 1000),
        ("chunked", b"hello!"),
        ("until-close", b"hello until the end"),
        ("missing", b"no"),
        ("early", b"hello"),
        ("nowhere", b""),
    ],
)
async def test_a_body_is_read_however_it_is_framed(http: Http, port: int, page: str, body: bytes) -> None:
    assert (await http.get(f"http://127.0.0.1:{port}/{page}")).body == body


async def test_three_redirects_are_followed_and_not_a_fourth(http: Http, port: int) -> None:
    answer = await http.get(f"http://127.0.0.1:{port}/3")
    assert (answer.status, answer.url) == (200, f"http://127.0.0.1:{port}/")
    with pytest.raises(OutgoingFailed, match="too often"):
        await http.get(f"http://127.0.0.1:{port}/4")


async def test_secrets_go_on_to_the_same_origin_only(loopback: Loopback, port: int, requests: list[bytes]) -> None:
    resolve = resolving(first="127.0.0.1", other="127.0.0.1")
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)

    await http.get(f"http://first.example:{port}/relative", headers=SECRETS)
    await http.get(f"http://first.example:{port}/other-host", headers=SECRETS, accept="text/html")

    first, second, third, fourth = ({line.partition(b":")[0] for line in r.split(b"\r\n")} for r in requests)
    secrets = {name.lower().encode() for name in SECRETS}
    assert secrets <= first & second & third
    assert not secrets & fourth
    assert b"accept: text/html" in requests[3]
    assert f"host: other.example:{port}".encode() in requests[3]


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "connection", "User-Agent"])
async def test_a_caller_does_not_set_our_headers(http: Http, name: str) -> None:
    with pytest.raises(OutgoingRefused, match=name.lower()):
        await http.get("http://127.0.0.1:8000/", headers={name: "1"})


@pytest.mark.parametrize("value", ["a\r\nHost: evil.example", "a\nb", "a\0b"])
async def test_a_header_cannot_smuggle_another(http: Http, port: int, requests: list[bytes], value: str) -> None:
    with pytest.raises(OutgoingRefused, match="not well formed"):
        await http.get(f"http://127.0.0.1:{port}/", headers={"X-Name": value})
    assert requests == []


async def test_one_budget_counts_over_all_requests_of_a_task(http: Http, port: int) -> None:
    budget = Budget(requests=3, redirects=4)
    assert (await http.get(f"http://127.0.0.1:{port}/3", budget=budget)).status == 200
    with pytest.raises(OutgoingFailed, match="redirects too often"):
        await http.get(f"http://127.0.0.1:{port}/2", budget=budget)
    await http.get(f"http://127.0.0.1:{port}/", budget=budget)
    with pytest.raises(OutgoingRefused, match="too often"):
        await http.get(f"http://127.0.0.1:{port}/", budget=budget)


async def test_beside_a_forbidden_address_only_the_good_one_is_visited(loopback: Loopback, port: int) -> None:
    await loopback.serve(answer(b"from inside"), host="127.0.0.2", port=port)
    resolve = resolving(mixed="127.0.0.2 10.0.0.1 ::1 127.0.0.1")
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve)
    assert (await http.get(f"http://mixed.example:{port}/")).body == b"hello"
    assert loopback.connections == 1


async def test_the_next_address_is_tried_when_one_refuses(port: int) -> None:
    allowed = LOOPBACK | {ip_network("127.0.0.9/32")}
    http = Http("https://here.example", allowed_addresses=allowed, resolve=resolving(two="127.0.0.9 127.0.0.1"))
    assert (await http.get(f"http://two.example:{port}/")).body == b"hello"


@pytest.fixture
async def tls_port(loopback: Loopback, certificate: Path) -> int:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return await loopback.serve(answer(b"hello in secret"), tls=context)


async def test_tls_is_verified_for_the_name_not_the_address(tls_port: int, certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    resolve = resolving(good="127.0.0.1", wrong="127.0.0.1")
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolve, tls=trusting)

    assert (await http.get(f"https://good.example:{tls_port}/")).body == b"hello in secret"
    with pytest.raises(OutgoingFailed, match="certificate"):
        await http.get(f"https://wrong.example:{tls_port}/")
    with pytest.raises(OutgoingFailed, match="certificate"):
        await http.get(f"https://127.0.0.1:{tls_port}/")


async def test_an_unknown_authority_is_not_trusted(tls_port: int) -> None:
    http = Http("https://here.example", allowed_addresses=LOOPBACK, resolve=resolving(good="127.0.0.1"))
    with pytest.raises(OutgoingFailed, match="certificate"):
        await http.get(f"https://good.example:{tls_port}/")
