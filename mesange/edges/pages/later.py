"""The hour at which a post goes out, as the clocks of the person's place show it."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mesange.core.accounts.actions.users import set_time_zone
from mesange.core.accounts.queries import find_user
from mesange.front.views import LaterView
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.zones import DoubleHour, MissingHour, instant_of, wall_of, zone_of

DATE, TIME = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d\d:\d\d", re.ASCII)
FIELDS = ("scheduled_date", "scheduled_time")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose clocks are read; `is_chosen` when the person said so."""

    zone: ZoneInfo
    is_chosen: bool


async def place_of(visit: Visit) -> Place:
    """The person's own choice, else what their browser told with the form, else the server's."""
    user = await find_user(visit.server.db, visit.viewer.user_id)
    chosen = zone_of(user.time_zone) if user else None
    told = zone_of(visit.text("zone")[:64])
    return Place(chosen or told or zone_of(visit.server.settings.time_zone) or ZoneInfo("UTC"), chosen is not None)


async def remember_place(visit: Visit) -> None:
    """Who planned by the clocks of their browser reads the plan by the same ones, wherever they open it."""
    told = visit.text("zone")[:64]
    if zone_of(told) and not (await place_of(visit)).is_chosen:
        await set_time_zone(visit.server, visit.viewer.user_id, told)


async def hour_asked(visit: Visit) -> int | None:
    """The instant of the composer's date and time; None when there is none.

    Raises MissingHour, DoubleHour, Invalid (half of it).
    """
    date, time = (visit.text(name).strip() for name in FIELDS)
    if not date and not time:
        return None
    if not DATE.fullmatch(date) or not TIME.fullmatch(time):
        raise Invalid("Give the day and the hour, both.", field="scheduled_at")
    try:
        wall = datetime.fromisoformat(f"{date} {time}")
    except ValueError:
        raise Invalid("Give the day and the hour, both.", field="scheduled_at") from None
    turn = {"1": 0, "2": 1}.get(visit.text("turn"))
    return instant_of(wall, (await place_of(visit)).zone, turn)


def is_about_the_hour(error: Exception) -> bool:
    return isinstance(error, MissingHour | DoubleHour) or getattr(error, "field", "") == "scheduled_at"


async def later_view(visit: Visit, form: Form) -> LaterView:
    """What the composer shows of all this; `form` holds the date and time typed, and what is wrong with them."""
    place = await place_of(visit)
    problem = form.problems["scheduled"]
    today = wall_of(visit.server.clock.now(), place.zone).date().isoformat()
    return LaterView(
        zone=place.zone.key,
        is_chosen=place.is_chosen,
        earliest=today,
        is_double=problem == visit.gettext(DoubleHour.public_text) or bool(visit.text("turn")),
        turn=visit.text("turn"),
        is_open=bool(problem or form.values["scheduled_date"] or visit.text("do") == "later"),
    )


def typed_hour(instant: int, zone: ZoneInfo) -> dict[str, str]:
    """The fields of the composer for an instant."""
    wall = wall_of(instant, zone)
    return {"scheduled_date": wall.date().isoformat(), "scheduled_time": f"{wall:%H:%M}"}


def said(visit: Visit, instant: int, zone: ZoneInfo) -> str:
    """The hour in words, by the clocks of a place: `18:00 (UTC+01:00)`."""
    wall = wall_of(instant, zone)
    return visit.gettext(_("%(hour)s (UTC%(offset)s)"), hour=f"{wall:%H:%M}", offset=wall.isoformat()[-6:])


def wall_milliseconds(instant: int, zone: ZoneInfo) -> int:
    """For the words of the day: the same instant as if the place stood at Greenwich."""
    wall = wall_of(instant, zone).replace(tzinfo=ZoneInfo("UTC"))
    return int(wall.timestamp() * 1000)
