"""Days, weeks and months as a reader of each language says them. Nothing here knows a zone: a date is a date."""

from collections.abc import Callable
from datetime import date, timedelta

from mesange.kit.web.catalogue import marked as _

WEEK = 7
SUNDAY_FIRST = ("en",)
"""As in CLDR for a language without a country; elsewhere the week begins on Monday."""


class Dates:
    """`weekdays` counts from Monday as Python does; `week` is the order in which a calendar shows them."""

    def __init__(self, language: str, gettext: Callable[..., str]) -> None:
        self._gettext = gettext
        self._first = "1er" if language == "fr" else "1"
        self.begins = 6 if language in SUNDAY_FIRST else 0

    @property
    def week(self) -> list[int]:
        return [(self.begins + step) % WEEK for step in range(WEEK)]

    def week_of(self, day: date) -> list[date]:
        """The seven days of the week in which a day lies; fewer at the ends of time."""
        first = day.toordinal() - (day.weekday() - self.begins) % WEEK
        return [date.fromordinal(each) for each in range(max(first, 1), min(first + WEEK, date.max.toordinal() + 1))]

    def weeks_of(self, day: date) -> list[list[date]]:
        """The weeks that hold the month of a day, whole: five or six, four in a rare February."""
        last = month_after(day.replace(day=1)) - timedelta(days=1)
        weeks = [self.week_of(day.replace(day=1))]
        while weeks[-1][-1] < last:
            weeks.append(self.week_of(weeks[-1][-1] + timedelta(days=1)))
        return weeks

    def weekday(self, number: int) -> str:
        return self._gettext(WEEKDAYS[number])

    def short_weekday(self, number: int) -> str:
        return self._gettext(SHORT_WEEKDAYS[number])

    def month(self, day: date) -> str:
        """November 2026."""
        return self._gettext(_("%(month)s %(year)s")) % {"month": self._month(day), "year": day.year}

    def day(self, day: date) -> str:
        """Tuesday 24 November 2026."""
        words = {"day": self.weekday(day.weekday()), "date": self._numbered(day), "year": day.year}
        return self._gettext(_("%(day)s %(date)s %(year)s")) % words

    def short_day(self, day: date) -> str:
        """Tue 24 November."""
        words = {"day": self.short_weekday(day.weekday()), "date": self._numbered(day)}
        return self._gettext(_("%(day)s %(date)s")) % words

    def span(self, first: date, last: date) -> str:
        """23 to 29 November 2026."""
        begin = self._day_number(first) if first.month == last.month else self._numbered(first)
        words = {"first": begin, "last": self._numbered(last), "year": last.year}
        return self._gettext(_("%(first)s to %(last)s %(year)s")) % words

    def _numbered(self, day: date) -> str:
        return self._gettext(_("%(number)s %(month)s")) % {"number": self._day_number(day), "month": self._month(day)}

    def _month(self, day: date) -> str:
        return self._gettext(MONTHS[day.month - 1])

    def _day_number(self, day: date) -> str:
        return self._first if day.day == 1 else str(day.day)


def month_after(day: date) -> date:
    """The first day of the next month. Raises OverflowError at the end of time."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


WEEKDAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
SHORT_WEEKDAYS = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
MONTHS = [
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
]  # fmt: skip
