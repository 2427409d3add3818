"""What upkeep keeps at hand."""


class UpkeepMemory:
    """`posts_of_days`: posts of each day that is over, by the moment it began. `media_bytes`: when they were
    counted, and how many there were."""

    def __init__(self) -> None:
        self.media_bytes: tuple[int, int] = (0, 0)
        self.posts_of_days: dict[int, int] = {}
