"""Announcements of this server, who has put one away, and what people answered with one sign."""

STATEMENTS = [
    "CREATE TABLE announcements (id INTEGER PRIMARY KEY, text TEXT NOT NULL, starts_at BIGINT, ends_at BIGINT, "
    "all_day SMALLINT NOT NULL, published_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)",
    "CREATE TABLE announcement_dismissals (announcement_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "PRIMARY KEY (account_id, announcement_id))",
    "CREATE TABLE announcement_reactions (announcement_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "account_id BIGINT NOT NULL, PRIMARY KEY (announcement_id, name, account_id))",
]
