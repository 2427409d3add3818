"""What a supervisor and Prometheus ask, and who may ask it."""

import re

import httpx
import msgspec
import pytest

from mesange.kit.errors import Unavailable
from mesange.kit.metrics import Requests, slowest_routes
from mesange.kit.progress import Progress
from mesange.kit.server import Server
from mesange.main import build_app
from tests.costs import work
from tests.edges.reader import ORIGIN

LINE = re.compile(r'[a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)*\})? -?[0-9.e+-]+')


def asking(server: Server, address: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(build_app(server), client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN)


async def test_a_living_server_is_ready(server: Server) -> None:
    client = asking(server)
    assert (await client.get("/livez")).text == "OK\n"
    assert (await client.get("/readyz")).json() == {"ready": True, "troubles": {}}


async def test_a_server_that_cannot_write_lives_and_is_not_ready(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise Unavailable()

    monkeypatch.setattr(server.db, "transaction", full)
    assert (await asking(server).get("/livez")).status_code == 200
    answer = await asking(server).get("/readyz")
    assert answer.status_code == 503 and answer.json()["troubles"] == {"database": "Unavailable"}
    outside = await asking(server, "203.0.113.9").get("/readyz")
    assert (outside.status_code, outside.text) == (503, "not ready\n")


async def test_an_older_database_is_not_ready(server: Server) -> None:
    server.of(Progress).newest_migration = 9_999
    assert "migrations" in (await asking(server).get("/readyz")).json()["troubles"]


async def test_prometheus_reads_the_figures(server: Server) -> None:
    client = asking(server)
    await client.get("/api/v1/instance")
    await client.get("/nothing/of/the/kind")
    await client.get("/@nobody")
    await client.get("/api/v1/accounts/1")
    text = (await client.get("/metrics")).text
    assert all(line.startswith("#") or LINE.fullmatch(line) for line in text.splitlines()), text
    for said in (
        'mesange_requests_total{method="GET",route="/api/v1/instance",status="200"} 1',
        'mesange_requests_total{method="any",route="(no route)",status="404"} 1',
        'mesange_request_seconds_count{route="/api/v1/instance"} 1',
        "mesange_mails_waiting 0",
        "mesange_live_listeners 0",
        'mesange_kept_entries{part="AccountMemory",name="accounts"}',
        'mesange_memory_bytes{kind="now"}',
        "mesange_database{",
    ):
        assert said in text, said


async def test_g18_no_label_comes_from_outside(server: Server) -> None:
    client = asking(server)
    for number in range(300):
        await client.get(f"/made-up-{number}", headers={"User-Agent": f"evil {number}"})
        await client.request(f"VERB{number}", "/about")
        await client.get(f"/@nobody{number}")
        await client.get(f"/tags/x{number}?q={number}")
    requests = server.of(Requests)
    assert len(requests.series) < 10
    assert "evil" not in (await client.get("/metrics")).text


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_g13_figures_are_for_this_machine_alone_and_not_for_who_comes_through_its_proxy(
    server: Server, name: str
) -> None:
    assert (await asking(server).get("/metrics")).status_code == 200
    assert (await asking(server).get("/metrics", headers={name: "127.0.0.1"})).status_code == 404
    outside = asking(server, "203.0.113.9")
    assert (await outside.get("/metrics")).status_code == 404
    assert (await outside.get("/metrics", headers={name: "127.0.0.1"})).status_code == 404


async def test_with_a_token_figures_are_read_from_anywhere(server: Server) -> None:
    server.settings = msgspec.structs.replace(server.settings, metrics_token="a quiet word")
    outside = asking(server, "203.0.113.9")
    assert (await outside.get("/metrics", headers={"Authorization": "Bearer a quiet word"})).status_code == 200
    for wrong in ({}, {"Authorization": "Bearer a loud word"}):
        assert (await asking(server).get("/metrics", headers=wrong)).status_code == 404


def test_noting_a_request_costs_a_microsecond() -> None:
    requests, rounds = Requests(), 20_000
    with work() as done:
        for _ in range(rounds):
            requests.note("GET", "/api/v1/timelines/home", 200, 0.004)
    assert done.seconds / rounds < 5e-6  # A loaded machine is given five times as much.


def test_the_slowest_answers_are_told_by_their_route() -> None:
    requests = Requests()
    for _ in range(95):
        requests.note("GET", "/local", 200, 0.002)
    for _ in range(5):
        requests.note("GET", "/local", 500, 0.04)
    requests.note("GET", "/search", 200, 3.0)
    slowest, next_one = slowest_routes(requests, 10)
    assert (slowest.route, slowest.answers, slowest.most) == ("/search", 1, float("inf"))
    assert (next_one.route, next_one.answers, next_one.most) == ("/local", 100, 2.5)
    assert next_one.average == pytest.approx(3.9)
