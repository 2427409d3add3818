"""Lists that an open page shows."""

from mesange.core.timelines.queries import OpenLists


class PageLists(OpenLists):
    channels = "page:list:"
