"""The microblog: the log, teams, accounts, follows, statuses, notifications.

Ids and times are 64-bit integers (times in milliseconds since the Unix epoch), booleans 0 or 1.
"""

STATEMENTS = [
    # The event log and its readers.
    "CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, epoch BIGINT NOT NULL, data BLOB NOT NULL)",
    "CREATE INDEX events_by_epoch ON events (epoch, seq) WHERE epoch > 0",
    "CREATE TABLE cursors (consumer TEXT PRIMARY KEY, epoch BIGINT NOT NULL, seq BIGINT NOT NULL)",
    "CREATE TABLE parked_events (consumer TEXT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, "
    "name TEXT NOT NULL, error TEXT NOT NULL, PRIMARY KEY (consumer, epoch, seq))",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE mails (id INTEGER PRIMARY KEY, recipient TEXT NOT NULL, subject TEXT NOT NULL, "
    "body TEXT NOT NULL, created_at BIGINT NOT NULL, sent_at BIGINT, attempts SMALLINT NOT NULL DEFAULT 0, "
    "next_attempt_at BIGINT, failed_reason TEXT)",
    "CREATE INDEX mails_due ON mails (next_attempt_at) WHERE next_attempt_at IS NOT NULL",
    # Teams.
    "CREATE TABLE organizations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, "
    "frozen_at BIGINT)",
    "CREATE TABLE brands (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "created_at BIGINT NOT NULL)",
    "CREATE TABLE memberships (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, user_id BIGINT NOT NULL, "
    "role TEXT NOT NULL, created_at BIGINT NOT NULL, brand_id BIGINT, account_id BIGINT)",
    "CREATE INDEX memberships_by_user ON memberships (user_id)",
    # Accounts.
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, "
    "role TEXT NOT NULL, locale TEXT NOT NULL, created_at BIGINT NOT NULL, confirmed_at BIGINT, disabled_at BIGINT)",
    "CREATE TABLE accounts (id INTEGER PRIMARY KEY, username TEXT NOT NULL, domain TEXT NOT NULL, "
    "display_name TEXT NOT NULL, note TEXT NOT NULL, fields TEXT NOT NULL, avatar TEXT NOT NULL, "
    "header TEXT NOT NULL, is_bot SMALLINT NOT NULL, is_locked SMALLINT NOT NULL, "
    "is_discoverable SMALLINT NOT NULL, is_indexable SMALLINT NOT NULL, default_visibility TEXT NOT NULL, "
    "default_sensitive SMALLINT NOT NULL, default_language TEXT NOT NULL, created_at BIGINT NOT NULL, "
    "user_id BIGINT, organization_id BIGINT, brand_id BIGINT, max_signs INTEGER, uri TEXT, suspended_at BIGINT, "
    "deleted_at BIGINT)",
    "CREATE UNIQUE INDEX accounts_by_name ON accounts (lower(username), domain)",
    "CREATE INDEX accounts_by_user ON accounts (user_id) WHERE user_id IS NOT NULL",
    "CREATE INDEX accounts_by_organization ON accounts (organization_id) WHERE organization_id IS NOT NULL",
    "CREATE UNIQUE INDEX accounts_by_uri ON accounts (uri) WHERE uri IS NOT NULL",
    "CREATE TABLE account_stats (account_id INTEGER PRIMARY KEY, statuses BIGINT NOT NULL DEFAULT 0, "
    "followers BIGINT NOT NULL DEFAULT 0, following BIGINT NOT NULL DEFAULT 0, last_status_at BIGINT)",
    "CREATE TABLE mail_links (token_hash BLOB PRIMARY KEY, user_id BIGINT NOT NULL, purpose TEXT NOT NULL, "
    "expires_at BIGINT NOT NULL)",
    "CREATE TABLE sessions (id INTEGER PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE, user_id BIGINT NOT NULL, "
    "account_id BIGINT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, address TEXT NOT NULL, "
    "browser TEXT NOT NULL)",
    "CREATE INDEX sessions_by_user ON sessions (user_id)",
    "CREATE TABLE oauth_clients (id INTEGER PRIMARY KEY, client_id TEXT NOT NULL UNIQUE, secret_hash BLOB NOT NULL, "
    "name TEXT NOT NULL, website TEXT NOT NULL, redirect_uris TEXT NOT NULL, scopes TEXT NOT NULL, "
    "created_at BIGINT NOT NULL)",
    "CREATE TABLE authorization_codes (code_hash BLOB PRIMARY KEY, client_id BIGINT NOT NULL, "
    "user_id BIGINT NOT NULL, account_id BIGINT NOT NULL, scopes TEXT NOT NULL, redirect_uri TEXT NOT NULL, "
    "challenge TEXT NOT NULL, expires_at BIGINT NOT NULL)",
    "CREATE TABLE access_tokens (id INTEGER PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE, client_id BIGINT NOT NULL, "
    "scopes TEXT NOT NULL, created_at BIGINT NOT NULL, user_id BIGINT, account_id BIGINT, "
    "is_unlimited SMALLINT NOT NULL)",
    "CREATE INDEX access_tokens_by_user ON access_tokens (user_id)",
    "CREATE TABLE markers (account_id BIGINT NOT NULL, timeline TEXT NOT NULL, last_read_id BIGINT NOT NULL, "
    "version BIGINT NOT NULL, updated_at BIGINT NOT NULL, PRIMARY KEY (account_id, timeline))",
    # Follows.
    "CREATE TABLE follows (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, "
    "shows_reblogs SMALLINT NOT NULL, notifies SMALLINT NOT NULL, languages TEXT NOT NULL)",
    "CREATE UNIQUE INDEX follows_pair ON follows (account_id, target_id)",
    "CREATE INDEX follows_by_account ON follows (account_id, id)",
    "CREATE INDEX follows_notifying ON follows (target_id) WHERE notifies = 1",
    "CREATE INDEX follows_by_target ON follows (target_id, id)",
    "CREATE TABLE follow_requests (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, "
    "shows_reblogs SMALLINT NOT NULL, notifies SMALLINT NOT NULL, languages TEXT NOT NULL)",
    "CREATE UNIQUE INDEX follow_requests_pair ON follow_requests (account_id, target_id)",
    "CREATE INDEX follow_requests_by_target ON follow_requests (target_id, id)",
    "CREATE TABLE blocks (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, target_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX blocks_pair ON blocks (account_id, target_id)",
    "CREATE INDEX blocks_by_target ON blocks (target_id)",
    "CREATE TABLE mutes (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, "
    "hides_notifications SMALLINT NOT NULL, expires_at BIGINT)",
    "CREATE UNIQUE INDEX mutes_pair ON mutes (account_id, target_id)",
    "CREATE INDEX mutes_expiring ON mutes (expires_at) WHERE expires_at IS NOT NULL",
    "CREATE TABLE account_notes (account_id BIGINT NOT NULL, target_id BIGINT NOT NULL, comment TEXT NOT NULL, "
    "PRIMARY KEY (account_id, target_id))",
    # Statuses. An id holds its time of publication.
    "CREATE TABLE statuses (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, text TEXT NOT NULL, "
    "spoiler_text TEXT NOT NULL, is_sensitive SMALLINT NOT NULL, language TEXT NOT NULL, visibility TEXT NOT NULL, "
    "thread_id BIGINT, in_reply_to_id BIGINT, in_reply_to_account_id BIGINT, reblog_of_id BIGINT, client_id BIGINT, "
    "edited_at BIGINT, revision INTEGER NOT NULL, uri TEXT, content TEXT)",
    "CREATE INDEX statuses_by_account ON statuses (account_id, id)",
    "CREATE INDEX statuses_by_thread ON statuses (thread_id, id) WHERE thread_id IS NOT NULL",
    "CREATE INDEX statuses_by_reblog ON statuses (reblog_of_id, account_id) WHERE reblog_of_id IS NOT NULL",
    "CREATE INDEX statuses_boosting ON statuses (account_id, id) WHERE reblog_of_id IS NOT NULL",
    "CREATE UNIQUE INDEX statuses_by_uri ON statuses (uri) WHERE uri IS NOT NULL",
    "CREATE TABLE status_edits (status_id BIGINT NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL, "
    "spoiler_text TEXT NOT NULL, is_sensitive SMALLINT NOT NULL, created_at BIGINT NOT NULL, "
    "PRIMARY KEY (status_id, revision))",
    "CREATE TABLE status_stats (status_id INTEGER PRIMARY KEY, reblogs BIGINT NOT NULL DEFAULT 0, "
    "favourites BIGINT NOT NULL DEFAULT 0, replies BIGINT NOT NULL DEFAULT 0)",
    "CREATE TABLE mentions (status_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "PRIMARY KEY (status_id, account_id))",
    "CREATE TABLE hashtags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE status_hashtags (hashtag_id BIGINT NOT NULL, status_id BIGINT NOT NULL, "
    "PRIMARY KEY (hashtag_id, status_id))",
    "CREATE TABLE favourites (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, status_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX favourites_pair ON favourites (account_id, status_id)",
    "CREATE INDEX favourites_by_account ON favourites (account_id, id)",
    "CREATE INDEX favourites_by_status ON favourites (status_id, id)",
    "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, status_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX bookmarks_pair ON bookmarks (account_id, status_id)",
    "CREATE INDEX bookmarks_by_account ON bookmarks (account_id, id)",
    "CREATE INDEX bookmarks_by_status ON bookmarks (status_id, id)",
    "CREATE TABLE pins (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, status_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX pins_pair ON pins (account_id, status_id)",
    "CREATE INDEX pins_by_account ON pins (account_id, id)",
    "CREATE TABLE thread_mutes (account_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, "
    "PRIMARY KEY (account_id, thread_id))",
    "CREATE TABLE idempotency_keys (account_id BIGINT NOT NULL, key TEXT NOT NULL, status_id BIGINT NOT NULL, "
    "created_at BIGINT NOT NULL, PRIMARY KEY (account_id, key))",
    "CREATE TABLE tombstones (status_id INTEGER PRIMARY KEY, deleted_at BIGINT NOT NULL)",
    # Notifications.
    "CREATE TABLE notifications (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, kind TEXT NOT NULL, "
    "from_account_id BIGINT NOT NULL, status_id BIGINT)",
    "CREATE INDEX notifications_by_account ON notifications (account_id, id)",
    "CREATE INDEX notifications_by_status ON notifications (status_id) WHERE status_id IS NOT NULL",
]
