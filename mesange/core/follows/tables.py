"""How follows are stored."""

from mesange.core.follows.model import Follow, FollowRequest, Mute
from mesange.kit.db.table import Table

follows = Table("follows", Follow)
follow_requests = Table("follow_requests", FollowRequest)
mutes = Table("mutes", Mute)
