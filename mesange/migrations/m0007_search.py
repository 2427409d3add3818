"""What is found by its words: posts, accounts by their names, hashtags by how they begin."""

STATEMENTS = [
    "CREATE FULLTEXT TABLE search_statuses",
    "CREATE TABLE search_authors (account_id INTEGER PRIMARY KEY, is_open SMALLINT NOT NULL)",
    "CREATE TABLE search_ranges (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, low BIGINT NOT NULL, "
    "high BIGINT NOT NULL)",
    "CREATE TABLE search_names (word TEXT COLLATE BYTES NOT NULL, account_id BIGINT NOT NULL, "
    "PRIMARY KEY (word, account_id))",
    "CREATE INDEX search_names_by_account ON search_names (account_id)",
    "CREATE INDEX hashtags_by_beginning ON hashtags (name COLLATE BYTES)",
]
