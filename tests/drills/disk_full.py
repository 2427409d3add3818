"""A full disk: writes answer 503 and say when to come back, reads go on, space heals everything.

Each on a small disk of its own: the whole data folder, the folder of media, the folder of what comes in.

python -m tests.drills.disk_full --cycles 10        (needs root: mounts small tmpfs)
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.drills import media_full
from tests.drills.load import prepare_load
from tests.drills.recount import recount
from tests.drills.small_disks import little_space_left, small_disk
from tests.server import PATIENCE, RunningServer

TRIES = 150
"""To write, a tenth of a second apart, after which there was time enough."""


def cycle(server: RunningServer, disk: Path, token: str) -> tuple[list[str], float]:
    """Fill the disk, look, free it: what was acknowledged, and the seconds until writes worked."""
    bearer = {"Authorization": f"Bearer {token}"}
    kept: list[str] = []
    with httpx.Client(base_url=server.origin, headers=bearer, timeout=PATIENCE) as client:
        with little_space_left(disk):
            _write_until_refused(client, kept)
            answer = client.get("/api/v1/timelines/home")
            assert answer.status_code == 200, f"reading on a full disk: {answer.status_code}"
            assert httpx.get(f"{server.origin}/local").status_code == 200
        freed = time.monotonic()
        for _ in range(TRIES):
            if client.post("/api/v1/statuses", json={"status": "healed"}).status_code == 200:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("still refusing although the space came back")
    return kept, time.monotonic() - freed


def _write_until_refused(client: httpx.Client, kept: list[str]) -> None:
    for number in range(2000):
        answer = client.post("/api/v1/statuses", json={"status": f"full {number} " + "x" * 100})
        if answer.status_code != 200:
            assert answer.status_code == 503, f"{answer.status_code} {answer.text}"
            assert int(answer.headers["retry-after"]) > 0
            assert answer.json()["error"]
            return
        kept.append(answer.json()["id"])
    raise AssertionError("2 000 posts fitted on a full disk")


def drill(cycles: int) -> str:
    with small_disk() as disk, RunningServer(disk / "data") as server:
        (client,) = prepare_load(server, 1).clients
        runs = [cycle(server, disk, client.token) for _ in range(cycles)]
        bearer = {"Authorization": f"Bearer {client.token}"}
        promised = [one for kept, _ in runs for one in kept]
        lost = [
            one
            for one in promised
            if httpx.get(f"{server.origin}/api/v1/statuses/{one}", headers=bearer).status_code != 200
        ]
        verdict = recount(server, [client])
    assert not lost
    assert not verdict.miscounted, str(verdict)
    slowest = max(seconds for _, seconds in runs)
    return f"{cycles} full disks: {len(promised)} acknowledged, 0 lost, healed in {slowest:.1f} s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=10)
    cycles = parser.parse_args().cycles
    print(drill(cycles))
    with tempfile.TemporaryDirectory() as name:
        print(media_full.drill(RunningServer(Path(name) / "data"), cycles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
