"""The load client against the static reference: counts answers, time, bytes and CPU."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bench.failure import MeasureFailed
from bench.load import Plan, run_load
from bench.server import free_port
from bench.wire import Address, get


@pytest.fixture(scope="module")
def reference() -> Iterator[tuple[Address, int]]:
    address = Address("127.0.0.1", free_port())
    process = subprocess.Popen([sys.executable, "-m", "bench.static_app", str(address.port)])
    for _ in range(200):
        try:
            run_load(Plan(address, [get("/1")], 1, connections=1))
            break
        except OSError:
            time.sleep(0.02)
    yield address, process.pid
    process.terminate()
    process.wait()


def test_every_request_is_answered_once(reference: tuple[Address, int]) -> None:
    address, pid = reference
    outcome = run_load(Plan(address, [get("/44000"), get("/2000")], 100, pids=[pid]))
    assert len(outcome.latencies) == 100
    assert outcome.body_bytes == 50 * 46_000
    assert 0 < outcome.cpu < outcome.seconds * 2
    assert outcome.percentile(0.5) <= outcome.percentile(0.99)


def test_writes_go_between_the_reads_and_are_not_counted(reference: tuple[Address, int]) -> None:
    address, _ = reference
    outcome = run_load(Plan(address, [get("/10")], 40, writes=[get("/99")], reads_per_write=10))
    assert outcome.body_bytes == 400


def test_a_refusal_ends_the_run(reference: tuple[Address, int]) -> None:
    address, _ = reference
    with pytest.raises(MeasureFailed, match="500"):
        run_load(Plan(address, [get("/no-number")], 5))
