"""Emoji that pickers leave out; announcements that wait for their hour."""

STATEMENTS = [
    "ALTER TABLE custom_emojis ADD COLUMN is_hidden SMALLINT NOT NULL DEFAULT 0",
    "ALTER TABLE announcements ADD COLUMN is_out SMALLINT NOT NULL DEFAULT 1",
]
