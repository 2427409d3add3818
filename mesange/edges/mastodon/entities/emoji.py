"""CustomEmoji."""

from collections.abc import Iterable
from typing import Any

from mesange.core.emojis.model import CustomEmoji, emojis_in
from mesange.core.emojis.queries import known_emojis
from mesange.core.statuses.model import Holds, Status
from mesange.kit.server import Server
from mesange.kit.settings import Settings


async def emojis_of(server: Server, status: Status) -> list[CustomEmoji]:
    """Those that a post names; what holds none asks nothing."""
    if not status.holds & Holds.EMOJI:
        return []
    return emojis_in(await known_emojis(server), status.text, status.spoiler_text)


def emoji_entities(settings: Settings, emojis: Iterable[CustomEmoji]) -> list[dict[str, Any]]:
    return [_emoji(settings, emoji) for emoji in emojis]


def _emoji(settings: Settings, emoji: CustomEmoji) -> dict[str, Any]:
    url = f"{settings.public_origin}/media/{emoji.image}"
    return {
        "shortcode": emoji.shortcode,
        "url": url,
        "static_url": url,
        "visible_in_picker": not emoji.is_hidden,
        "category": emoji.category or None,
    }
