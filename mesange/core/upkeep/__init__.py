"""Upkeep: what those who keep the server look after, beside moderation: settings, its look, backups, work that waits.

Consumes its own events (to go by settings that another process changed).
Emits    SettingsChanged.
"""
