"""Films and sounds that people give us: recognised by content, copied in a cage without anything hidden in them."""

from mesange.kit.recordings.kinds import (
    MOST_FRAME_PIXELS,
    MOST_FRAMES_PER_SECOND,
    MOST_RECORDING_BYTES,
    RECORDING_TYPES,
    container_of,
)
from mesange.kit.recordings.processing import Recording, Recordings

__all__ = [
    "MOST_FRAMES_PER_SECOND",
    "MOST_FRAME_PIXELS",
    "MOST_RECORDING_BYTES",
    "RECORDING_TYPES",
    "Recording",
    "Recordings",
    "container_of",
]
