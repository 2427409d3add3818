"""Whose clocks are read: the place of a person, and what is told of an instant there."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mesange.core.accounts.actions.users import set_time_zone
from mesange.core.accounts.queries import find_user
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _
from mesange.kit.zones import wall_of, zone_of


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
