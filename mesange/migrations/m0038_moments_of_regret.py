"""How long what somebody sends waits for them to take it back, in seconds."""

STATEMENTS = ["ALTER TABLE users ADD COLUMN undo_seconds SMALLINT NOT NULL DEFAULT 0"]
