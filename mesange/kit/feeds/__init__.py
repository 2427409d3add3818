"""Feeds of other sites: RSS, Atom, CDF and JSON Feed, read where a hostile one hurts nobody."""

from mesange.kit.feeds.found import feeds_named
from mesange.kit.feeds.reading import Feed, FeedItem, Trouble, Unreadable, read_feed

__all__ = ["Feed", "FeedItem", "Trouble", "Unreadable", "feeds_named", "read_feed"]
