"""A calendar as the component of pages shows it: columns, rows, and what stands in each cell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Something at its hour. `state` and `icon` say how it stands; `kind` colours that: "", done, attention or alarm.

    `who` does it, in the colour `band`; `move` is where a script sends another day for it, "" when it stays. `form` is
    the one that takes its id when it is ticked.
    """

    id: str
    url: str
    title: str
    hour: str
    state: str
    icon: str
    at: int
    kind: str = ""
    who: str = ""
    band: int = 0
    note: str = ""
    move: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day, or an hour of one. `label` names it whole; `number` is the day of the month where nothing else says it.

    `date` is ISO, `hour` two figures or "". `more` entries are not shown and stand at `more_url`; `note` is a
    word about all of them. `new` is where something is added here.
    """

    label: str
    date: str
    entries: tuple[Entry, ...] = ()
    hour: str = ""
    number: str = ""
    url: str = ""
    more: int = 0
    more_url: str = ""
    note: str = ""
    new: str = ""
    is_today: bool = False
    is_outside: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.more


@dataclass(frozen=True, slots=True)
class Head:
    """Of a column or a row; `band` is the colour of whose it is, None for a day or an hour."""

    words: str
    full: str = ""
    url: str = ""
    band: int | None = None
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A month (rows without heads), days by hours, days by account. `label` says what it shows."""

    label: str
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    is_month: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way to look at a calendar, and whether it is the one shown."""

    words: str
    url: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """`earlier`, `today` and `later` lead there; `zone` is whose clocks are read. `grid`, or `days` as a list."""

    title: str
    zone: str
    ways: tuple[Way, ...] = ()
    earlier: str = ""
    today: str = ""
    later: str = ""
    grid: Grid | None = None
    days: tuple[Cell, ...] = ()
