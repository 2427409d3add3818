"""Media: pictures, sounds and films of posts, from the upload to the last byte deleted.

Consumes nothing.
Emits    FetchedFileEvicted.
"""
