"""Conversation: the people of a direct thread, and what was said last."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer
from mesange.core.conversations.model import Conversation
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.edges.mastodon.entities.status import statuses_bytes
from mesange.kit.server import Server

TRUE_FALSE = (b"false", b"true")


async def conversation_list(server: Server, viewer: Viewer, found: Sequence[Conversation]) -> bytes:
    """In order; of a conversation with oneself, oneself stands in `accounts`."""
    visible = [status.id for status in await only_visible(server, viewer, [each.last_status_id for each in found])]
    statuses = await statuses_bytes(server, viewer.account_id, visible)
    people = {each.id: each.others or [each.account_id] for each in found}
    accounts = await accounts_bytes(server, {id for ids in people.values() for id in ids})
    made = [
        b'{"id":"%d","unread":%s,"accounts":[%s],"last_status":%s}'
        % (
            each.id,
            TRUE_FALSE[each.is_unread],
            b",".join(accounts[id] for id in people[each.id] if id in accounts),
            statuses.get(each.last_status_id, b"null"),
        )
        for each in found
    ]
    return b"[" + b",".join(made) + b"]"
