"""Frozen steps from an empty database to today's; each module holds STATEMENTS."""
