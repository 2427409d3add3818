"""What upkeep keeps at hand."""

from mesange.kit.settings import Settings


class UpkeepMemory:
    """`posts_of_days`: posts of each day that is over, by the moment it began. `media_bytes`: when they were
    counted, and how many there were. `started_with`: the settings before what was changed here; `given`: where
    those were written down. `pictures`: files by what they show; None is to be read."""

    def __init__(self) -> None:
        self.media_bytes: tuple[int, int] = (0, 0)
        self.posts_of_days: dict[int, int] = {}
        self.started_with: Settings | None = None
        self.given: dict[str, str] = {}
        self.pictures: dict[str, str] | None = None
