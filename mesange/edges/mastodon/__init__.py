"""The Mastodon client API: every existing client works with it unchanged.

Consumes StatusPublished, StatusReblogged, StatusEdited, StatusDeleted, StatusCardChanged, ConversationChanged,
         EmojisChanged, AnnouncementPublished, AnnouncementRemoved, AnnouncementReacted,
         NotificationCreated, AccountUpdated.
Serves   /api, /oauth/token, /oauth/revoke, /.well-known; the consent page belongs to the pages.
"""
