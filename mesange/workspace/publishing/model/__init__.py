"""Nouns and decisions: publications and their states, slots, series, webhooks."""

from mesange.workspace.publishing.model.publications import (
    Publication,
    PublicationComment,
    PublicationFilter,
    PublicationRevision,
    Theme,
)
from mesange.workspace.publishing.model.slots import QueueSlot, Series
from mesange.workspace.publishing.model.states import (
    TRANSITIONS,
    PublicationState,
    Step,
    WrongState,
    state_after,
    steps_from,
)
from mesange.workspace.publishing.model.webhooks import Webhook, WebhookDelivery

__all__ = [
    "TRANSITIONS",
    "Publication",
    "PublicationComment",
    "PublicationFilter",
    "PublicationRevision",
    "PublicationState",
    "QueueSlot",
    "Series",
    "Step",
    "Theme",
    "Webhook",
    "WebhookDelivery",
    "WrongState",
    "state_after",
    "steps_from",
]
