"""How notifications are stored."""

from mesange.core.notifications.model import Notification, NotificationPolicy
from mesange.kit.db.table import Table

notifications = Table("notifications", Notification)
policies = Table("notification_policies", NotificationPolicy, key="account_id")
