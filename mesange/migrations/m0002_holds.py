"""What a status carries beside its text, so that reading a plain one asks nothing more."""

STATEMENTS = ["ALTER TABLE statuses ADD COLUMN holds SMALLINT NOT NULL DEFAULT 0"]
