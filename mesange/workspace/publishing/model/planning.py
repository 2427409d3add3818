"""When: a local time in a zone, as people say it, and the instant it means."""

from dataclasses import dataclass
from datetime import datetime

from mesange.kit.clock import HOUR
from mesange.kit.errors import Invalid
from mesange.kit.zones import instant_of, wall_of, zone_of

LATEST = 6 * HOUR
"""What could not leave for so long is not sent any more: its hour has passed."""
MISSED = "The server was not running at its hour. Choose a new time."
HOUR_HAS_PASSED = "Its hour passed while it waited for approval. Choose a new time."


@dataclass(frozen=True, slots=True)
class Plan:
    """`wall` as 2026-10-18T09:00, in a zone by its IANA name; `turn` 0 or 1 for an hour that comes twice."""

    wall: str
    zone: str
    turn: int | None = None

    @property
    def local(self) -> datetime:
        """Raises Invalid."""
        try:
            at = datetime.fromisoformat(self.wall)
        except ValueError:
            at = None
        if at is None or at.tzinfo is not None:
            raise Invalid("This is no date and time, such as 2026-10-18T09:00.", field="wall", code="ERR_TIME")
        return at

    @property
    def instant(self) -> int:
        """Raises Invalid: no such time, zone or hour; MissingHour, DoubleHour (which of the two?)."""
        zone = zone_of(self.zone)
        if zone is None:
            raise Invalid("There is no time zone of this name, such as Europe/Paris.", field="zone", code="ERR_ZONE")
        try:
            return instant_of(self.local, zone, self.turn)
        except OverflowError as error:
            raise Invalid("This date is too far away.", field="wall", code="ERR_TIME") from error


def plan_at(instant: int, zone: str) -> Plan:
    """What clocks in a zone show then; a zone that is unknown is UTC."""
    known = zone_of(zone)
    shown = wall_of(instant, known or zone_of("UTC"))  # type: ignore[arg-type]  # UTC is always known
    return Plan(shown.replace(tzinfo=None).isoformat(timespec="minutes"), zone if known else "UTC", shown.fold or None)


def checked_instant(plan: Plan, now: int) -> int:
    """Raises Invalid, also for the past."""
    instant = plan.instant
    if instant < now:
        raise Invalid("This moment has passed. Choose a later one.", field="wall", code="ERR_PAST")
    return instant
