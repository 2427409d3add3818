"""Lists that would be read from whole tables, kept for a while: who is here, who is new, who is followed by many."""

from dataclasses import dataclass, field


@dataclass
class KeptList:
    """Ids of accounts, and when they were read."""

    made_at: int = 0
    ids: list[int] = field(default_factory=list[int])


class DiscoveryMemory:
    def __init__(self) -> None:
        self.lists: dict[str, KeptList] = {}
