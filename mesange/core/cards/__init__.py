"""Cards: what a linked page says about itself, under the post; a link to a post of this server quotes it.

Consumes StatusPublished, StatusEdited, StatusDeleted, FetchedFileEvicted.
Emits    StatusCardChanged.
"""
