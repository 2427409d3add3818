"""A week as a file: lines of CSV (RFC 4180), read whatever wrote them; what is wrong with a line is said by number."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from mesange.core.statuses.model import Draft, composed
from mesange.kit.errors import Invalid, TooLarge
from mesange.workspace.publishing.model.planning import Plan

MOST_BYTES, MOST_LINES = 2_000_000, 5_000
COLUMNS = ("account", "date", "time", "zone", "text", "warning", "theme", "language", "visibility")
NEEDED = ("account", "date", "time", "text")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when a cell begins with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, by its number there, 1 for the headings; `told` by the names of its columns."""

    number: int
    told: dict[str, str]

    @property
    def account(self) -> str:
        return self.told["account"].lstrip("@").lower()

    @property
    def draft(self) -> Draft:
        """Raises Invalid."""
        text, warning = self.told["text"], self.told.get("warning", "")
        composed(text, warning)
        return Draft(
            text=text,
            spoiler_text=warning,
            language=self.told.get("language") or None,
            visibility=self.told.get("visibility") or None,
        )

    def plan(self, zone: str) -> Plan:
        """In the zone of its line, or else in the one given."""
        return Plan(f"{self.told['date']}T{self.told['time']}", self.told.get("zone") or zone)


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """`reason` in words for whoever wrote the file."""

    number: int
    reason: str


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 as a spreadsheet marks them, UTF-8 unmarked, and what else there is as Windows-1252.

    Raises TooLarge, Invalid for what is no text.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge("This file is too large. Divide it.")
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("This is no text. Save it as CSV.", field="file", code="ERR_CSV")


def lines_in(text: str) -> list[Line]:
    """Every line that holds anything. Raises Invalid: columns that are missing, or far too many lines."""
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip().lower() for name in next(rows, list[str]())]
        found = list(_lines(names, rows))
    except csv.Error as error:
        raise Invalid("This cannot be read as CSV.", field="file", code="ERR_CSV") from error
    if missing := [name for name in NEEDED if name not in names]:
        told = f"Columns are missing: {', '.join(missing)}. There can be: {', '.join(COLUMNS)}."
        raise Invalid(told, field="file", code="ERR_COLUMNS")
    if len(found) > MOST_LINES:
        raise Invalid(f"A file has at most {MOST_LINES} lines. Divide it.", field="file", code="ERR_CSV")
    return found


def _lines(names: list[str], rows: Iterator[list[str]]) -> Iterator[Line]:
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            cells = [*row, *[""] * len(names)]
            yield Line(number, {name: _shown(cell) for name, cell in zip(names, cells, strict=False)})


def _shown(cell: str) -> str:
    """A cell that was made harmless for spreadsheets is what it was before."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def harmless(cell: str) -> str:
    """What no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
