"""Moderation: what was reported, what was decided, who is kept away, and the log of it that nobody can change."""

STATEMENTS = [
    # Append-only logs, one per scope, each entry bound to the one before it.
    "CREATE TABLE scope_entries (scope TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, "
    "actor_id BIGINT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL, "
    "PRIMARY KEY (scope, number))",
    "CREATE INDEX scope_entries_by_kind ON scope_entries (scope, kind, number)",
    "CREATE INDEX scope_entries_by_actor ON scope_entries (scope, actor_id, number)",
    "CREATE INDEX scope_entries_by_subject ON scope_entries (scope, subject, number)",
    "CREATE TABLE scope_heads (scope TEXT PRIMARY KEY, number BIGINT NOT NULL, hash BLOB NOT NULL)",
    # Accounts: what they may do, and who sees them.
    "ALTER TABLE accounts ADD COLUMN limited_at BIGINT",
    "ALTER TABLE accounts ADD COLUMN frozen_at BIGINT",
    "ALTER TABLE accounts ADD COLUMN limits_lifted_at BIGINT",
    "CREATE INDEX accounts_unlike_others ON accounts (id) "
    "WHERE suspended_at IS NOT NULL OR deleted_at IS NOT NULL OR limited_at IS NOT NULL",
    # Reports and decisions.
    "CREATE TABLE reports (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, "
    "category TEXT NOT NULL, comment TEXT NOT NULL, status_ids TEXT NOT NULL, rule_ids TEXT NOT NULL, "
    "is_forwarded SMALLINT NOT NULL, resolved_at BIGINT, resolved_by BIGINT, is_acted_on SMALLINT NOT NULL)",
    "CREATE INDEX reports_by_target ON reports (target_id, id)",
    "CREATE INDEX reports_by_account ON reports (account_id, id)",
    "CREATE INDEX reports_open ON reports (id) WHERE resolved_at IS NULL",
    "CREATE TABLE strikes (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, measure TEXT NOT NULL, "
    "ground TEXT NOT NULL, text TEXT NOT NULL, rule_ids TEXT NOT NULL, status_ids TEXT NOT NULL, "
    "is_automated SMALLINT NOT NULL, decided_by BIGINT NOT NULL, report_id BIGINT, lifted_at BIGINT, "
    "appeal TEXT NOT NULL, appealed_at BIGINT, answered_at BIGINT, removal_at BIGINT)",
    "CREATE INDEX strikes_by_account ON strikes (account_id, id)",
    "CREATE INDEX strikes_appealed ON strikes (id) WHERE appealed_at IS NOT NULL AND answered_at IS NULL",
    "CREATE INDEX strikes_removing ON strikes (removal_at) WHERE removal_at IS NOT NULL",
    # Who is kept away.
    "CREATE TABLE domain_blocks (domain TEXT PRIMARY KEY, severity TEXT NOT NULL, rejects_media SMALLINT NOT NULL, "
    "rejects_reports SMALLINT NOT NULL, public_comment TEXT NOT NULL, private_comment TEXT NOT NULL, "
    "is_obfuscated SMALLINT NOT NULL, created_at BIGINT NOT NULL)",
    "CREATE TABLE sign_up_blocks (kind TEXT NOT NULL, value TEXT NOT NULL, comment TEXT NOT NULL, "
    "created_at BIGINT NOT NULL, PRIMARY KEY (kind, value))",
    "CREATE TABLE account_domain_blocks (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, domain TEXT NOT NULL)",
    "CREATE UNIQUE INDEX account_domain_blocks_pair ON account_domain_blocks (account_id, domain)",
    "CREATE INDEX accounts_elsewhere ON accounts (domain) WHERE domain <> ''",
    # What this place says of itself.
    "CREATE TABLE rules (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, text_en TEXT NOT NULL, "
    "text_fr TEXT NOT NULL, hint_en TEXT NOT NULL, hint_fr TEXT NOT NULL, withdrawn_at BIGINT)",
    "CREATE TABLE site_texts (name TEXT NOT NULL, language TEXT NOT NULL, body TEXT NOT NULL, "
    "updated_at BIGINT NOT NULL, PRIMARY KEY (name, language))",
]
