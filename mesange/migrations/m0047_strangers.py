"""Who decides what is told by people one does not know."""

STATEMENTS = [
    "CREATE TABLE notification_policies (account_id BIGINT PRIMARY KEY, for_not_following TEXT NOT NULL, "
    "for_not_followers TEXT NOT NULL, for_new_accounts TEXT NOT NULL, for_private_mentions TEXT NOT NULL, "
    "for_limited_accounts TEXT NOT NULL)",
    "CREATE TABLE notification_permissions (account_id BIGINT NOT NULL, from_account_id BIGINT NOT NULL, "
    "PRIMARY KEY (account_id, from_account_id))",
    "ALTER TABLE notifications ADD COLUMN is_apart SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE dismissed_notifications ADD COLUMN is_apart SMALLINT NOT NULL DEFAULT 0",
    "CREATE INDEX notifications_apart ON notifications (account_id, from_account_id, id) WHERE is_apart = 1",
]
