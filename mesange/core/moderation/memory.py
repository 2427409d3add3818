"""The blocks of servers, all of them: each delivery and each arriving activity asks."""

from mesange.core.moderation.model import DomainBlock


class ModerationMemory:
    """None: to be read from the table."""

    def __init__(self) -> None:
        self.domain_blocks: dict[str, DomainBlock] | None = None
        self.forgotten = 0

    def forget_domain_blocks(self) -> None:
        self.domain_blocks = None
        self.forgotten += 1
