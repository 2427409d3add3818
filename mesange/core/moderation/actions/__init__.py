"""Writes of moderation, by noun: reports, decisions, who is kept away, rules and texts, the log of staff acts."""
