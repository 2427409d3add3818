"""What the command line asks for."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.figures import FIGURES
from bench.wire import Address


@dataclass(frozen=True)
class Options:
    """`address` is None for a fresh server of this checkout."""

    figures: list[str]
    address: Address | None
    tokens: list[str]
    pid: int | None
    full: bool
    write: bool


def read_options(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("figures", nargs="*", help=f"some of: {', '.join(FIGURES)} (all when none is named)")
    parser.add_argument("--base-url", help="measure this server and start none, e.g. http://127.0.0.1:8140")
    parser.add_argument(
        "--tokens", type=Path, help="with --base-url: a file with one access token a line, 51 accounts or more"
    )
    parser.add_argument("--pid", type=int, help="with --base-url: the server's process, for CPU and memory")
    parser.add_argument("--full", action="store_true", help="grow to a million posts and not to a hundred thousand")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.figures) - set(FIGURES)):
        parser.error(f"no figure is named {', '.join(unknown)}")
    if (given.base_url is None) != (given.tokens is None):
        parser.error("--base-url and --tokens go together")
    return Options(
        figures=given.figures or list(FIGURES),
        address=_address(given.base_url) if given.base_url else None,
        tokens=given.tokens.read_text().split() if given.tokens else [],
        pid=given.pid,
        full=given.full,
        write=given.write,
    )


def _address(base_url: str) -> Address:
    parts = urlsplit(base_url)
    return Address(parts.hostname or "127.0.0.1", parts.port or 80)
