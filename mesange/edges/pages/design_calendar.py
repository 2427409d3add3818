"""The calendar of the page of components: a month, hours of two accounts, a list; every state an entry may be in."""

from datetime import date

from mesange.front.visit import Visit
from mesange.kit.clock import HOUR
from mesange.kit.web.calendar import Calendar, Cell, Entry, Grid, Head, Row, Way
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.dates import Dates

URL, ZONE = "/design", "Europe/Paris"
TODAY = date(2026, 11, 24)
HALF_PAST_EIGHT = 1_795_505_400_000
LONG = "Donaudampfschifffahrtsgesellschaft" * 2
STATES = (
    (_("Draft"), "pencil", ""),
    (_("In review"), "clock", "attention"),
    (_("Approved"), "check", ""),
    (_("Scheduled"), "calendar", ""),
    (_("Published"), "check", "done"),
    (_("Failed"), "warning", "alarm"),
)


def calendars(visit: Visit) -> list[Calendar]:
    dates = Dates(visit.language, visit.gettext)
    ways = (Way(visit.gettext(_("Month")), URL, is_here=True), Way(visit.gettext(_("List")), URL))
    return [
        Calendar(dates.month(TODAY), ZONE, ways, URL, URL, URL, grid=_month(visit, dates)),
        Calendar(dates.day(TODAY), ZONE, grid=_hours(visit, dates)),
        Calendar(dates.short_day(TODAY), ZONE, days=(_cell(visit, dates, TODAY, number=False),)),
    ]


def _entries(visit: Visit) -> tuple[Entry, ...]:
    words = (visit.gettext(_("The tide is out, the light is low.")), "غدًا في الميناء", LONG)
    return tuple(
        Entry(
            id=str(number),
            url=URL,
            title=words[number % 3],
            hour=f"{8 + number:02}:30",
            state=visit.gettext(state),
            icon=icon,
            at=HALF_PAST_EIGHT + number * HOUR,
            kind=kind,
            who=("@ines", "@maryam")[number % 2],
            band=number % 2 * 2,
        )
        for number, (state, icon, kind) in enumerate(STATES)
    )


def _cell(visit: Visit, dates: Dates, day: date, *, number: bool = True) -> Cell:
    is_today = day == TODAY
    entries = _entries(visit) if is_today else _entries(visit)[day.day % 6 :][:1] if day.day % 5 == 0 else ()
    return Cell(
        label=dates.day(day),
        date=day.isoformat(),
        entries=entries,
        number=str(day.day) if number else "",
        url=URL,
        more=12 if is_today else 0,
        more_url=URL,
        is_today=is_today,
        is_outside=day.month != TODAY.month,
    )


def _month(visit: Visit, dates: Dates) -> Grid:
    columns = tuple(Head(dates.short_weekday(each), dates.weekday(each)) for each in dates.week)
    rows = tuple(Row(tuple(_cell(visit, dates, day) for day in week)) for week in dates.weeks_of(TODAY))
    return Grid(dates.month(TODAY), columns, rows, is_month=True)


def _hours(visit: Visit, dates: Dates) -> Grid:
    columns = (Head("@ines", band=0), Head("@maryam", band=2))
    rows: list[Row] = []
    for hour in range(8, 14):
        entries = [each for each in _entries(visit) if each.hour.startswith(f"{hour:02}")]
        label = f"{dates.short_day(TODAY)}, {hour:02}:00"
        cells = [
            Cell(label, TODAY.isoformat(), tuple(each for each in entries if each.band == head.band), f"{hour:02}")
            for head in columns
        ]
        rows.append(Row(tuple(cells), Head(f"{hour:02}:00")))
    return Grid(dates.day(TODAY), columns, tuple(rows))
