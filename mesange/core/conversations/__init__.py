"""Conversations: direct posts, gathered by thread and by who reads them.

Consumes StatusPublished, StatusEdited, StatusDeleted, and its own events (to be filled again from the log).
Emits    ConversationChanged, ConversationRead, ConversationDeleted.
"""
