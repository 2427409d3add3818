"""Custom emoji of this server."""

STATEMENTS = [
    "CREATE TABLE custom_emojis (id INTEGER PRIMARY KEY, shortcode TEXT NOT NULL UNIQUE, image TEXT NOT NULL, "
    "category TEXT NOT NULL)",
]
