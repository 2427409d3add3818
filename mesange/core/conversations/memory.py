"""What this server keeps of conversations to answer at once."""

from mesange.kit.recent import Recent

MOST_PEOPLE = 20_000


class ConversationMemory:
    """`unread` is how many conversations of an account are unread: it stands beside every page."""

    def __init__(self) -> None:
        self.unread: Recent[int, int] = Recent(MOST_PEOPLE)
