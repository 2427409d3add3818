"""Announcement, and Reaction: how many answered it with a sign."""

from collections.abc import Sequence
from typing import Any

from mesange.core.accounts.model import Viewer
from mesange.core.announcements.model import Announcement, Reaction
from mesange.core.announcements.queries import dismissed_by, load_reactions
from mesange.core.emojis.model import Emojis, emojis_in
from mesange.core.emojis.queries import known_emojis
from mesange.edges.mastodon.entities.account import profile_html, tag_url
from mesange.edges.mastodon.entities.emoji import emoji_entities
from mesange.kit.clock import iso
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.text import entities, hashtag_name


async def announcement_list(server: Server, viewer: Viewer, found: Sequence[Announcement]) -> list[dict[str, Any]]:
    known = await known_emojis(server)
    reactions = await load_reactions(server.db, viewer.account_id, [each.id for each in found])
    dismissed = await dismissed_by(server, viewer) if found and viewer.account_id else frozenset[int]()
    return [
        _announcement(server.settings, each, known, reactions.get(each.id, [])) | {"read": each.id in dismissed}
        for each in found
    ]


def _announcement(
    settings: Settings, announcement: Announcement, known: Emojis, reactions: Sequence[Reaction]
) -> dict[str, Any]:
    tags = dict.fromkeys(hashtag_name(found.name) for found in entities(announcement.text).hashtags)
    return {
        "id": str(announcement.id),
        "content": profile_html(settings, announcement.text),
        "starts_at": iso(announcement.starts_at) if announcement.starts_at else None,
        "ends_at": iso(announcement.ends_at) if announcement.ends_at else None,
        "all_day": announcement.all_day,
        "published_at": iso(announcement.published_at),
        "updated_at": iso(announcement.updated_at),
        "mentions": [],
        "statuses": [],
        "tags": [{"name": name, "url": tag_url(settings, name)} for name in tags],
        "emojis": emoji_entities(settings, emojis_in(known, announcement.text)),
        "reactions": [reaction_entity(settings, each, known) | {"me": each.is_mine} for each in reactions],
    }


def reaction_entity(settings: Settings, reaction: Reaction, known: Emojis) -> dict[str, Any]:
    body: dict[str, Any] = {"name": reaction.name, "count": reaction.count}
    if reaction.name in known:
        url = emoji_entities(settings, [known[reaction.name]])[0]["url"]
        body |= {"url": url, "static_url": url}
    return body
