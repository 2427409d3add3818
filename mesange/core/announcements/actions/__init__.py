"""Writes of announcements: by the staff, and by those who read them."""

from mesange.core.announcements.actions.answering import dismiss_announcement, react, take_reaction_back
from mesange.core.announcements.actions.telling import (
    announce,
    change_announcement,
    publish_announcement,
    publish_due_announcements,
    withdraw_announcement,
)

__all__ = [
    "announce",
    "change_announcement",
    "dismiss_announcement",
    "publish_announcement",
    "publish_due_announcements",
    "react",
    "take_reaction_back",
    "withdraw_announcement",
]
