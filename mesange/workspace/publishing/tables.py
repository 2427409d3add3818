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
from mesange.workspace.publishing.model.calendar_feeds import CalendarFeed
from mesange.workspace.publishing.model.links import LinkTracking, ShortLink
from mesange.workspace.publishing.model.relays import FeedRelay, HubLease, RelayedItem, RelayWarning

publications = Table("publications", Publication)
publication_revisions = Table("publication_revisions", PublicationRevision)
publication_comments = Table("publication_comments", PublicationComment)
themes = Table("themes", Theme)
queue_slots = Table("queue_slots", QueueSlot)
publication_series = Table("publication_series", Series)
webhooks = Table("webhooks", Webhook)
webhook_deliveries = Table("webhook_deliveries", WebhookDelivery)
feed_relays = Table("feed_relays", FeedRelay)
relayed_items = Table("relayed_items", RelayedItem)
relay_warnings = Table("relay_warnings", RelayWarning)
hub_leases = Table("hub_leases", HubLease)
short_links = Table("short_links", ShortLink)
link_trackings = Table("link_trackings", LinkTracking, key="account_id")
calendar_feeds = Table("calendar_feeds", CalendarFeed)
