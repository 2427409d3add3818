"""How notifications are stored."""

from mesange.core.notifications.model import Notification
from mesange.kit.db.table import Table

notifications = Table("notifications", Notification)
