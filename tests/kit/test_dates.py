"""Days, weeks and months in the words of each language."""

from datetime import date

import pytest

from mesange.kit.web import catalogue
from mesange.kit.web.dates import Dates, month_after

AUTUMN = date(2026, 11, 24)


def dates(language: str) -> Dates:
    return Dates(language, catalogue.of(language).gettext)


def test_a_week_begins_as_the_language_has_it() -> None:
    assert dates("en").week_of(AUTUMN)[0] == date(2026, 11, 22)
    assert dates("fr").week_of(AUTUMN)[0] == date(2026, 11, 23)
    assert next(dates("fr").short_weekday(day) for day in dates("fr").week) == "lun."
    assert [dates("en").weekday(day) for day in dates("en").week][:2] == ["Sunday", "Monday"]


@pytest.mark.parametrize(
    ("day", "weeks", "first", "last"),
    [
        (AUTUMN, 6, date(2026, 10, 26), date(2026, 12, 6)),
        (date(2026, 2, 3), 5, date(2026, 1, 26), date(2026, 3, 1)),
        (date(2027, 2, 28), 4, date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_a_month_is_shown_in_whole_weeks(day: date, weeks: int, first: date, last: date) -> None:
    shown = dates("fr").weeks_of(day)
    assert (len(shown), shown[0][0], shown[-1][-1]) == (weeks, first, last)
    assert all(len(week) == 7 for week in shown)


def test_the_ends_of_time_are_no_trouble() -> None:
    assert dates("en").week_of(date.min)[0] == date.min
    assert dates("en").week_of(date.max)[-1] == date.max
    assert month_after(date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_day_is_said_as_people_say_it() -> None:
    assert dates("en").day(AUTUMN) == "Tuesday 24 November 2026"
    assert dates("fr").day(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert dates("fr").short_day(AUTUMN) == "mar. 24 novembre"
    assert dates("fr").month(AUTUMN) == "novembre 2026"
    assert dates("en").span(date(2026, 11, 29), date(2026, 12, 5)) == "29 November to 5 December 2026"
    assert dates("fr").span(date(2026, 11, 23), AUTUMN) == "du 23 au 24 novembre 2026"
