"""Notifications stand in groups and can be brought back, browsers are told too, tokens know when they were used."""

STATEMENTS = [
    "ALTER TABLE notifications ADD COLUMN group_key TEXT NOT NULL DEFAULT ''",
    "UPDATE notifications SET group_key = CASE WHEN kind IN ('favourite', 'reblog') THEN kind || '-' || status_id || "
    "'-0' WHEN kind IN ('follow', 'admin.sign_up') THEN kind || '-0' ELSE 'ungrouped-' || id END",
    "CREATE INDEX notifications_by_group ON notifications (account_id, group_key, id)",
    "CREATE TABLE dismissed_notifications (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, kind TEXT NOT NULL, "
    "from_account_id BIGINT NOT NULL, status_id BIGINT, report_id BIGINT, group_key TEXT NOT NULL, "
    "dismissed_at BIGINT NOT NULL)",
    "CREATE INDEX dismissed_notifications_by_account ON dismissed_notifications (account_id, dismissed_at)",
    "CREATE INDEX dismissed_notifications_by_time ON dismissed_notifications (dismissed_at)",
    "ALTER TABLE push_subscriptions RENAME TO push_subscriptions_of_tokens",
    "DROP INDEX push_subscriptions_by_account",
    "DROP INDEX push_subscriptions_by_user",
    "CREATE TABLE push_subscriptions (id INTEGER PRIMARY KEY, token_id BIGINT, "
    "account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL, "
    "auth TEXT NOT NULL, is_standard SMALLINT NOT NULL, alerts TEXT NOT NULL, policy TEXT NOT NULL, "
    "sealed_token BLOB NOT NULL, session_id BIGINT)",
    "INSERT INTO push_subscriptions (id, token_id, account_id, user_id, endpoint, p256dh, auth, is_standard, alerts, "
    "policy, sealed_token) SELECT id, token_id, account_id, user_id, endpoint, p256dh, auth, is_standard, alerts, "
    "policy, sealed_token FROM push_subscriptions_of_tokens",
    "DROP TABLE push_subscriptions_of_tokens",
    "CREATE UNIQUE INDEX push_subscriptions_by_token ON push_subscriptions (token_id) WHERE token_id IS NOT NULL",
    "CREATE UNIQUE INDEX push_subscriptions_by_session ON push_subscriptions (session_id, account_id) "
    "WHERE session_id IS NOT NULL",
    "CREATE INDEX push_subscriptions_by_account ON push_subscriptions (account_id)",
    "CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id)",
    "ALTER TABLE users ADD COLUMN away_hours SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE users ADD COLUMN away_told_id BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE users ADD COLUMN has_keys SMALLINT NOT NULL DEFAULT 1",
    "CREATE INDEX users_away ON users (id) WHERE away_hours > 0",
    "ALTER TABLE access_tokens ADD COLUMN used_at BIGINT",
]
