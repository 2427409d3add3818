"""What people report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mesange.kit.errors import Invalid
from mesange.kit.ids import time_of
from mesange.kit.text import clean

MOST_COMMENT = 1_000
MOST_REPORTED = 50
MOST_RULES = 50


class Category(StrEnum):
    """Mastodon's words for the reason of a report."""

    SPAM = "spam"
    LEGAL = "legal"
    VIOLATION = "violation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """`account_id` reported `target_id`. Ids of statuses and rules are separated by spaces, oldest first.

    `resolved_by` and `assigned_to` are accounts of the staff, for the staff's eyes alone.
    """

    id: int
    account_id: int
    target_id: int
    category: Category
    comment: str
    status_ids: str
    rule_ids: str
    is_forwarded: bool = False
    resolved_at: int | None = None
    resolved_by: int | None = None
    is_acted_on: bool = False
    assigned_to: int | None = None

    @property
    def created_at(self) -> int:
        return time_of(self.id)


@dataclass(frozen=True, slots=True)
class ReportNote:
    """What one of the staff wrote beside a report, for the others."""

    id: int
    report_id: int
    account_id: int
    text: str

    @property
    def created_at(self) -> int:
        return time_of(self.id)


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What somebody wants to report."""

    target_id: int
    status_ids: Sequence[int] = ()
    comment: str = ""
    category: str = Category.OTHER.value
    rule_ids: Sequence[int] = ()
    forward: bool = False


def checked_report(reporter_id: int, draft: ReportDraft) -> tuple[Category, str]:
    """The category and the comment as they are kept. Raises Invalid. Rules make it a violation, whatever was said."""
    if draft.target_id == reporter_id:
        raise Invalid("You cannot report yourself.", field="account_id")
    if len(draft.status_ids) > MOST_REPORTED or len(draft.rule_ids) > MOST_RULES:
        raise Invalid(f"A report names at most {MOST_REPORTED} posts.", field="status_ids")
    comment = clean(draft.comment, MOST_COMMENT + 1)
    if len(comment) > MOST_COMMENT:
        raise Invalid(f"A comment has at most {MOST_COMMENT} signs.", field="comment", code="ERR_TOO_LONG")
    try:
        category = Category.VIOLATION if draft.rule_ids else Category(draft.category or Category.OTHER)
    except ValueError:
        raise Invalid("This category does not exist.", field="category", code="ERR_INCLUSION") from None
    return category, comment


def ids_text(ids: Iterable[int]) -> str:
    return " ".join(map(str, sorted(set(ids))))


def ids_in(text: str) -> list[int]:
    return [int(id) for id in text.split()]
