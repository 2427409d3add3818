"""Lists that somebody streams."""

from mesange.core.timelines.queries import OpenLists
from mesange.edges.mastodon.tailored import viewers_apart
from mesange.kit.server import Server


class StreamedLists(OpenLists):
    channels = "list:"

    def is_heard(self, server: Server, channel: str) -> bool:
        return super().is_heard(server, channel) or bool(viewers_apart(server, channel))
