"""Addresses under which other programs subscribe to the calendar of an organization, as one of its members sees it."""

STATEMENTS = [
    "CREATE TABLE calendar_feeds (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "secret_hash BLOB NOT NULL)",
    "CREATE UNIQUE INDEX calendar_feeds_by_secret ON calendar_feeds (secret_hash)",
    "CREATE UNIQUE INDEX calendar_feeds_of_member ON calendar_feeds (organization_id, user_id)",
]
