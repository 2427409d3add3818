"""What is found in a text: where it stands (code points, end excluded) and what it says."""

from msgspec import Struct

# Of each kind in one text; no reader follows more, and what lies beyond stays plain text.
MAX_FOUND = 1_000


class FoundHashtag(Struct, frozen=True, gc=False):
    """`#name`, as written; `hashtag_name` gives its identity."""

    start: int
    end: int
    name: str


class FoundMention(Struct, frozen=True, gc=False):
    """`@username`, or `@username@domain` of another server; both as written."""

    start: int
    end: int
    username: str
    domain: str | None = None

    @property
    def acct(self) -> str:
        """`username` or `username@domain`."""
        return f"{self.username}@{self.domain}" if self.domain else self.username


class FoundLink(Struct, frozen=True, gc=False):
    """A link with its scheme, http or https."""

    start: int
    end: int
    url: str


Found = FoundHashtag | FoundMention | FoundLink
