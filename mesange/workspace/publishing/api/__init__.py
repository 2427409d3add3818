"""JSON of publishing."""
