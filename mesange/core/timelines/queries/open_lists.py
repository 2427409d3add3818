"""Which of the lists that somebody reads live a post belongs to."""

from collections.abc import Sequence

from mesange.core.lists.queries import contents_of
from mesange.core.statuses.model import Status
from mesange.core.timelines.queries.lists import list_showing
from mesange.kit.server import Server


class OpenLists:
    """Lists whose news somebody asked to be told: a post costs nothing for the others.

    Each edge has its own, under its own name of channels. One that nobody hears any more is let go at the next post.
    """

    channels = "list:"

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def open(self, list_id: int, *, for_owner: bool) -> str:
        """The channel to listen to. Its owner may see more of a list than others do."""
        self._ids.add(list_id)
        return self._channel(list_id, for_owner)

    async def channels_showing(self, server: Server, status: Status) -> list[str]:
        """Of the open lists on which a status stands."""
        channels: list[str] = []
        for id, is_for_all in (await list_showing(server, status, self._open(server))).items():
            channels.append(self._channel(id, for_owner=True))
            if is_for_all:
                channels.append(self._channel(id, for_owner=False))
        return channels

    async def channels_holding(self, server: Server, account_id: int, hashtags: Sequence[str]) -> list[str]:
        """Of the open lists that may have shown what is gone now."""
        channels: list[str] = []
        for id in self._open(server):
            contents = await contents_of(server, id)
            if account_id in contents.members or not contents.hashtags.isdisjoint(hashtags):
                channels += [self._channel(id, for_owner=True), self._channel(id, for_owner=False)]
        return channels

    def is_heard(self, server: Server, channel: str) -> bool:
        return server.live.has_listeners(channel)

    def _channel(self, list_id: int, for_owner: bool) -> str:
        return f"{self.channels}{list_id}" if for_owner else f"{self.channels}{list_id}:public"

    def _open(self, server: Server) -> list[int]:
        for id in tuple(self._ids):
            if not any(self.is_heard(server, self._channel(id, for_owner=own)) for own in (True, False)):
                self._ids.discard(id)
        return list(self._ids)
