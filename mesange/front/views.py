"""What the templates of several pages read: everything decided, nothing left to compute.

What one page alone shows stands beside that page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from mesange.front.languages import LANGUAGES
from mesange.kit.images import IMAGE_TYPES
from mesange.kit.recordings import RECORDING_TYPES
from mesange.kit.web.frame import Form

Ids = str
Milliseconds = int
NOTHING_SHOWN = Markup()


@dataclass(frozen=True, slots=True)
class AccountView:
    """`pictured` is the name with its emoji as pictures; `band` is the account's colour, 0 to 7; `avatar` and `header`
    are addresses or empty."""

    id: Ids
    name: str
    pictured: Markup
    handle: str
    url: str
    band: int
    avatar: str = ""
    header: str = ""
    is_bot: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A page that a post links to, or, with `account`, the post of this server that it quotes."""

    url: str
    title: str
    text: str
    site: str = ""
    language: str = ""
    image: str = ""
    image_description: str = ""
    account: AccountView | None = None


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of a post. `veil` is a tiny picture in its colours; `place_x` and `place_y` run from 0 (left, top) to 4,
    `focus_x` and `focus_y` from -1 (left, bottom) to 1."""

    id: Ids
    kind: str
    url: str
    preview: str = ""
    width: int = 0
    height: int = 0
    description: str = ""
    veil: str = ""
    place_x: int = 2
    place_y: int = 2
    focus_x: float = 0
    focus_y: float = 0
    seconds: int = 0
    state: str = "ready"
    failure: str = ""


@dataclass(frozen=True, slots=True)
class StatusView:
    """The part of a post that is the same for everyone and changes only on edit."""

    id: Ids
    url: str
    account: AccountView
    content: Markup
    visibility: str
    created_at: Milliseconds
    warning: Markup = NOTHING_SHOWN
    language: str = ""
    reply_to: str = ""
    edited_at: Milliseconds | None = None
    preview: PreviewView | None = None
    media: tuple[MediaView, ...] = ()
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A post in a list, its two parts rendered; `cursor` is its place in the list. An orphan answers what is gone."""

    id: Ids
    cursor: Ids
    head: Markup
    tail: Markup
    booster: AccountView | None = None
    is_pinned: bool = False
    is_joined: bool = False
    is_orphan: bool = False
    poll: Markup = NOTHING_SHOWN
    filtered: str = ""
    """Title of the filter behind which it stands."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button: where it sends, what it says."""

    action: str
    label: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account in a list, with what can be done about it there; `words` begin what it says of itself.

    `state` says why it stands there, and `until` for how long.
    """

    account: AccountView
    acts: tuple[Act, ...] = ()
    words: str = ""
    state: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class StrikeView:
    """A decision of moderation with its reasons; whoever decided is not named."""

    id: Ids
    handle: str
    measure: str
    ground: str
    text: str
    rules: tuple[str, ...]
    posts: int
    is_automated: bool
    is_from_report: bool
    decided_at: Milliseconds
    lifted_at: Milliseconds | None
    removal_at: Milliseconds | None
    appeal: str
    appealed_at: Milliseconds | None
    answered_at: Milliseconds | None
    appeal_ends_at: Milliseconds
    can_appeal: bool


@dataclass(frozen=True, slots=True)
class NotificationView:
    """A line: `people`, the newest first, are some of the `count` who did it. `id` names the line, `cursor` its place,
    `about` the post that it is about;
    `kind` is Mastodon's word: mention, reblog, favourite, follow, follow_request, update…"""

    id: str
    cursor: Ids
    kind: str
    people: tuple[AccountView, ...]
    count: int
    created_at: Milliseconds
    is_unread: bool = False
    card: Card | None = None
    excerpt: str = ""
    about: Ids = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """One post of a thread that is being written. `suffix` ends the names of its fields: "", then "_2", "_3"…"""

    number: int = 1
    suffix: str = ""
    form: Form = field(default_factory=Form)
    media: tuple[MediaView, ...] = ()


@dataclass(frozen=True, slots=True)
class LaterView:
    """When a post goes out: in which zone hours are read, and whether an hour comes twice that night."""

    zone: str
    is_chosen: bool
    earliest: str
    is_double: bool = False
    turn: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The composer's state. `once` makes a double click post once; `key` names the draft kept by the browser;
    `is_sure` when one was asked whether this is the right account; `form` holds what the parts share;
    `readers` are the others in a direct thread, `adds` whom the person agreed to bring into it."""

    action: str
    once: str
    verb: str
    max_signs: int
    key: str = "new"
    form: Form = field(default_factory=Form)
    parts: tuple[PartView, ...] = (PartView(),)
    reply_to: StatusView | None = None
    is_new: bool = True
    accepts: str = ",".join((*IMAGE_TYPES, *RECORDING_TYPES))
    later: LaterView | None = None
    draft_id: Ids = ""
    scheduled_id: Ids = ""
    focus: bool = False
    is_sure: bool = False
    readers: tuple[AccountView, ...] = ()
    adds: str = ""
    languages: Mapping[str, str] = field(default_factory=lambda: LANGUAGES)


@dataclass(frozen=True, slots=True)
class Page:
    """Neighbouring pages of a list: addresses, empty at the ends. `stream` feeds it live, from `newest` on."""

    older: str = ""
    newer: str = ""
    stream: str = ""
    newest: Ids = ""
    is_hidden: bool = False
    """Filters of the reader left nothing of what was read."""


@dataclass(frozen=True, slots=True)
class DeckView:
    """`team` is the organization that reads it too, "" for nobody else."""

    id: Ids
    title: str
    url: str
    team: str
    is_own: bool
    can_change: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to another view of the same page."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class HashtagCount:
    name: str
    url: str
    uses: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list: what will be here, and the first step."""

    title: str
    text: str
    url: str = ""
    action: str = ""
