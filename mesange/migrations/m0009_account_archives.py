"""What people take along and bring with them; accounts that leave."""

STATEMENTS = [
    "CREATE TABLE archives (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "state TEXT NOT NULL, file TEXT NOT NULL, claimed_at BIGINT, done BIGINT NOT NULL, size BIGINT NOT NULL, "
    "expires_at BIGINT)",
    "CREATE INDEX archives_by_account ON archives (account_id, id)",
    "CREATE INDEX archives_at_work ON archives (id) WHERE state IN ('asked', 'making')",
    "CREATE INDEX archives_expiring ON archives (expires_at) WHERE expires_at IS NOT NULL",
    "CREATE TABLE archive_links (secret_hash BLOB PRIMARY KEY, archive_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "expires_at BIGINT NOT NULL)",
    "CREATE TABLE imports (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "kind TEXT NOT NULL, is_overwriting SMALLINT NOT NULL, file TEXT NOT NULL, state TEXT NOT NULL, "
    "lines BIGINT NOT NULL, claimed_at BIGINT, good BIGINT NOT NULL, bad BIGINT NOT NULL, removed BIGINT NOT NULL, "
    "finished_at BIGINT)",
    "CREATE INDEX imports_by_account ON imports (account_id, id)",
    "CREATE INDEX imports_at_work ON imports (id) WHERE state IN ('asked', 'making')",
    "CREATE TABLE import_problems (import_id BIGINT NOT NULL, line BIGINT NOT NULL, text TEXT NOT NULL, "
    "reason TEXT NOT NULL, PRIMARY KEY (import_id, line))",
    # Accounts that hide until they come back, and those that asked to be deleted.
    "ALTER TABLE accounts ADD COLUMN withdrawn_at BIGINT",
    "CREATE TABLE departures (account_id INTEGER PRIMARY KEY, user_id BIGINT NOT NULL, asked_at BIGINT NOT NULL, "
    "due_at BIGINT, claimed_at BIGINT)",
    "CREATE INDEX departures_due ON departures (due_at) WHERE due_at IS NOT NULL",
]
