"""What stands between accounts."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Follow:
    """`languages` are ISO 639-1 codes separated by spaces; empty means all. Its id tells when it began."""

    id: int
    account_id: int
    target_id: int
    shows_reblogs: bool = True
    notifies: bool = False
    languages: str = ""


@dataclass(frozen=True, slots=True)
class FollowRequest:
    """A follow that waits for the consent of a locked account."""

    id: int
    account_id: int
    target_id: int
    shows_reblogs: bool = True
    notifies: bool = False
    languages: str = ""


@dataclass(frozen=True, slots=True)
class Mute:
    """`expires_at` in milliseconds, None for ever."""

    id: int
    account_id: int
    target_id: int
    hides_notifications: bool = True
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class Relations:
    """Everything that decides what one account sees of others, by account id.

    `following` holds whether boosts are shown; `languages` those wanted of an account, where not all are; `muted` when
    the mute ends (None: never); `unheard` those of the muted whose notifications are hidden too; `elsewhere` the
    accounts of servers that one hides.
    """

    following: dict[int, bool] = field(default_factory=dict[int, bool])
    blocking: frozenset[int] = frozenset()
    blocked_by: frozenset[int] = frozenset()
    muted: dict[int, int | None] = field(default_factory=dict[int, "int | None"])
    unheard: frozenset[int] = frozenset()
    languages: dict[int, frozenset[str]] = field(default_factory=dict[int, frozenset[str]])
    elsewhere: frozenset[int] = frozenset()

    def reads(self, account_id: int, language: str) -> bool:
        """Whether posts of an account are wanted in this language. A post without one is always read."""
        wanted = self.languages.get(account_id)
        return wanted is None or not language or language in wanted

    @property
    def hidden(self) -> frozenset[int]:
        """Accounts that are not shown in any timeline."""
        return self.blocking | self.blocked_by | self.elsewhere | frozenset(self.muted)

    @property
    def silent(self) -> frozenset[int]:
        """Accounts whose notifications are not shown."""
        return self.blocking | self.blocked_by | self.elsewhere | self.unheard


@dataclass(frozen=True, slots=True)
class Relationship:
    """How the viewer stands to one account: Mastodon's entity of that name."""

    target_id: int
    following: Follow | None = None
    requested: FollowRequest | None = None
    followed_by: bool = False
    requested_by: bool = False
    blocking: bool = False
    blocked_by: bool = False
    mute: Mute | None = None
    note: str = ""
    is_domain_hidden: bool = False
