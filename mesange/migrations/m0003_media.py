"""Pictures, sounds and films of posts; files that are to be deleted."""

STATEMENTS = [
    "CREATE TABLE media_attachments (id INTEGER PRIMARY KEY, account_id BIGINT NOT NULL, kind TEXT NOT NULL, "
    "state TEXT NOT NULL, description TEXT NOT NULL, focus_x INTEGER NOT NULL, focus_y INTEGER NOT NULL, "
    "file TEXT NOT NULL, preview TEXT NOT NULL, size BIGINT NOT NULL, width INTEGER NOT NULL, "
    "height INTEGER NOT NULL, preview_width INTEGER NOT NULL, preview_height INTEGER NOT NULL, "
    "duration BIGINT NOT NULL, frame_rate INTEGER NOT NULL, blurhash TEXT NOT NULL, status_id BIGINT, "
    "position SMALLINT, loose_since BIGINT, failure TEXT NOT NULL, remote_url TEXT NOT NULL)",
    "CREATE INDEX media_by_status ON media_attachments (status_id) WHERE status_id IS NOT NULL",
    "CREATE INDEX media_by_account ON media_attachments (account_id, id)",
    "CREATE INDEX media_loose ON media_attachments (loose_since) WHERE loose_since IS NOT NULL",
    # Files without a row that needs them: to be deleted at that time unless somebody needs them by then.
    "CREATE TABLE doomed_files (name TEXT PRIMARY KEY, due_at BIGINT NOT NULL)",
    "CREATE INDEX doomed_files_due ON doomed_files (due_at)",
    # What can be fetched again: the first to go when there is no room.
    "CREATE TABLE fetched_files (name TEXT PRIMARY KEY, fetched_from TEXT NOT NULL, size BIGINT NOT NULL, "
    "used_at BIGINT NOT NULL)",
    "CREATE INDEX fetched_files_by_use ON fetched_files (used_at)",
    "ALTER TABLE status_edits ADD COLUMN media TEXT NOT NULL DEFAULT '[]'",
    "CREATE INDEX statuses_with_media ON statuses (id) WHERE (holds & 1) = 1",
    "CREATE INDEX statuses_with_media_by_account ON statuses (account_id, id) WHERE (holds & 1) = 1",
]
