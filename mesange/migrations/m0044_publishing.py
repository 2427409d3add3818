"""Publishing by many hands: publications and what is said of them, approval, what clients sent for review, webhooks."""

STATEMENTS = [
    "CREATE TABLE publications (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "author_id BIGINT NOT NULL, edited_by BIGINT NOT NULL, state TEXT NOT NULL, parts TEXT NOT NULL, "
    "digest TEXT NOT NULL, planned_at BIGINT, wall TEXT NOT NULL, zone TEXT NOT NULL, turn SMALLINT, theme_id BIGINT, "
    "slot_id BIGINT, series_id BIGINT, variant_id BIGINT, boosts_id BIGINT, boosts_tag TEXT NOT NULL, "
    "client_id BIGINT, submission_id BIGINT, status_id BIGINT, published_at BIGINT, reason TEXT NOT NULL, "
    "revision BIGINT NOT NULL, planned_by BIGINT)",
    "CREATE INDEX publications_by_organization ON publications (organization_id, id)",
    "CREATE INDEX publications_by_time ON publications (organization_id, planned_at)",
    "CREATE INDEX publications_by_account ON publications (account_id, planned_at)",
    "CREATE INDEX publications_by_variant ON publications (variant_id) WHERE variant_id IS NOT NULL",
    "CREATE INDEX publications_by_series ON publications (series_id, wall) WHERE series_id IS NOT NULL",
    "CREATE INDEX publications_by_status ON publications (status_id) WHERE status_id IS NOT NULL",
    "CREATE INDEX publications_due ON publications (planned_at, id) WHERE state = 'scheduled'",
    "CREATE INDEX publications_in_review ON publications (organization_id, id) WHERE state = 'in_review'",
    "CREATE UNIQUE INDEX publications_by_submission ON publications (submission_id) WHERE submission_id IS NOT NULL",
    "CREATE TABLE publication_revisions (id INTEGER PRIMARY KEY, publication_id BIGINT NOT NULL, "
    "user_id BIGINT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, parts TEXT NOT NULL, planned_at BIGINT, "
    "note TEXT NOT NULL)",
    "CREATE INDEX publication_revisions_by_publication ON publication_revisions (publication_id, id)",
    "CREATE TABLE publication_comments (id INTEGER PRIMARY KEY, publication_id BIGINT NOT NULL, "
    "user_id BIGINT NOT NULL, text TEXT NOT NULL)",
    "CREATE INDEX publication_comments_by_publication ON publication_comments (publication_id, id)",
    "CREATE TABLE themes (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "colour SMALLINT NOT NULL)",
    "CREATE UNIQUE INDEX themes_by_name ON themes (organization_id, name)",
    "CREATE TABLE queue_slots (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "weekday SMALLINT NOT NULL, minute SMALLINT NOT NULL, zone TEXT NOT NULL)",
    "CREATE UNIQUE INDEX queue_slots_of_account ON queue_slots (account_id, weekday, minute, zone)",
    "CREATE INDEX queue_slots_by_organization ON queue_slots (organization_id, id)",
    "CREATE TABLE publication_series (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, "
    "account_id BIGINT NOT NULL, author_id BIGINT NOT NULL, parts TEXT NOT NULL, rule TEXT NOT NULL, "
    "wall TEXT NOT NULL, zone TEXT NOT NULL, theme_id BIGINT, until_wall TEXT NOT NULL, ended_at BIGINT)",
    "CREATE INDEX publication_series_by_organization ON publication_series (organization_id, id)",
    "CREATE INDEX publication_series_running ON publication_series (until_wall) WHERE ended_at IS NULL",
    "CREATE TABLE approval_rules (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, tiers TEXT NOT NULL, "
    "covers_answers SMALLINT NOT NULL, created_at BIGINT NOT NULL, brand_id BIGINT, account_id BIGINT)",
    "CREATE INDEX approval_rules_by_organization ON approval_rules (organization_id)",
    "CREATE TABLE approvals (id INTEGER PRIMARY KEY, subject_id BIGINT NOT NULL, digest TEXT NOT NULL, "
    "tier SMALLINT NOT NULL, user_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX approvals_by_tier ON approvals (subject_id, digest, tier)",
    "CREATE TABLE submissions (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "parts TEXT NOT NULL, digest TEXT NOT NULL, key TEXT NOT NULL, client_id BIGINT, planned_at BIGINT, "
    "settled_at BIGINT)",
    "CREATE INDEX submissions_by_author ON submissions (account_id, user_id, id)",
    "CREATE TABLE webhooks (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, url TEXT NOT NULL, "
    "secret TEXT NOT NULL, kinds TEXT NOT NULL, created_by BIGINT NOT NULL, earlier_secret TEXT NOT NULL, "
    "earlier_until BIGINT, paused_at BIGINT)",
    "CREATE INDEX webhooks_by_organization ON webhooks (organization_id)",
    "CREATE TABLE webhook_deliveries (id INTEGER PRIMARY KEY, webhook_id BIGINT NOT NULL, kind TEXT NOT NULL, "
    "subject_id BIGINT NOT NULL, body TEXT NOT NULL, attempts SMALLINT NOT NULL, next_at BIGINT, delivered_at BIGINT, "
    "answer TEXT NOT NULL)",
    "CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id)",
    "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL",
]
