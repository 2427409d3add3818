"""Lists that somebody streams: a post costs nothing for the others."""

from collections.abc import Sequence

from mesange.core.lists.queries import contents_of
from mesange.core.statuses.model import Status
from mesange.core.timelines.queries import list_showing
from mesange.edges.mastodon.tailored import viewers_apart
from mesange.kit.server import Server


class OpenLists:
    """Those for which a stream was opened; the ones whose streams all ended are let go at the next post."""

    def __init__(self) -> None:
        self.ids: set[int] = set()


def list_channel(list_id: int, *, for_owner: bool) -> str:
    """Its owner may see more of it than others do."""
    return f"list:{list_id}" if for_owner else f"list:{list_id}:public"


async def channels_showing(server: Server, status: Status) -> list[str]:
    """Of the open lists on which a status stands."""
    channels: list[str] = []
    for id, is_for_all in (await list_showing(server, status, _open(server))).items():
        channels.append(list_channel(id, for_owner=True))
        if is_for_all:
            channels.append(list_channel(id, for_owner=False))
    return channels


async def channels_holding(server: Server, account_id: int, hashtags: Sequence[str]) -> list[str]:
    """Of the open lists that may have shown what is gone now."""
    channels: list[str] = []
    for id in _open(server):
        contents = await contents_of(server, id)
        if account_id in contents.members or not contents.hashtags.isdisjoint(hashtags):
            channels += [list_channel(id, for_owner=True), list_channel(id, for_owner=False)]
    return channels


def _open(server: Server) -> list[int]:
    ids = server.of(OpenLists).ids
    for id in tuple(ids):
        if not any(_is_heard(server, list_channel(id, for_owner=own)) for own in (True, False)):
            ids.discard(id)
    return list(ids)


def _is_heard(server: Server, channel: str) -> bool:
    return server.live.has_listeners(channel) or bool(viewers_apart(server, channel))
