"""Nouns and decisions about media."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from mesange.kit.clock import DAY
from mesange.kit.errors import Invalid
from mesange.kit.text import clean

MOST_ATTACHED = 4
MOST_DESCRIPTION = 1_500
LOOSE_LIFE = DAY
"""What no post carries is deleted after this."""
FOCUS_STEPS = 10_000


class MediaKind(StrEnum):
    IMAGE = "image"
    GIFV = "gifv"
    VIDEO = "video"
    AUDIO = "audio"

    @property
    def stands_alone(self) -> bool:
        """A post carries one of these, and nothing beside it."""
        return self in (MediaKind.VIDEO, MediaKind.AUDIO)


class MediaState(StrEnum):
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MediaAttachment:
    """A file for a post. `file` and `preview` name stored files, "" where there is none.

    `focus_x` and `focus_y` run from -10 000 (left, bottom) to 10 000; `duration` is in milliseconds, `frame_rate` in
    frames per 1 000 seconds. `position` is None for what only an earlier version of its post shows. `loose_since`: no
    post, draft or schedule needs it since then; None while one does.
    """

    id: int
    account_id: int
    kind: MediaKind
    state: MediaState = MediaState.PROCESSING
    description: str = ""
    focus_x: int = 0
    focus_y: int = 0
    file: str = ""
    preview: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    preview_width: int = 0
    preview_height: int = 0
    duration: int = 0
    frame_rate: int = 0
    blurhash: str = ""
    status_id: int | None = None
    position: int | None = None
    loose_since: int | None = None
    failure: str = ""
    remote_url: str = ""

    @property
    def names(self) -> list[str]:
        """Its stored files."""
        return [name for name in (self.file, self.preview) if name]


@dataclass(frozen=True, slots=True)
class MediaWords:
    """What a person says of a file; None leaves it as it is."""

    description: str | None = None
    focus: tuple[float, float] | None = None


def checked_description(text: str) -> str:
    """Raises Invalid for an alt text that is too long."""
    if len(text) > MOST_DESCRIPTION:
        raise Invalid(
            f"Validation failed: Description is too long: {len(text)} signs, at most {MOST_DESCRIPTION}",
            field="description",
            code="ERR_TOO_LONG",
        )
    return clean(text, MOST_DESCRIPTION)


def focus_of(text: str) -> tuple[float, float] | None:
    """Two numbers with a comma between, each brought into -1…1; None for "". Raises Invalid for anything else."""
    if not text:
        return None
    try:
        x, y = (float(part) for part in text[:100].split(","))
    except ValueError:
        raise Invalid("Validation failed: Focus must be two numbers, x,y", field="focus") from None
    if not (isfinite(x) and isfinite(y)):
        raise Invalid("Validation failed: Focus must be two numbers, x,y", field="focus")
    return max(-1.0, min(1.0, x)), max(-1.0, min(1.0, y))


def focus_steps(focus: tuple[float, float]) -> tuple[int, int]:
    return round(focus[0] * FOCUS_STEPS), round(focus[1] * FOCUS_STEPS)


def check_together(found: Sequence[MediaAttachment], ids: Sequence[int]) -> None:
    """Whether these may be carried by one post. Raises Invalid."""
    check_number(ids)
    missing = [str(id) for id in ids if id not in {each.id for each in found}]
    if missing:
        raise _refused(f"Media {', '.join(missing)} not found or already attached to another post")
    if any(each.state is MediaState.PROCESSING for each in found):
        raise _refused("Cannot attach files that have not finished processing. Try again in a moment!")
    if any(each.state is MediaState.FAILED for each in found):
        raise _refused("One of these files could not be read. Take it away and try another.")
    if len(found) > 1 and any(each.kind.stands_alone for each in found):
        raise _refused("Cannot attach a video or a sound to a post that contains other media")


def check_number(ids: Sequence[int]) -> None:
    if len(ids) > MOST_ATTACHED:
        raise _refused(f"Cannot attach more than {MOST_ATTACHED} files")


def _refused(reason: str) -> Invalid:
    return Invalid(f"Validation failed: {reason}", field="media_ids")
