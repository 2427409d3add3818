"""Lists that hold accounts and hashtags, followed hashtags, filters."""

STATEMENTS = [
    "CREATE TABLE account_lists (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, title TEXT NOT NULL, "
    "replies_policy TEXT NOT NULL, is_exclusive SMALLINT NOT NULL, is_public SMALLINT NOT NULL)",
    "CREATE INDEX account_lists_by_account ON account_lists (account_id, id)",
    "CREATE TABLE list_members (id INTEGER PRIMARY KEY, list_id BIGINT NOT NULL, target_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX list_members_pair ON list_members (list_id, target_id)",
    "CREATE INDEX list_members_by_list ON list_members (list_id, id)",
    "CREATE INDEX list_members_by_target ON list_members (target_id, list_id)",
    "CREATE TABLE list_hashtags (id INTEGER PRIMARY KEY, list_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "written TEXT NOT NULL)",
    "CREATE UNIQUE INDEX list_hashtags_pair ON list_hashtags (list_id, name)",
    "CREATE TABLE list_follows (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, list_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX list_follows_pair ON list_follows (account_id, list_id)",
    "CREATE INDEX list_follows_by_account ON list_follows (account_id, id)",
    "CREATE INDEX list_follows_by_list ON list_follows (list_id)",
    "CREATE TABLE hashtag_follows (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, name TEXT NOT NULL, "
    "written TEXT NOT NULL)",
    "CREATE UNIQUE INDEX hashtag_follows_pair ON hashtag_follows (account_id, name)",
    "CREATE INDEX hashtag_follows_by_account ON hashtag_follows (account_id, id)",
    "CREATE INDEX hashtag_follows_by_name ON hashtag_follows (name)",
    "CREATE TABLE filters (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, title TEXT NOT NULL, "
    "contexts INTEGER NOT NULL, action TEXT NOT NULL, expires_at BIGINT)",
    "CREATE INDEX filters_by_account ON filters (account_id, id)",
    "CREATE INDEX filters_expiring ON filters (expires_at) WHERE expires_at IS NOT NULL",
    "CREATE TABLE filter_keywords (id INTEGER PRIMARY KEY, filter_id BIGINT NOT NULL, keyword TEXT NOT NULL, "
    "is_whole_word SMALLINT NOT NULL)",
    "CREATE INDEX filter_keywords_by_filter ON filter_keywords (filter_id, id)",
    "CREATE TABLE filter_statuses (id INTEGER PRIMARY KEY, filter_id BIGINT NOT NULL, status_id BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX filter_statuses_pair ON filter_statuses (filter_id, status_id)",
    "CREATE INDEX filter_statuses_by_status ON filter_statuses (status_id)",
]
