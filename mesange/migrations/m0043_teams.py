"""Teams: the audit is read by the day."""

STATEMENTS = [
    "CREATE INDEX scope_entries_by_time ON scope_entries (scope, at)",
]
