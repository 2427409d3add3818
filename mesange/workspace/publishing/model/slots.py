"""Queue slots and recurrence: hours of the week that wait for words, and words that come again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueueSlot:
    """An hour of the week at which an account publishes: `weekday` from 0 (Monday), `minute` of the day, in `zone`."""

    id: int
    organization_id: int
    account_id: int
    weekday: int
    minute: int
    zone: str


@dataclass(frozen=True, slots=True)
class Series:
    """Words that come again by `rule` (RFC 5545), from `wall` on, in local time; `until_wall`: planned up to there."""

    id: int
    organization_id: int
    account_id: int
    author_id: int
    parts: str
    rule: str
    wall: str
    zone: str
    theme_id: int | None = None
    until_wall: str = ""
    ended_at: int | None = None
