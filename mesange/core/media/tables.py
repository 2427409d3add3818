"""How media are stored."""

from mesange.core.media.model import MediaAttachment
from mesange.kit.db.table import Table

media_attachments = Table("media_attachments", MediaAttachment)
