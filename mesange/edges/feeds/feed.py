"""What a feed holds, whatever its format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry; `size` in bytes, 0 when it is not known."""

    url: str
    media_type: str
    size: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A post. `uri` is its identity for ever, `html` what it says; times in milliseconds since the Unix epoch."""

    uri: str
    url: str
    title: str
    html: str
    author: str
    author_url: str
    published_at: int
    updated_at: int
    hashtags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    is_warned: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """`url` is the page of which this is the feed."""

    title: str
    url: str
    description: str
    entries: tuple[Entry, ...]
    began_at: int
    icon: str = ""

    @property
    def updated_at(self) -> int:
        return max((entry.updated_at for entry in self.entries), default=self.began_at)
