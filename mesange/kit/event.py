"""What every event is: a frozen fact in the past tense. The catalogue and the rooms need no more than this."""

import msgspec


class Event(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Base of every fact. Ids, and what could not be read again later; never texts."""
