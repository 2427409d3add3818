"""Polls, scheduled posts, drafts, and the time zone in which a person plans."""

STATEMENTS = [
    # A poll is named by its status; a vote is one row with a bit for each choice, so that nobody has two.
    "CREATE TABLE polls (status_id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, is_multiple SMALLINT NOT NULL, "
    "hides_totals SMALLINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT, voters BIGINT NOT NULL)",
    "CREATE INDEX polls_running ON polls (expires_at) WHERE ended_at IS NULL",
    "CREATE TABLE poll_options (status_id BIGINT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, "
    "votes BIGINT NOT NULL, PRIMARY KEY (status_id, position))",
    "CREATE TABLE poll_votes (status_id BIGINT NOT NULL, account_id BIGINT NOT NULL, choices BIGINT NOT NULL, "
    "PRIMARY KEY (status_id, account_id))",
    "ALTER TABLE status_edits ADD COLUMN poll_options TEXT NOT NULL DEFAULT ''",
    # `parts` is a JSON list of drafts: a post, or a whole thread.
    "CREATE TABLE scheduled_statuses (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "scheduled_at BIGINT NOT NULL, parts TEXT NOT NULL, client_id BIGINT, failed_at BIGINT, reason TEXT NOT NULL)",
    "CREATE INDEX scheduled_statuses_by_account ON scheduled_statuses (account_id, id)",
    "CREATE INDEX scheduled_statuses_by_time ON scheduled_statuses (account_id, scheduled_at, id)",
    "CREATE INDEX scheduled_statuses_waiting ON scheduled_statuses (scheduled_at) WHERE failed_at IS NULL",
    "CREATE TABLE drafts (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, parts TEXT NOT NULL, "
    "updated_at BIGINT NOT NULL)",
    "CREATE INDEX drafts_by_account ON drafts (account_id, id)",
    "ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT ''",
]
