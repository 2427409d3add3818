"""Writes of media, by what is done with a file."""
