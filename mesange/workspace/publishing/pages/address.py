"""What of the calendar is looked at: everything in its address, so that a link shows the same to a colleague."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from mesange.front.visit import Visit
from mesange.workspace.publishing.model import PublicationFilter, PublicationState

ALL_BUT_CANCELLED = tuple(state for state in PublicationState if state is not PublicationState.CANCELLED)


class Way(StrEnum):
    MONTH = "month"
    WEEK = "week"
    ACCOUNTS = "accounts"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Address:
    """A day, a way to look around it, and what is left out; ids are 0 and the state is None for everything."""

    organization_id: int
    day: date
    way: Way = Way.MONTH
    account_id: int = 0
    theme_id: int = 0
    member_id: int = 0
    state: PublicationState | None = None
    page: int = 1

    def url(self, path: str = "/publishing") -> str:
        asked = {
            "of": self.organization_id,
            "view": self.way.value,
            "day": self.day.isoformat(),
            "account": self.account_id,
            "theme": self.theme_id,
            "member": self.member_id,
            "state": self.state.value if self.state else "",
            "page": self.page if self.page > 1 else 0,
        }
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"

    def at(self, day: date, way: Way | None = None) -> "Address":
        return replace(self, day=day, way=way or self.way, page=1)

    def filter(self, since: int, until: int) -> PublicationFilter:
        return PublicationFilter(
            states=(self.state,) if self.state else ALL_BUT_CANCELLED,
            account_id=self.account_id,
            theme_id=self.theme_id,
            author_id=self.member_id,
            since=since,
            until=until,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.account_id or self.theme_id or self.member_id or self.state)


def address_of(visit: Visit, organization_id: int, today: date) -> Address:
    """What is no day, view or state of ours is the usual one."""
    page = visit.text("page")
    return Address(
        organization_id=organization_id,
        day=day_in(visit.text("day")) or today,
        way=Way(way) if (way := visit.text("view")) in set(Way) else Way.MONTH,
        account_id=visit.id("account"),
        theme_id=visit.id("theme"),
        member_id=visit.id("member"),
        state=PublicationState(state) if (state := visit.text("state")) in set(PublicationState) else None,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 and int(page) else 1,
    )


def day_in(text: str) -> date | None:
    """A day that a calendar can show with its neighbours; None for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1971 <= day.year <= 9990 else None
