"""What many speak of now: hashtags, posts, links."""

from collections.abc import Iterable

from mesange.core.cards.queries import load_cards_by_url
from mesange.core.discovery.model import DayOfUse, TrendKind
from mesange.core.discovery.queries import list_trending_statuses, list_trends, load_histories
from mesange.edges.mastodon.entities.card import page_card
from mesange.edges.mastodon.entities.hashtag import hashtag_list
from mesange.edges.mastodon.entities.status import status_list
from mesange.edges.mastodon.offsets import offset_of, offset_response
from mesange.front.api import Api, Call, Who
from mesange.kit.clock import DAY, SECOND
from mesange.kit.web.response import Response, encode_json

api = Api()
TAGS, STATUSES, LINKS = (10, 20), (20, 40), (10, 20)


@api.get("/api/v1/trends", who=Who.ANYONE)
@api.get("/api/v1/trends/tags", who=Who.ANYONE)
async def show_tags(call: Call) -> Response:
    """Older clients ask for /trends."""
    asked = offset_of(call, TAGS)
    found = await list_trends(call.server, TrendKind.HASHTAG, limit=asked.limit, offset=asked.offset)
    body = encode_json(await hashtag_list(call.server, call.viewer.account_id, [trend.key for trend in found]))
    return offset_response(call, body, len(found), asked)


@api.get("/api/v1/trends/statuses", who=Who.ANYONE)
async def show_statuses(call: Call) -> Response:
    asked = offset_of(call, STATUSES)
    ids = await list_trending_statuses(call.server, call.viewer, limit=asked.limit, offset=asked.offset)
    return offset_response(call, await status_list(call.server, call.viewer.account_id, ids), len(ids), asked)


@api.get("/api/v1/trends/links", who=Who.ANYONE)
async def show_links(call: Call) -> Response:
    asked = offset_of(call, LINKS)
    found = await list_trends(call.server, TrendKind.LINK, limit=asked.limit, offset=asked.offset)
    days = await load_histories(call.server, [trend.id for trend in found])
    cards = await load_cards_by_url(call.server.db, [trend.key for trend in found])
    made = [
        page_card(call.server.settings, cards[trend.key]) | {"history": _history(days[trend.id])} for trend in found
    ]
    return offset_response(call, encode_json(made), len(found), asked)


def _history(days: Iterable[DayOfUse]) -> list[dict[str, str]]:
    """Mastodon's form: each figure as text, a day as the seconds of its midnight."""
    return [
        {"day": str(each.day * DAY // SECOND), "accounts": str(each.people), "uses": str(each.uses)} for each in days
    ]


ROUTES = api.routes
