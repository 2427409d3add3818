"""Emojis: small pictures of this server, written between colons.

Consumes its own events (to forget what it keeps in memory).
Emits    EmojisChanged.
"""
