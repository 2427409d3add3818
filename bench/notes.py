"""Keeps the last figures in docs/benchmarks.md, with their date, command and machine."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure
from bench.server import CHECKOUT
from bench.table import as_markdown

PAGE = CHECKOUT / "docs" / "benchmarks.md"
OPENING, CLOSING = "<!-- figures: written by python -m bench --write -->", "<!-- end of figures -->"


def keep(figures: Sequence[Figure], arguments: Sequence[str], *, seconds: float, load: float) -> None:
    """Replaces the table between the two marks of the page. `load` is the machine's load average before the run."""
    text = PAGE.read_text()
    before, rest = text.split(OPENING)
    after = rest.split(CLOSING)[1]
    PAGE.write_text(
        f"{before}{OPENING}\n\n{_heading(arguments, seconds, load)}\n\n{as_markdown(figures)}\n\n{CLOSING}{after}"
    )


def _heading(arguments: Sequence[str], seconds: float, load: float) -> str:
    command = " ".join(["python -m bench", *arguments])
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, `{command}`, {seconds / 60:.0f} min, {machine()}; "
        f"load average of other work before the run {load:.1f}."
    )


def machine() -> str:
    """Processor, cores, system and Python, as a reader needs them to compare."""
    names = [
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    processor = names[0] if names else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
