"""Which half of `make test` a test belongs to: see scripts/both_engines.py.

What reads and writes a database runs in the half of each engine. What no engine changes runs once: tests without a
database, and stories in a browser, whose pages the tests of tests/edges see on both engines.
"""

import os
from collections.abc import Sequence

import pytest

HALF = os.environ.get("MESANGE_TEST_HALF")
"""`0` or `1`; without it, everything runs here."""
ENGINES = os.environ.get("MESANGE_TEST_ENGINES", "sqlite").split(",")


def keep_half(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other half runs."""
    if HALF is None:
        return
    shared = share([_name(item) for item in items if _runs_once(item)], int(HALF))
    ours = [item for item in items if (_name(item) in shared if _runs_once(item) else engine_of(item) in ENGINES)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(ours)])
    items[:] = ours


def share(names: Sequence[str], half: int) -> set[str]:
    """Every second of them, so that each file, and each story that is told in two looks, stands in both halves."""
    return set(sorted(set(names))[half::2])


def engine_of(item: pytest.Item) -> str | None:
    given = getattr(item, "callspec", None)
    return given.params.get("engine") if given else None


def _runs_once(item: pytest.Item) -> bool:
    return engine_of(item) is None or item.get_closest_marker("browser") is not None


def _name(item: pytest.Item) -> str:
    """The same in both halves: words made of parameters may tell the engine or the time."""
    given = getattr(item, "callspec", None)
    places = sorted((name, place) for name, place in given.indices.items() if name != "engine") if given else ()
    return f"{item.nodeid.partition('[')[0]} {places}"
