"""How the server is kept: settings changed while it runs, its pictures, backups, lists of blocks that others keep."""

STATEMENTS = [
    "CREATE TABLE changed_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE site_pictures (name TEXT PRIMARY KEY, file TEXT NOT NULL)",
    "CREATE TABLE backups (id INTEGER PRIMARY KEY, state TEXT NOT NULL, file TEXT NOT NULL, asked_by BIGINT NOT NULL, "
    "claimed_at BIGINT, written BIGINT NOT NULL, expected BIGINT NOT NULL, ended_at BIGINT, failure TEXT NOT NULL)",
    "CREATE INDEX backups_at_work ON backups (id) WHERE state IN ('asked', 'making')",
    "CREATE TABLE block_subscriptions (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, "
    "applies_itself SMALLINT NOT NULL, next_at BIGINT NOT NULL, attempts SMALLINT NOT NULL, failure TEXT NOT NULL, "
    "read_at BIGINT, names BIGINT NOT NULL, pending TEXT NOT NULL, why_waits TEXT NOT NULL)",
    "CREATE INDEX block_subscriptions_due ON block_subscriptions (next_at)",
    "ALTER TABLE domain_blocks ADD COLUMN subscription_id BIGINT",
    "CREATE INDEX domain_blocks_by_subscription ON domain_blocks (subscription_id) WHERE subscription_id IS NOT NULL",
    "ALTER TABLE reports ADD COLUMN assigned_to BIGINT",
    "CREATE TABLE report_notes (id INTEGER PRIMARY KEY, report_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "text TEXT NOT NULL)",
    "CREATE INDEX report_notes_by_report ON report_notes (report_id, id)",
    "CREATE INDEX mails_failed ON mails (id) WHERE failed_reason IS NOT NULL",
    "CREATE INDEX archives_failed ON archives (id) WHERE state = 'failed'",
    "CREATE INDEX imports_failed ON imports (id) WHERE state = 'failed'",
]
