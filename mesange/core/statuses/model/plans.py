"""What is written but not published: scheduled posts and drafts, each a post or a whole thread."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from mesange.core.statuses.model.posts import Draft
from mesange.kit.clock import MINUTE
from mesange.kit.errors import Invalid

MOST_PARTS = 25
MOST_DRAFTS = 100
MOST_DRAFT_BYTES = 100_000
EARLIEST = 5 * MINUTE
"""A post is scheduled at least so far ahead, as in Mastodon; a nearer one can be sent now."""


@dataclass(frozen=True, slots=True)
class ScheduledStatus:
    """`parts` is a JSON list of drafts; `failed_at` and `reason` say when and why it was not published."""

    id: int
    account_id: int
    user_id: int
    scheduled_at: int
    parts: str
    client_id: int | None = None
    failed_at: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """Work in progress of an account; `parts` is a JSON list of drafts."""

    id: int
    account_id: int
    parts: str
    updated_at: int


@dataclass(frozen=True, slots=True)
class Submission:
    """What a member sent from a client, and somebody else must approve first; `planned_at` when it was for later.

    `settled_at`: published, or dropped; until then the same words of the same author are the same submission.
    """

    id: int
    account_id: int
    user_id: int
    parts: str
    digest: str
    key: str
    client_id: int | None = None
    planned_at: int | None = None
    settled_at: int | None = None


def digest_of(parts: str) -> str:
    """What approvals of these stored words are bound to: other words, another digest."""
    return hashlib.sha256(parts.encode()).hexdigest()


def stored_parts(parts: Sequence[Draft]) -> str:
    return msgspec.json.encode(list(parts)).decode()


def parts_in(stored: str) -> list[Draft]:
    return msgspec.json.decode(stored, type=list[Draft])


def checked_time(scheduled_at: int, now: int) -> int:
    """Raises Invalid for the past and for the next minutes."""
    if scheduled_at < now + EARLIEST:
        raise Invalid(
            "Validation failed: The scheduled date must be at least 5 minutes in the future",
            field="scheduled_at",
            code="ERR_TOO_SOON",
        )
    return scheduled_at


def checked_parts(parts: list[Draft]) -> list[Draft]:
    """Raises Invalid when there is nothing, or more than a thread may have."""
    if not parts:
        raise Invalid("Validation failed: Text can't be blank", field="status", code="ERR_BLANK")
    if len(parts) > MOST_PARTS:
        raise Invalid(f"A thread has at most {MOST_PARTS} parts.", field="status", code="ERR_TOO_LONG")
    return parts
