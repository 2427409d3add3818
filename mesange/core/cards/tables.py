"""How link cards are stored."""

from mesange.core.cards.model import PreviewCard, StatusCard
from mesange.kit.db.table import Table

preview_cards = Table("preview_cards", PreviewCard)
status_cards = Table("status_cards", StatusCard, key="status_id")
