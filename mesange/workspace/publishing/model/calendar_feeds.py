"""Calendar feeds: a secret address at which another program reads the calendar of an organization."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """It shows what its user may see at the moment of reading; who knows the secret needs nothing else."""

    id: int
    organization_id: int
    user_id: int
    secret_hash: bytes
