"""`kill -9` under posting load: nothing acknowledged is lost, nothing is there twice.

python -m tests.drills.kill9 --kills 100 [--clients 8] [--engine postgresql]
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.drills.load import prepare_load
from tests.drills.recount import Verdict, recount
from tests.postgres import running_postgres
from tests.server import RunningServer


def drill(server: RunningServer, kills: int, clients: int = 8, seed: int = 1, least: int = 0) -> Verdict:
    """Kill the (already running) server so many times at random moments, then recount.

    The last kill waits until so many posts at `least` were acknowledged, on however slow a machine.
    """
    moments = random.Random(seed)
    load = prepare_load(server, clients)
    slowest = 0.0
    for number in range(1, kills + 1):
        load.start()
        time.sleep(moments.uniform(0.05, 0.5))
        load.wait_for(least if number == kills else 0)
        server.kill()
        load.finish()
        slowest = max(slowest, server.start())
        if number % 10 == 0:
            print(f"{number} kills, {load.acknowledged} acknowledged, slowest start {slowest:.2f} s", flush=True)
    load.start()
    time.sleep(0.3)
    load.finish()
    refused = [reason for client in load.clients for reason in client.refused]
    assert not refused, refused[:3]
    return recount(server, load.clients)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    chosen = parser.parse_args()
    with ExitStack() as leaving:
        data = Path(leaving.enter_context(tempfile.TemporaryDirectory())) / "data"
        settings: dict[str, str] = {}
        if chosen.engine == "postgresql":
            settings["MESANGE_DATABASE_URL"] = leaving.enter_context(running_postgres())("drill")
        server = leaving.enter_context(RunningServer(data, settings))
        verdict = drill(server, chosen.kills, chosen.clients, chosen.seed)
    print(f"{chosen.kills} kills, seed {chosen.seed}: {verdict}")
    return 0 if verdict.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
