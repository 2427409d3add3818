"""How publishing is stored."""

from mesange.kit.db.table import Table
from mesange.workspace.publishing.model import (
    Publication,
    PublicationComment,
    PublicationRevision,
    QueueSlot,
    Series,
    Theme,
    Webhook,
    WebhookDelivery,
)

publications = Table("publications", Publication)
publication_revisions = Table("publication_revisions", PublicationRevision)
publication_comments = Table("publication_comments", PublicationComment)
themes = Table("themes", Theme)
queue_slots = Table("queue_slots", QueueSlot)
publication_series = Table("publication_series", Series)
webhooks = Table("webhooks", Webhook)
webhook_deliveries = Table("webhook_deliveries", WebhookDelivery)
