"""A list of blocks that others keep can be read more or less severely than it says, and be stopped."""

STATEMENTS = [
    "ALTER TABLE block_subscriptions ADD COLUMN severity TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE block_subscriptions ADD COLUMN is_stopped SMALLINT NOT NULL DEFAULT 0",
]
