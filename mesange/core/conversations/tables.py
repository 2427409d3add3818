"""How conversations are stored."""

from mesange.core.conversations.model import Conversation
from mesange.kit.db.table import Table

conversations = Table("conversations", Conversation)
PROJECTION = ("conversations", "conversation_statuses")
