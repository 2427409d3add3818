"""Snowflake-like ids: 63 bits, time first, so that they sort by acceptance.

Layout: 42 bits of milliseconds since the Unix epoch, 8 bits of node, 13 bits of sequence.
"""

from mesange.kit.clock import Clock

NODE_BITS = 8
SEQUENCE_BITS = 13
TIME_SHIFT = NODE_BITS + SEQUENCE_BITS
HIGHEST_NODE = (1 << NODE_BITS) - 1
LOWEST_ID = 0
HIGHEST_ID = (1 << 63) - 1
SLOTS_PER_MILLISECOND = 1 << TIME_SHIFT


def id_of(text: str) -> int | None:
    """The id that somebody names, or None when it can be none: not decimal digits, or too large."""
    is_id = text.isascii() and text.isdigit() and len(text) <= 19
    return int(text) if is_id and int(text) <= HIGHEST_ID else None


class Ids:
    """Gives ids that never repeat and never go back, whatever the clock does.

    When the clock jumps back, or more ids are asked in a millisecond than it holds, time runs on
    logically from the last id given.
    """

    def __init__(self, clock: Clock, node: int = 0) -> None:
        if not 0 <= node <= HIGHEST_NODE:
            raise ValueError(f"node must be between 0 and {HIGHEST_NODE}")
        self._clock = clock
        self._node = node << SEQUENCE_BITS
        self._time = 0
        self._sequence = 0

    def next(self) -> int:
        now = self._clock.now()
        if now > self._time:
            self._time, self._sequence = now, 0
        elif self._sequence + 1 < 1 << SEQUENCE_BITS:
            self._sequence += 1
        else:
            self._time, self._sequence = self._time + 1, 0
        return self._time << TIME_SHIFT | self._node | self._sequence

    def observe(self, known_id: int) -> None:
        """Promise that every later id is greater than `known_id` (called at start with the newest stored id)."""
        time = (known_id >> TIME_SHIFT) + 1
        if time > self._time:
            self._time, self._sequence = time, -1


def time_of(snowflake: int) -> int:
    """Milliseconds since the Unix epoch at which this id was given."""
    return snowflake >> TIME_SHIFT


def first_id_at(milliseconds: int) -> int:
    return milliseconds << TIME_SHIFT
