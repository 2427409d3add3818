"""Feeds: public posts for whoever has no account anywhere, and for other sites.

/@name.rss, /@name.atom, /tags/name.rss, /tags/name.atom, /api/oembed. They know no viewer: what a visitor would not
be shown is not in them.
"""
