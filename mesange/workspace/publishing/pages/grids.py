"""The calendar's cells, out of publications: a month, hours by day, days by account, hours by account, a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from mesange.core.accounts.model import Viewer
from mesange.kit.db import Reader
from mesange.kit.web.calendar import Cell, Grid, Head, Row
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.dates import Dates
from mesange.workspace.publishing.model import Publication
from mesange.workspace.publishing.pages.address import Address, Way
from mesange.workspace.publishing.pages.entries import Sight
from mesange.workspace.publishing.pages.spans import Bucket, day_starts, gathered, hour_starts
from mesange.workspace.publishing.queries import list_planned, load_publications

IN_MONTH, IN_HOUR, IN_DAY, ON_PAGE = 4, 3, 6, 100
Buckets = Mapping[tuple[int, int], Bucket]


@dataclass(frozen=True, slots=True)
class Shown:
    """A grid or a list, the days it spans, and how many pages a list has."""

    first: date
    last: date
    grid: Grid | None = None
    days: tuple[Cell, ...] = ()
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Drawing:
    sight: Sight
    address: Address
    dates: Dates
    today: date

    async def shown(self, db: Reader, viewer: Viewer) -> Shown:
        way = self.address.way
        if way is Way.MONTH:
            return await self._month(db, viewer)
        if way is Way.LIST:
            return await self._list(db, viewer)
        days = [self.address.day] if way is Way.DAY else self.dates.week_of(self.address.day)
        if way is Way.ACCOUNTS:
            return await self._accounts(db, viewer, days)
        return await self._hours(db, viewer, days)

    async def _found(
        self, db: Reader, viewer: Viewer, starts: Sequence[int], most: int, *, by_account: bool = False
    ) -> tuple[Buckets, Mapping[int, Publication]]:
        organization_id = self.address.organization_id
        planned = await list_planned(db, viewer, organization_id, self.address.filter(starts[0], starts[-1]))
        buckets = gathered(planned, starts, most, by_account=by_account)
        ids = [id for bucket in buckets.values() for id in bucket.ids]
        return buckets, await load_publications(db, viewer, organization_id, ids)

    async def _month(self, db: Reader, viewer: Viewer) -> Shown:
        weeks = self.dates.weeks_of(self.address.day)
        days = [day for week in weeks for day in week]
        buckets, found = await self._found(db, viewer, day_starts(days[0], len(days), self.sight.zone), IN_MONTH)
        cells = [self._day(day, buckets.get((at, 0)), found) for at, day in enumerate(days)]
        rows = tuple(Row(tuple(cells[at : at + 7])) for at in range(0, len(cells), 7))
        columns = tuple(Head(self.dates.short_weekday(each), self.dates.weekday(each)) for each in self.dates.week)
        grid = Grid(self.dates.month(self.address.day), columns, rows, is_month=True)
        return Shown(days[0], days[-1], grid)

    async def _hours(self, db: Reader, viewer: Viewer, days: Sequence[date]) -> Shown:
        """Days as columns; on one day, accounts."""
        by_account = len(days) == 1
        starts = hour_starts(days[0], len(days), self.sight.zone)
        buckets, found = await self._found(db, viewer, starts, IN_HOUR, by_account=by_account)
        columns = self._account_heads() if by_account else tuple(self._day_head(day) for day in days)
        places = [(days[0], id) for id in self.sight.desk.accounts] if by_account else [(day, 0) for day in days]

        def cell(hour: int, day: date, account_id: int) -> Cell:
            bucket = buckets.get(((day - days[0]).days * 24 + hour, account_id))
            label = f"{self.dates.short_day(day)}, {hour:02}:00"
            return self._cell(label, day, bucket, found, hour=f"{hour:02}", account_id=account_id)

        rows = [Row(tuple(cell(hour, day, id) for day, id in places), Head(f"{hour:02}:00")) for hour in range(24)]
        return Shown(days[0], days[-1], Grid(self._label(days), columns, tuple(rows)))

    async def _accounts(self, db: Reader, viewer: Viewer, days: Sequence[date]) -> Shown:
        starts = day_starts(days[0], len(days), self.sight.zone)
        buckets, found = await self._found(db, viewer, starts, IN_DAY, by_account=True)
        ids = self.sight.desk.accounts
        rows = [
            Row(
                tuple(
                    self._cell(self.dates.short_day(day), day, buckets.get((at, id)), found, account_id=id)
                    for id in ids
                ),
                self._day_head(day),
            )
            for at, day in enumerate(days)
        ]
        return Shown(days[0], days[-1], Grid(self._label(days), self._account_heads(), tuple(rows)))

    async def _list(self, db: Reader, viewer: Viewer) -> Shown:
        """The days of a month that hold something, a hundred publications at a time."""
        days = [day for week in self.dates.weeks_of(self.address.day) for day in week]
        days = [day for day in days if day.month == self.address.day.month]
        starts = day_starts(days[0], len(days), self.sight.zone)
        planned = await list_planned(
            db, viewer, self.address.organization_id, self.address.filter(starts[0], starts[-1])
        )
        pages = max(1, -(-len(planned) // ON_PAGE))
        page = min(self.address.page, pages)
        buckets = gathered(planned[(page - 1) * ON_PAGE : page * ON_PAGE], starts, ON_PAGE)
        ids = [id for bucket in buckets.values() for id in bucket.ids]
        found = await load_publications(db, viewer, self.address.organization_id, ids)
        cells = [self._day(days[at], bucket, found, choosing=True) for (at, _account), bucket in buckets.items()]
        return Shown(days[0], days[-1], days=tuple(cells), pages=pages)

    def _day(
        self, day: date, bucket: Bucket | None, found: Mapping[int, Publication], *, choosing: bool = False
    ) -> Cell:
        is_outside = day.month != self.address.day.month
        return self._cell(
            self.dates.day(day), day, bucket, found, number=str(day.day), is_outside=is_outside, choosing=choosing
        )

    def _cell(
        self,
        label: str,
        day: date,
        bucket: Bucket | None,
        found: Mapping[int, Publication],
        *,
        number: str = "",
        hour: str = "",
        account_id: int = 0,
        is_outside: bool = False,
        choosing: bool = False,
    ) -> Cell:
        bucket = bucket or Bucket()
        of_day = self.address.at(day, Way.DAY).url()
        asked = {"of": self.address.organization_id, "day": day.isoformat(), "hour": hour, "account": account_id}
        return Cell(
            label=label,
            date=day.isoformat(),
            entries=self.sight.entries([found[id] for id in bucket.ids if id in found], choosing=choosing),
            hour=hour,
            number=number,
            url=of_day,
            more=bucket.more,
            more_url=self.address.at(day, Way.LIST).url() if self.address.way is Way.DAY else of_day,
            note=self._waiting(bucket.waiting),
            new="/publishing/new?" + urlencode({name: value for name, value in asked.items() if value}),
            is_today=day == self.today and not hour,
            is_outside=is_outside,
        )

    def _waiting(self, number: int) -> str:
        if self.address.way is not Way.MONTH or not number:
            return ""
        return self.sight.visit.gettext(_("%(num)s to approve"), num=number)

    def _day_head(self, day: date) -> Head:
        url = self.address.at(day, Way.DAY).url()
        return Head(self.dates.short_day(day), self.dates.day(day), url, is_today=day == self.today)

    def _account_heads(self) -> tuple[Head, ...]:
        return tuple(Head(view.handle, view.name, band=view.band) for view in self.sight.desk.accounts.values())

    def _label(self, days: Sequence[date]) -> str:
        return self.dates.day(days[0]) if len(days) == 1 else self.dates.span(days[0], days[-1])


def around(address: Address, shown: Shown) -> tuple[date, date]:
    """A day of what comes before, and of what comes after."""
    if address.way in (Way.MONTH, Way.LIST):
        first = address.day.replace(day=1)
        return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    return shown.first - timedelta(days=1), shown.last + timedelta(days=1)
