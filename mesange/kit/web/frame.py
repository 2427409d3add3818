"""What every page shows around its own matter."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Person:
    """Who the page is for: the name, picture and colour band they act under. `avatar` may be empty; `pictured` is the
    name with its emoji as pictures."""

    id: str
    name: str
    pictured: Markup
    handle: str
    url: str
    avatar: str
    band: int
    is_pseudonym: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about what just happened. `kind`: told, done, attention or problem. With `undo`, the address of what
    takes it back, it holds until `until` (milliseconds since the Unix epoch)."""

    text: str
    kind: str = "done"
    undo: str = ""
    until: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """`place` names the entry of the rail that is lit; `theme` is light, dark, contrast or empty (as the device);
    `now` is in milliseconds since the Unix epoch; `canonical` is the whole address of a page that anyone may read."""

    site: str
    language: str
    path: str
    csrf: str
    now: int
    place: str = ""
    theme: str = ""
    person: Person | None = None
    others: tuple[Person, ...] = ()
    unread: int = 0
    unread_messages: int = 0
    is_open: bool = False
    is_staff: bool = False
    notices: tuple[Told, ...] = ()
    canonical: str = ""
    is_indexable: bool = True
    accent: str = "cap"
    has_keys: bool = True
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed and what is wrong with it, by field; a field not named is empty and in order."""

    values: Mapping[str, str] = field(default_factory=lambda: defaultdict[str, str](str))
    problems: Mapping[str, str] = field(default_factory=lambda: defaultdict[str, str](str))

    @classmethod
    def of(cls, values: Mapping[str, str], **problems: str) -> "Form":
        return cls(defaultdict(str, values), defaultdict(str, problems))
