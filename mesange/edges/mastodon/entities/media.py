"""MediaAttachment."""

from collections.abc import Sequence
from typing import Any

from mesange.core.media.model import FOCUS_STEPS, MediaAttachment, MediaKind, MediaState
from mesange.core.statuses.model import StatusVersion
from mesange.kit.settings import Settings


def media_entity(settings: Settings, media: MediaAttachment) -> dict[str, Any]:
    url = media_url(settings, media.file) if media.state is MediaState.READY else None
    return {
        "id": str(media.id),
        "type": media.kind.value,
        "url": url,
        "preview_url": media_url(settings, media.preview) or (url if media.kind is MediaKind.IMAGE else None),
        "remote_url": media.remote_url or None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": _meta(media),
        "description": media.description or None,
        "blurhash": media.blurhash or None,
    }


def media_url(settings: Settings, name: str) -> str | None:
    return f"{settings.public_origin}/media/{name}" if name else None


def version_media(
    settings: Settings, version: StatusVersion, every: dict[int, MediaAttachment]
) -> list[dict[str, Any]]:
    """The files of one version of a status, with the descriptions they had then."""
    return [
        media_entity(settings, every[id]) | {"description": words or None} for id, words in version.media if id in every
    ]


def media_entities(settings: Settings, found: Sequence[MediaAttachment]) -> list[dict[str, Any]]:
    return [media_entity(settings, media) for media in found]


def _meta(media: MediaAttachment) -> dict[str, Any]:
    if media.state is not MediaState.READY:
        return {}
    meta: dict[str, Any] = {"original": _measures(media.width, media.height)}
    if media.duration:
        meta["original"]["duration"] = media.duration / 1000
    if media.frame_rate:
        meta["original"]["frame_rate"] = f"{media.frame_rate}/1000"
    if media.preview:
        meta["small"] = _measures(media.preview_width, media.preview_height)
    if media.kind is not MediaKind.AUDIO:
        meta["focus"] = {"x": media.focus_x / FOCUS_STEPS, "y": media.focus_y / FOCUS_STEPS}
    return meta


def _measures(width: int, height: int) -> dict[str, Any]:
    if not width or not height:
        return {}
    return {"width": width, "height": height, "size": f"{width}x{height}", "aspect": width / height}
