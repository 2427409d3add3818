"""Tag: a hashtag, how much it is used, and whether the viewer follows it."""

from collections.abc import Sequence
from typing import Any

from mesange.core.lists.queries import find_followed_names
from mesange.core.statuses.queries import load_hashtag_uses
from mesange.edges.mastodon.entities.account import tag_url
from mesange.kit.clock import SECOND
from mesange.kit.server import Server


async def hashtag_list(server: Server, viewer_id: int, names: Sequence[str]) -> list[dict[str, Any]]:
    """Tag entities in the order asked, in two queries."""
    uses = await load_hashtag_uses(server.db, names, server.clock.now())
    followed = await find_followed_names(server.db, viewer_id, names)
    return [
        {
            "id": name,
            "name": name,
            "url": tag_url(server.settings, name),
            "history": [
                {"day": str(day.day // SECOND), "uses": str(day.uses), "accounts": str(day.accounts)}
                for day in uses[name]
            ],
            "following": name in followed,
            "featuring": False,
        }
        for name in names
    ]
