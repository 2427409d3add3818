"""What the administration's templates read."""

from dataclasses import dataclass

from markupsafe import Markup

from mesange.front.views import AccountView


@dataclass(frozen=True, slots=True)
class ReportView:
    """`evidence` holds each reported post as HTML, or None where its author deleted it since."""

    id: str
    target: AccountView
    reporter: AccountView
    category: str
    comment: str
    posts: int
    reported_at: int
    is_open: bool
    is_acted_on: bool
    rules: tuple[str, ...] = ()
    evidence: tuple[tuple[str, Markup | None], ...] = ()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """`states` are words for what is laid on it; `login` is its mail address, empty for pseudonyms and firms;
    `hindrance` says why nothing could be decided about it."""

    account: AccountView
    created_at: int
    states: tuple[str, ...]
    login: str = ""
    role: str = ""
    has_free_limits: bool = False
    hindrance: str = ""
