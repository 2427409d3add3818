"""What this server keeps of lists and followed hashtags, for the fan-out and the open streams."""

from mesange.core.lists.model import HomeChoices, ListContents
from mesange.kit.recent import Recent

MOST_LISTS = 1_000
MOST_VIEWERS = 10_000
MOST_HASHTAGS = 20_000


class ListMemory:
    """`contents` by list, `choices` by viewer, `followers` by the name of a hashtag."""

    def __init__(self) -> None:
        self.contents: Recent[int, ListContents] = Recent(MOST_LISTS)
        self.choices: Recent[int, HomeChoices] = Recent(MOST_VIEWERS)
        self.followers: Recent[str, list[int]] = Recent(MOST_HASHTAGS)
