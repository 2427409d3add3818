"""Search: posts by their words, accounts by their names, hashtags by how they begin.

Consumes StatusPublished, StatusEdited, StatusDeleted, StatusesImported, StatusCardChanged, AccountCreated,
         AccountUpdated.
Emits    nothing.
"""
