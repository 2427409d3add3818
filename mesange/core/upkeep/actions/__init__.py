"""Writes of upkeep, each with its line in the log of acts."""
