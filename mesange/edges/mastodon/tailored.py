"""Shared streams for viewers with filters: each gets their own rendering; everyone else the same bytes."""

from mesange.core.filters.queries import active_filters
from mesange.kit.server import Server


class TailoredStreams:
    """Viewers by the shared channel that they follow in their own rendering."""

    def __init__(self) -> None:
        self.viewers: dict[str, set[int]] = {}


def own_channel(channel: str, viewer_id: int) -> str:
    return f"{channel}~{viewer_id}"


def shared_channel(viewer_id: int) -> str:
    """Closed when a viewer gets their first filter or loses their last: their clients come back by the other way."""
    return f"shared:{viewer_id}"


async def followed_channel(server: Server, channel: str, viewer_id: int) -> str:
    """The channel that a viewer of a shared one is to follow."""
    if await active_filters(server, viewer_id) is None:
        return channel
    server.of(TailoredStreams).viewers.setdefault(channel, set()).add(viewer_id)
    return own_channel(channel, viewer_id)


def viewers_apart(server: Server, channel: str) -> list[int]:
    """Who follows a shared channel in their own rendering now."""
    viewers = server.of(TailoredStreams).viewers
    here = {id for id in viewers.get(channel, ()) if server.live.has_listeners(own_channel(channel, id))}
    if here:
        viewers[channel] = here
    else:
        viewers.pop(channel, None)
    return list(here)


async def reseat(server: Server, viewer_id: int) -> None:
    """After a change of filters: shared streams that are followed by the wrong way end."""
    if not server.live.has_listeners(shared_channel(viewer_id)):
        return
    is_apart = any(viewer_id in viewers for viewers in server.of(TailoredStreams).viewers.values())
    if is_apart != (await active_filters(server, viewer_id) is not None):
        server.live.close(shared_channel(viewer_id))
