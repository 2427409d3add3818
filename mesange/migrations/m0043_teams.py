"""Teams: public names and proven domains of organizations, invitations, what two people decide, the audit by day."""

STATEMENTS = [
    "CREATE INDEX scope_entries_by_time ON scope_entries (scope, at)",
    "ALTER TABLE organizations ADD COLUMN handle TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE organizations ADD COLUMN factor_roles TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE organizations ADD COLUMN domain TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE organizations ADD COLUMN domain_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE organizations ADD COLUMN proven_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE organizations ADD COLUMN proven_at BIGINT",
    "ALTER TABLE organizations ADD COLUMN checked_at BIGINT",
    "ALTER TABLE organizations ADD COLUMN check_due_at BIGINT",
    "ALTER TABLE organizations ADD COLUMN failed_checks SMALLINT NOT NULL DEFAULT 0",
    "UPDATE organizations SET handle = 'o' || CAST(id AS TEXT)",
    "CREATE UNIQUE INDEX organizations_by_handle ON organizations (handle)",
    "CREATE INDEX organizations_to_check ON organizations (check_due_at) WHERE check_due_at IS NOT NULL",
    "CREATE UNIQUE INDEX brands_by_name ON brands (organization_id, name)",
    "CREATE UNIQUE INDEX memberships_once ON memberships "
    "(organization_id, user_id, coalesce(brand_id, 0), coalesce(account_id, 0))",
    "CREATE TABLE member_invitations (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, "
    "token_hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, invited_by BIGINT NOT NULL, expires_at BIGINT NOT NULL, "
    "brand_id BIGINT, account_id BIGINT, email TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX member_invitations_by_organization ON member_invitations (organization_id, id)",
    "CREATE TABLE guarded_changes (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, "
    "account_id BIGINT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, asked_by BIGINT NOT NULL, "
    "target TEXT NOT NULL DEFAULT '', approved_by BIGINT, approved_at BIGINT, due_at BIGINT, ended_at BIGINT, "
    "ended_by BIGINT)",
    "CREATE INDEX guarded_changes_by_organization ON guarded_changes (organization_id, id)",
    "CREATE UNIQUE INDEX guarded_changes_open ON guarded_changes (account_id, kind) "
    "WHERE state IN ('asked', 'approved')",
    "CREATE INDEX guarded_changes_due ON guarded_changes (due_at) WHERE state = 'approved'",
]
