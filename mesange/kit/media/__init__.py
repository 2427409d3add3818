"""Files that people give us, under names nobody can guess: in a local folder or in an S3-compatible store."""

from mesange.kit.media.names import TYPES, StoredFile, is_name, new_name, type_of
from mesange.kit.media.store import MediaStore, open_media

__all__ = ["TYPES", "MediaStore", "StoredFile", "is_name", "new_name", "open_media", "type_of"]
