"""How custom emoji are stored."""

from mesange.core.emojis.model import CustomEmoji
from mesange.kit.db.table import Table

custom_emojis = Table("custom_emojis", CustomEmoji)
