"""What many speak of now, and whom one does not want to be shown again."""

STATEMENTS = [
    "CREATE TABLE trends (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, "
    "level DOUBLE PRECISION NOT NULL, score DOUBLE PRECISION NOT NULL, review TEXT NOT NULL, reviewed_at BIGINT, "
    "reviewer_id BIGINT)",
    "CREATE UNIQUE INDEX trends_by_key ON trends (kind, key)",
    "CREATE INDEX trends_by_level ON trends (kind, level)",
    "CREATE INDEX trends_by_score ON trends (kind, score) WHERE score > 0",
    # A day's rows lie together: old days go in one sweep.
    "CREATE TABLE trend_days (day INTEGER NOT NULL, trend_id BIGINT NOT NULL, uses BIGINT NOT NULL, "
    "people BIGINT NOT NULL, PRIMARY KEY (day, trend_id))",
    "CREATE TABLE trend_people (day INTEGER NOT NULL, trend_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "PRIMARY KEY (day, trend_id, account_id))",
    "CREATE TABLE dismissed_suggestions (account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, "
    "PRIMARY KEY (account_id, target_id))",
]
