"""Reading rows out of CSV and JSON Lines files, packed or not, one at a time."""

import csv
import gzip
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

MOST_CELL = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its columns, or a JSON text still to be read."""

    number: int
    columns: dict[str, Any] | None = None
    text: str = ""

    def values(self) -> dict[str, Any]:
        """Raises ValueError for what is no row."""
        if self.columns is not None:
            return self.columns
        try:
            value = json.loads(self.text)
        except (ValueError, RecursionError):
            raise ValueError("it is not valid JSON") from None
        if not isinstance(value, dict):
            raise ValueError("it is no JSON object")
        return value  # type: ignore[no-any-return]


def read_lines(file: Path) -> Iterator[Line]:
    """Rows with the number of the line where each ends, as editors count."""
    with _opened(file) as text:
        if _is_json(file):
            yield from (Line(number, text=row) for number, row in enumerate(text, 1) if row.strip())
        else:
            csv.field_size_limit(MOST_CELL)
            rows = csv.DictReader(text)
            for row in rows:
                yield Line(rows.line_num, columns=row)


def count_lines(file: Path) -> int:
    with _opened(file) as text:
        lines = sum(1 for _ in text)
    return lines if _is_json(file) else max(lines - 1, 0)


def _is_json(file: Path) -> bool:
    return file.name.removesuffix(".gz").endswith((".jsonl", ".json", ".ndjson"))


@contextmanager
def _opened(file: Path) -> Generator[TextIO]:
    """What is not UTF-8 becomes replacement signs; the line is kept."""
    opener = gzip.open if file.name.endswith(".gz") else open
    with opener(file, "rt", encoding="utf-8", errors="replace", newline="") as text:  # type: ignore[operator]
        yield text
