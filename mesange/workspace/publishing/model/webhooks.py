"""Webhooks: what happens to publications, told to another program, signed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Webhook:
    """`kinds` are separated by spaces; the earlier secret goes on signing until `earlier_until`, so none is missed."""

    id: int
    organization_id: int
    url: str
    secret: str
    kinds: str
    created_by: int
    earlier_secret: str = ""
    earlier_until: int | None = None
    paused_at: int | None = None


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """A message to one webhook; `next_at` is None once it arrived (`delivered_at`) or was given up."""

    id: int
    webhook_id: int
    kind: str
    subject_id: int
    body: str
    attempts: int = 0
    next_at: int | None = None
    delivered_at: int | None = None
    answer: str = ""
