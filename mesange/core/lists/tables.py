"""How lists and followed hashtags are stored."""

from mesange.core.lists.model import AccountList, FollowedHashtag, ListHashtag
from mesange.kit.db.table import Table

account_lists = Table("account_lists", AccountList)
list_hashtags = Table("list_hashtags", ListHashtag)
hashtag_follows = Table("hashtag_follows", FollowedHashtag)
