"""Filters: words and posts that a reader does not want to see, or not at once.

Consumes StatusDeleted, and its own events (to forget what it keeps in memory).
Emits    FiltersChanged.
"""
