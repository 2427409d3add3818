"""Upkeep: what those who keep the server look after, beside moderation: its figures and the work that waits.

Consumes nothing.
Emits    nothing.
"""
