"""Direct threads, as each of their people sees them. Both tables can be filled again from the log."""

STATEMENTS = [
    "CREATE TABLE conversations (id BIGINT NOT NULL, account_id BIGINT NOT NULL, thread_id BIGINT NOT NULL, "
    "people TEXT NOT NULL, last_status_id BIGINT NOT NULL, is_unread SMALLINT NOT NULL, PRIMARY KEY (account_id, id))",
    "CREATE UNIQUE INDEX conversations_by_people ON conversations (account_id, thread_id, people)",
    "CREATE INDEX conversations_by_last ON conversations (account_id, last_status_id)",
    "CREATE INDEX conversations_unread ON conversations (account_id) WHERE is_unread = 1",
    "CREATE TABLE conversation_statuses (account_id BIGINT NOT NULL, status_id BIGINT NOT NULL, "
    "conversation_id BIGINT NOT NULL, PRIMARY KEY (account_id, status_id))",
    "CREATE INDEX conversation_statuses_by_status ON conversation_statuses (status_id)",
    "CREATE INDEX conversation_statuses_of ON conversation_statuses (account_id, conversation_id, status_id)",
]
