"""Writes of publishing, by what is done."""
