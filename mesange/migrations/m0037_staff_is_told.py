"""Notifications about reports; staff that wants to hear of sign-ups."""

STATEMENTS = [
    "ALTER TABLE notifications ADD COLUMN report_id BIGINT",
    "ALTER TABLE users ADD COLUMN hears_sign_ups SMALLINT NOT NULL DEFAULT 0",
]
