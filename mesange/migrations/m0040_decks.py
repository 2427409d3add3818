"""Decks: columns side by side."""

STATEMENTS = [
    "CREATE TABLE decks (id INTEGER PRIMARY KEY, user_id BIGINT NOT NULL, title TEXT NOT NULL, organization_id BIGINT)",
    "CREATE INDEX decks_by_user ON decks (user_id, id)",
    "CREATE INDEX decks_by_organization ON decks (organization_id, id) WHERE organization_id IS NOT NULL",
    "CREATE TABLE deck_columns (id INTEGER PRIMARY KEY, deck_id BIGINT NOT NULL, position INTEGER NOT NULL, "
    "kind TEXT NOT NULL, value TEXT NOT NULL, account_id BIGINT)",
    "CREATE INDEX deck_columns_by_deck ON deck_columns (deck_id, position)",
    "CREATE INDEX deck_columns_by_account ON deck_columns (account_id) WHERE account_id IS NOT NULL",
]
