"""The hour at which a post goes out, as the clocks of the person's place show it."""

import re
from datetime import datetime

from mesange.front.clocks import place_of
from mesange.front.views import LaterView
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.web.frame import Form
from mesange.kit.zones import DoubleHour, MissingHour, instant_of, wall_of

DATE, TIME = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d\d:\d\d", re.ASCII)
FIELDS = ("scheduled_date", "scheduled_time")


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
