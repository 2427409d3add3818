"""What stands around posts: link cards."""

STATEMENTS = [
    "CREATE TABLE preview_cards (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "title TEXT NOT NULL, description TEXT NOT NULL, provider_name TEXT NOT NULL, author_name TEXT NOT NULL, "
    "author_url TEXT NOT NULL, language TEXT NOT NULL, image TEXT NOT NULL, image_description TEXT NOT NULL, "
    "width INTEGER NOT NULL, height INTEGER NOT NULL, blurhash TEXT NOT NULL, published_at BIGINT, "
    "fetched_at BIGINT, attempts SMALLINT NOT NULL, next_attempt_at BIGINT)",
    "CREATE INDEX preview_cards_due ON preview_cards (next_attempt_at) WHERE next_attempt_at IS NOT NULL",
    "CREATE TABLE status_cards (status_id INTEGER PRIMARY KEY, card_id BIGINT, quoted_id BIGINT)",
    "CREATE INDEX status_cards_by_card ON status_cards (card_id, status_id) WHERE card_id IS NOT NULL",
]
