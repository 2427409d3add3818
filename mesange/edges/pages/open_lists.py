"""Lists that an open page shows: a post costs nothing for the others."""

from mesange.core.statuses.model import Status
from mesange.core.timelines.queries import list_showing
from mesange.kit.server import Server


class OpenLists:
    """Those for which a page asked to be told; the ones that nobody has open any more are let go at the next post."""

    def __init__(self) -> None:
        self.ids: set[int] = set()


def list_channel(list_id: int, *, for_owner: bool) -> str:
    """Its owner may see more of it than others do."""
    return f"page:list:{list_id}" if for_owner else f"page:list:{list_id}:public"


async def channels_showing(server: Server, status: Status) -> list[str]:
    """Of the open lists on which a status stands."""
    channels: list[str] = []
    for id, is_for_all in (await list_showing(server, status, _open(server))).items():
        channels.append(list_channel(id, for_owner=True))
        if is_for_all:
            channels.append(list_channel(id, for_owner=False))
    return channels


def _open(server: Server) -> list[int]:
    ids = server.of(OpenLists).ids
    for id in tuple(ids):
        if not any(server.live.has_listeners(list_channel(id, for_owner=own)) for own in (True, False)):
            ids.discard(id)
    return list(ids)
