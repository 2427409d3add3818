"""Nouns and forms: archives and imports, the columns of CSV, posts as activities."""

from mesange.core.archives.model.csv_forms import (
    FORMS,
    CsvForm,
    Kind,
    TooManyLines,
    UnreadableCsv,
    WrongColumns,
    checked_lines,
    line_of,
    read_lines,
)
from mesange.core.archives.model.guarding import (
    GRACE,
    AskedAlready,
    ChangeState,
    Guarded,
    GuardedChange,
    InCrisis,
    TwoPeople,
)
from mesange.core.archives.model.nouns import (
    LINK_LIFE,
    STALE_AFTER,
    Archive,
    Import,
    Problem,
    TooSoon,
    Work,
)

__all__ = [
    "FORMS",
    "GRACE",
    "LINK_LIFE",
    "STALE_AFTER",
    "Archive",
    "AskedAlready",
    "ChangeState",
    "CsvForm",
    "Guarded",
    "GuardedChange",
    "Import",
    "InCrisis",
    "Kind",
    "Problem",
    "TooManyLines",
    "TooSoon",
    "TwoPeople",
    "UnreadableCsv",
    "Work",
    "WrongColumns",
    "checked_lines",
    "line_of",
    "read_lines",
]
