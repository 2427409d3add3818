"""Messages: direct threads as an inbox, and one of them, with everyone who reads it named."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import load_accounts
from mesange.core.conversations.actions import delete_conversation, read_conversation
from mesange.core.conversations.model import Conversation
from mesange.core.conversations.queries import get_conversation, list_conversation, list_conversations
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import find_status, only_visible
from mesange.edges.pages.drafts import reply_draft
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.cards import cards_of
from mesange.front.faces import account_view
from mesange.front.views import AccountView, Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.text import excerpt
from mesange.kit.web.response import Response

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A direct thread: the others who read it, and what was said last."""

    id: Ids
    people: tuple[AccountView, ...]
    excerpt: str
    said_at: Milliseconds | None
    is_unread: bool
    is_alone: bool
    is_own: bool


async def show(visit: Visit) -> Response:
    window = window_of(visit)
    found = await list_conversations(visit.server.db, visit.viewer, window)
    return await visit.page(
        "messages.html",
        place="mail",
        conversations=await _views(visit, found),
        page=page_of(window, [each.last_status_id for each in found], Feed("/messages")),
    )


async def show_one(visit: Visit) -> Response:
    """Opening it is reading it."""
    found = await get_conversation(visit.server.db, visit.viewer.account_id, visit.request.id("id"))
    if found.is_unread:
        await read_conversation(visit.server, visit.viewer, found.id)
    (view,) = await _views(visit, [found])
    last = await find_status(visit.server, found.last_status_id)
    return await visit.page(
        "conversation.html",
        place="mail",
        conversation=view,
        cards=await cards_of(visit, await list_conversation(visit.server.db, found)),
        draft=await reply_draft(visit, last) if last else None,
    )


async def put_away(visit: Visit) -> Response:
    await delete_conversation(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back("/messages", told="put-away")


async def _views(visit: Visit, found: Sequence[Conversation]) -> list[ConversationView]:
    accounts = await load_accounts(visit.server, {id for each in found for id in each.others or [each.account_id]})
    last = [each.last_status_id for each in found]
    statuses = {status.id: status for status in await only_visible(visit.server, visit.viewer, last)}
    return [_view(visit, each, accounts, statuses.get(each.last_status_id)) for each in found]


def _view(
    visit: Visit, conversation: Conversation, accounts: dict[int, Account], last: Status | None
) -> ConversationView:
    people = [accounts[id] for id in conversation.others or [conversation.account_id] if id in accounts]
    return ConversationView(
        id=str(conversation.id),
        people=tuple(account_view(visit.server, account) for account in people),
        is_unread=conversation.is_unread,
        is_alone=not conversation.others,
        excerpt=excerpt(last.spoiler_text or last.text, EXCERPT) if last else "",
        is_own=last is not None and last.account_id == visit.viewer.account_id,
        said_at=last.created_at if last else None,
    )
