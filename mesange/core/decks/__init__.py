"""Decks: columns side by side, read at once; one's own, or shared with an organization.

Consumes nothing.
Emits    nothing.
Screens  /deck
"""
