"""Files of posts as pages show them."""

from collections.abc import Iterable, Sequence

from mesange.core.media.model import FOCUS_STEPS, MediaAttachment, MediaKind
from mesange.core.media.queries import load_media
from mesange.core.statuses.model import Holds, Status
from mesange.front.faces import picture_url
from mesange.front.views import MediaView
from mesange.kit.images import placeholder
from mesange.kit.server import Server

STEPS = 4
"""A focus point is one of five by five places: pages carry no style of their own."""


async def media_of(server: Server, statuses: Iterable[Status]) -> dict[int, tuple[MediaView, ...]]:
    """By status id, for those that carry any."""
    found = await load_media(server.db, [status.id for status in statuses if status.holds & Holds.MEDIA])
    return {id: media_views(media) for id, media in found.items()}


def media_views(found: Sequence[MediaAttachment]) -> tuple[MediaView, ...]:
    return tuple(media_view(media) for media in found)


def media_view(media: MediaAttachment) -> MediaView:
    is_picture = media.kind is MediaKind.IMAGE
    return MediaView(
        id=str(media.id),
        kind=media.kind.value,
        url=picture_url(media.file),
        preview=picture_url(media.preview or (media.file if is_picture else "")),
        width=media.width,
        height=media.height,
        description=media.description,
        veil=placeholder(media.blurhash),
        place_x=_place(media.focus_x),
        place_y=STEPS - _place(media.focus_y),
        focus_x=media.focus_x / FOCUS_STEPS,
        focus_y=media.focus_y / FOCUS_STEPS,
        seconds=media.duration // 1000,
        state=media.state.value,
        failure=media.failure,
    )


def _place(focus: int) -> int:
    return round((focus + FOCUS_STEPS) / (2 * FOCUS_STEPS) * STEPS)
