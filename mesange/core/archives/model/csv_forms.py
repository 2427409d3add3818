"""The columns of CSV files: what is written, what is read.

They are Mastodon's, but for filters, of which it writes no table. There a line is one word on one filter, as a line of
lists is one account on one list: `Filter name`, `Keyword`, `Whole word` (true or false), `Action` (hide, warn or
blur), `Contexts` (home, notifications, public, thread, account, with commas between) and `Expires at` (ISO 8601, empty
for ever). Lines that agree in all but the word are one filter. Single posts on a filter do not travel: they are of
this server.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Invalid

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""
MOST_LINES = 20_000
MOST_BYTES = 5_000_000
ADDRESS = r"@?[^\s@,]{1,100}(@[^\s@,]{1,300})?"
URI = r"https?://\S{1,2000}"
DOMAIN = r"[^\s@,/]{1,255}\.[^\s@,/.]{1,63}\.?"
ONLY_WITH_HEAD = r"(?!)"
"""Where anything could stand in the first column, a file without a head could be any file."""


class Kind(StrEnum):
    FOLLOWING = "following"
    BLOCKING = "blocking"
    MUTING = "muting"
    LISTS = "lists"
    BOOKMARKS = "bookmarks"
    DOMAINS = "domains"
    FILTERS = "filters"


@dataclass(frozen=True, slots=True)
class CsvForm:
    """The first `needed` columns must be there; a file without a head holds them in this order. `sample` matches what
    stands in the first one."""

    file: str
    columns: tuple[str, ...]
    sample: str
    needed: int = 1

    def looks_like(self, cell: str) -> bool:
        return re.fullmatch(self.sample, cell.strip()) is not None


FORMS: Mapping[Kind, CsvForm] = {
    Kind.FOLLOWING: CsvForm(
        "following_accounts.csv", ("Account address", "Show boosts", "Notify on new posts", "Languages"), ADDRESS
    ),
    Kind.BLOCKING: CsvForm("blocked_accounts.csv", ("Account address",), ADDRESS),
    Kind.MUTING: CsvForm("muted_accounts.csv", ("Account address", "Hide notifications"), ADDRESS),
    Kind.LISTS: CsvForm("lists.csv", ("List name", "Account address"), r".{1,100}", 2),
    Kind.BOOKMARKS: CsvForm("bookmarks.csv", ("#uri",), URI),
    Kind.DOMAINS: CsvForm("blocked_domains.csv", ("#domain",), DOMAIN),
    Kind.FILTERS: CsvForm(
        "filters.csv",
        ("Filter name", "Keyword", "Whole word", "Action", "Contexts", "Expires at"),
        ONLY_WITH_HEAD,
        5,
    ),
}


class UnreadableCsv(Invalid):
    public_text = "This file is not a CSV file in UTF-8. Nothing was changed: save it as CSV and send it again."
    code = "ERR_CSV"


class WrongColumns(Invalid):
    """`missing` are the columns that must be there."""

    public_text = "The columns of this file are not those of what you chose. Nothing was changed: choose what it holds."
    code = "ERR_COLUMNS"

    def __init__(self, missing: Sequence[str] = ()) -> None:
        super().__init__()
        self.missing = missing


class TooManyLines(Invalid):
    public_text = "This file is too large: at most 20 000 lines and 5 MB. Nothing was changed: send it in parts."
    code = "ERR_TOO_LONG"


def line_of(cells: Iterable[str]) -> bytes:
    """One line; text of people that a spreadsheet would take for a formula is kept from it by a `'`."""
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in cells])
    return line.getvalue().encode()


def checked_lines(content: bytes, form: CsvForm) -> int:
    """How many lines the file has. Raises UnreadableCsv, WrongColumns, TooManyLines before anything is done."""
    if len(content) > MOST_BYTES or content.count(b"\n") > MOST_LINES + 1:
        raise TooManyLines()
    try:
        lines = list(read_lines(io.StringIO(content.decode("utf-8-sig"), newline=""), form))
    except UnicodeDecodeError:
        raise UnreadableCsv() from None
    if not lines:
        raise UnreadableCsv("There is nothing in this file. Nothing was changed.")
    if len(lines) > MOST_LINES:
        raise TooManyLines()
    return len(lines)


def read_lines(file: Iterable[str], form: CsvForm) -> Iterator[tuple[int, dict[str, str]]]:
    """(number of the line, its cells by column) of each line that is not empty. Raises as `checked_lines` does."""
    reader = csv.reader(line.replace("\0", "") for line in file)
    columns: Sequence[str] = ()
    try:
        for cells in reader:
            if not any(cells):
                continue
            if not columns:
                columns = _columns_from(cells, form)
                if _is_head(cells):
                    continue
            yield reader.line_num, dict(zip(columns, map(_read, cells), strict=False))
    except csv.Error:
        raise UnreadableCsv() from None


def _columns_from(first: Sequence[str], form: CsvForm) -> Sequence[str]:
    """What the columns are called: by the head, or in our order when the file has none."""
    if _is_head(first):
        ours = {column.lower(): column for column in form.columns}
        named = [ours.get(cell.strip().lower(), cell) for cell in first]
        if missing := [column for column in form.columns[: form.needed] if column not in named]:
            raise WrongColumns(missing)
        return named
    if len(first) > len(form.columns) or not form.looks_like(first[0]):
        raise WrongColumns(form.columns[: form.needed])
    return form.columns


def _is_head(cells: Sequence[str]) -> bool:
    return cells[0].strip().lower() in {form.columns[0].lower() for form in FORMS.values()}


def _read(cell: str) -> str:
    """What we, or others, put before a dangerous sign is taken away again."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(DANGEROUS) else cell
