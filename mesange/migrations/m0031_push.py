"""Web push: who wants to be told where, and what is on its way."""

STATEMENTS = [
    "CREATE TABLE push_subscriptions (id INTEGER PRIMARY KEY, token_id BIGINT NOT NULL UNIQUE, "
    "account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL, "
    "auth TEXT NOT NULL, is_standard SMALLINT NOT NULL, alerts TEXT NOT NULL, policy TEXT NOT NULL, "
    "sealed_token BLOB NOT NULL)",
    "CREATE INDEX push_subscriptions_by_account ON push_subscriptions (account_id)",
    "CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id)",
    "CREATE TABLE push_deliveries (id INTEGER PRIMARY KEY, subscription_id BIGINT NOT NULL, "
    "notification_id BIGINT NOT NULL, attempts SMALLINT NOT NULL, next_attempt_at BIGINT NOT NULL)",
    "CREATE INDEX push_deliveries_due ON push_deliveries (next_attempt_at)",
    "CREATE INDEX push_deliveries_of ON push_deliveries (subscription_id)",
]
