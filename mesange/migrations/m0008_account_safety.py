"""Sign-ups that wait, invitations, protected names, second factors, passkeys, verified links, pseudonyms."""

STATEMENTS = [
    # Sign-up.
    "ALTER TABLE users ADD COLUMN awaits_since BIGINT",
    "ALTER TABLE users ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE users ADD COLUMN invitation_id BIGINT",
    "CREATE INDEX users_awaiting ON users (awaits_since, id) WHERE awaits_since IS NOT NULL",
    "ALTER TABLE accounts ADD COLUMN is_pending SMALLINT NOT NULL DEFAULT 0",
    "CREATE TABLE invitations (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, user_id BIGINT, "
    "created_at BIGINT NOT NULL, expires_at BIGINT, most_uses INTEGER, uses INTEGER NOT NULL)",
    "CREATE INDEX invitations_by_user ON invitations (user_id, id)",
    "CREATE TABLE spent_stamps (stamp_hash BLOB PRIMARY KEY, expires_at BIGINT NOT NULL)",
    "CREATE TABLE protected_names (id INTEGER PRIMARY KEY, skeleton TEXT NOT NULL, name TEXT NOT NULL, "
    "organization_id BIGINT)",
    "CREATE INDEX protected_names_by_skeleton ON protected_names (skeleton)",
    # The second factor.
    "ALTER TABLE sessions ADD COLUMN proven_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE mail_links ADD COLUMN email TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE second_factors (user_id INTEGER PRIMARY KEY, sealed_secret BLOB NOT NULL, "
    "created_at BIGINT NOT NULL, last_step BIGINT NOT NULL)",
    "CREATE TABLE recovery_codes (code_hash BLOB PRIMARY KEY, user_id BIGINT NOT NULL)",
    "CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id)",
    "CREATE TABLE passkeys (id INTEGER PRIMARY KEY, user_id BIGINT NOT NULL, credential_id BLOB NOT NULL UNIQUE, "
    "public_key BLOB NOT NULL, sign_count BIGINT NOT NULL, name TEXT NOT NULL, created_at BIGINT NOT NULL, "
    "used_at BIGINT, alarmed_at BIGINT)",
    "CREATE INDEX passkeys_by_user ON passkeys (user_id)",
    "CREATE TABLE challenges (owner_hash BLOB NOT NULL, purpose TEXT NOT NULL, user_id BIGINT, value BLOB NOT NULL, "
    "attempts SMALLINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (owner_hash, purpose))",
    # Links of a profile that point back.
    "ALTER TABLE accounts ADD COLUMN verified_links TEXT NOT NULL DEFAULT '{}'",
    "CREATE TABLE link_checks (account_id BIGINT NOT NULL, url TEXT NOT NULL, due_at BIGINT NOT NULL, "
    "attempts SMALLINT NOT NULL, PRIMARY KEY (account_id, url))",
    "CREATE INDEX link_checks_due ON link_checks (due_at)",
    # Pseudonyms.
    "ALTER TABLE accounts ADD COLUMN is_pseudonym SMALLINT NOT NULL DEFAULT 0",
    "CREATE TABLE revelations (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, user_id BIGINT, "
    "reason TEXT NOT NULL, created_at BIGINT NOT NULL)",
]
