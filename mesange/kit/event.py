"""What an event is. The catalogue stands in mesange/events, the log in kit/eventlog.py."""

import msgspec


class Event(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Base of every fact: ids, and what could not be read again later; never texts.

    Stored as a MessagePack array that begins with the name. Fields may only be added, at the end and with a default:
    old rows are read for ever.
    """
