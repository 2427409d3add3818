"""How push is stored."""

from mesange.core.push.model import PushDelivery, PushSubscription
from mesange.kit.db.table import Table

push_subscriptions = Table("push_subscriptions", PushSubscription)
push_deliveries = Table("push_deliveries", PushDelivery)
