"""What the templates read: everything decided, nothing left to compute."""

from dataclasses import dataclass, field

from markupsafe import Markup

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
class TailView:
    """The part of a post that is alive: its counts, and what the viewer did and may do."""

    id: Ids
    url: str
    author_id: Ids
    author_handle: str
    replies: int = 0
    boosts: int = 0
    favourites: int = 0
    is_boosted: bool = False
    is_favourite: bool = False
    is_bookmarked: bool = False
    is_pinned: bool = False
    is_muted: bool = False
    is_own: bool = False
    can_boost: bool = True


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer of a poll; `share` is in percent."""

    number: int
    title: str
    votes: int
    share: int
    share_text: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class PollView:
    id: Ids
    warning: str
    choices: tuple[ChoiceView, ...]
    voters: int
    ends_at: Milliseconds
    is_over: bool
    is_multiple: bool
    shows_totals: bool
    can_vote: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A post in a list, its two parts rendered; `cursor` is its place in the list."""

    id: Ids
    cursor: Ids
    head: Markup
    tail: Markup
    booster: AccountView | None = None
    is_pinned: bool = False
    is_joined: bool = False
    depth: int = 0
    poll: Markup = NOTHING_SHOWN
    filtered: str = ""
    """Title of the filter behind which it stands."""


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of people and hashtags. `address` is the page that everyone may read, "" for a private one."""

    id: Ids
    title: str
    url: str
    address: str
    owner: str
    is_own: bool
    is_public: bool
    is_exclusive: bool
    replies: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """`words` one on each line; `expires_at` 0 for ever."""

    id: Ids
    title: str
    words: str
    action: str
    contexts: tuple[str, ...]
    is_whole: bool
    expires_at: Milliseconds = 0
    is_over: bool = False
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """A button: where it sends, what it says."""

    action: str
    label: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An account in a list, with what can be done about it there."""

    account: AccountView
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationshipView:
    is_self: bool = False
    is_following: bool = False
    is_requested: bool = False
    is_followed_by: bool = False
    is_blocking: bool = False
    is_blocked_by: bool = False
    is_muting: bool = False
    hides_boosts: bool = False
    notifies: bool = False


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
class FieldView:
    """A line of a profile; `verified_at`: the page it names points back."""

    name: str
    value: Markup
    verified_at: Milliseconds | None


@dataclass(frozen=True, slots=True)
class ProfileView:
    account: AccountView
    bio: Markup
    joined_at: Milliseconds
    posts: int
    following: int
    followers: int
    relationship: RelationshipView
    fields: tuple[FieldView, ...] = ()


@dataclass(frozen=True, slots=True)
class NotificationView:
    """`kind` is Mastodon's word: mention, reblog, favourite, follow, follow_request, update…"""

    id: Ids
    kind: str
    account: AccountView
    created_at: Milliseconds
    is_unread: bool = False
    card: Card | None = None
    excerpt: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    """What is told to everyone here, and when what it tells of happens."""

    id: Ids
    content: Markup
    starts_at: Milliseconds | None = None
    ends_at: Milliseconds | None = None
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A direct thread: the others who read it, and what was said last."""

    id: Ids
    people: tuple[AccountView, ...]
    excerpt: str
    said_at: Milliseconds | None
    is_unread: bool
    is_alone: bool
    is_own: bool


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
class ScheduledView:
    """A post that waits, or failed: `day` is counted as the place of the person counts it."""

    id: Ids
    excerpt: str
    parts: int
    day: Milliseconds
    hour: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnfinishedView:
    id: Ids
    excerpt: str
    parts: int
    updated_at: Milliseconds


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
class ColumnView:
    """A column of a deck. `address` is the page that shows the same, "" when only the column does.

    `reads_as` is the account it is read as, when it names one; nothing can be pressed while one acts as another.
    `shut` says why it shows nothing, `newest` where it catches up; `is_told`: the stream tells its news, else it asks.
    """

    id: Ids
    url: str
    title: str
    icon: str
    address: str = ""
    reads_as: AccountView | None = None
    is_onlooker: bool = False
    shut: str = ""
    cards: tuple[Card, ...] = ()
    notifications: tuple[NotificationView, ...] = ()
    newest: Ids = "0"
    is_told: bool = True


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
class SessionView:
    id: Ids
    browser: str
    address: str
    created_at: Milliseconds
    seen_at: Milliseconds
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ClientView:
    """An application that acts for one of the person's accounts, and what it may do, in sentences."""

    id: Ids
    name: str
    website: str
    account: str
    permissions: tuple[str, ...]
    created_at: Milliseconds


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """`state`: asked, making, ready, failed or gone; `done` counts posts, `size` bytes."""

    id: Ids
    state: str
    created_at: Milliseconds
    done: int
    size: int
    expires_at: Milliseconds | None = None


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file that is, or was, read: so many lines taken, so many not."""

    id: Ids
    kind: str
    state: str
    created_at: Milliseconds
    lines: int
    good: int
    bad: int
    removed: int


@dataclass(frozen=True, slots=True)
class RevisionView:
    created_at: Milliseconds
    content: Markup
    warning: str = ""
    media: tuple[MediaView, ...] = ()
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class LetterView:
    """A mail that development keeps instead of sending."""

    to: str
    subject: str
    text: str
    sent_at: Milliseconds
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What happened, what to do next, and one place to go."""

    status: int
    title: str
    text: str
    advice: str
    next_url: str
    next_text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty list: what will be here, and the first step."""

    title: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class InvitationView:
    id: Ids
    url: str
    uses: int
    most_uses: int
    expires_at: Milliseconds


@dataclass(frozen=True, slots=True)
class NewcomerView:
    id: Ids
    handle: str
    email: str
    reason: str
    since: Milliseconds


@dataclass(frozen=True, slots=True)
class PasskeyView:
    id: Ids
    name: str
    created_at: Milliseconds
    used_at: Milliseconds | None
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class SecurityView:
    """What a person signs in with. `must_secure`: their role asks for a second factor first."""

    email: str
    codes_since: Milliseconds | None
    recovery_codes: int
    passkeys: tuple[PasskeyView, ...]
    must_secure: bool = False
