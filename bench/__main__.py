"""`python -m bench [FIGURE …]` prints one table: each figure, what was measured, its goal, ok or short."""

import os
import sys
import time
from collections.abc import Sequence

import uvloop

from bench.failure import MeasureFailed
from bench.figure import Figure
from bench.figures import FIGURES
from bench.notes import keep
from bench.options import Options, read_options
from bench.stage import set_stage
from bench.table import as_text
from bench.target import Target


async def run(options: Options) -> list[Figure]:
    figures: list[Figure] = []
    async with set_stage(options) as target:
        for name in options.figures:
            figures += await _measured(name, target)
    return figures


async def _measured(name: str, target: Target) -> list[Figure]:
    print(f"… {name}", file=sys.stderr, flush=True)
    try:
        return await FIGURES[name](target)
    except (MeasureFailed, TimeoutError, OSError) as failure:
        return [Figure.failed(name, f"{type(failure).__name__}: {failure}")]


def main(arguments: Sequence[str]) -> None:
    options, started, load = read_options(arguments), time.monotonic(), os.getloadavg()[0]
    try:
        figures = uvloop.run(run(options))
    except MeasureFailed as failure:
        raise SystemExit(f"nothing could be measured: {failure}") from None
    print(as_text(figures))
    if options.write:
        keep(figures, arguments, seconds=time.monotonic() - started, load=load)


if __name__ == "__main__":
    main(sys.argv[1:])
