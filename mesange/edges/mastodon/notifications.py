"""Notifications."""

import msgspec

from mesange.core.notifications.actions.dismissing import clear_notifications, dismiss_notification
from mesange.core.notifications.queries import (
    NotificationFilter,
    count_unread,
    get_notification,
    list_notifications,
)
from mesange.edges.mastodon.entities.notification import notification_list
from mesange.front.api import Api, Call
from mesange.front.paging import NOTIFICATIONS, list_response, page_of
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response, json_response

api = Api()
MOST_KINDS = 30


class NotificationsAsked(msgspec.Struct):
    types: list[str] = msgspec.field(default_factory=list[str])
    exclude_types: list[str] = msgspec.field(default_factory=list[str])
    account_id: str | int = ""

    @property
    def filter(self) -> NotificationFilter:
        account = id_of(str(self.account_id or 0))
        if account is None:
            raise Invalid("account_id must be an id", field="account_id")
        return NotificationFilter(self.types[:MOST_KINDS], self.exclude_types[:MOST_KINDS], account)


@api.get("/api/v1/notifications", "read:notifications", kept=True)
async def list_all(call: Call) -> Response:
    page = page_of(call, NOTIFICATIONS)
    found = await list_notifications(call.server, call.viewer, page, call.query(NotificationsAsked).filter)
    body = await notification_list(call.server, call.viewer, found)
    return list_response(call, body, [each.id for each in found], page)


@api.get("/api/v1/notifications/unread_count", "read:notifications")
async def show_unread_count(call: Call) -> Response:
    return json_response({"count": await count_unread(call.server.db, call.viewer.account_id)})


@api.get("/api/v1/notifications/:id", "read:notifications")
async def show_one(call: Call) -> Response:
    found = await get_notification(call.server.db, call.viewer, call.request.id("id"))
    body = await notification_list(call.server, call.viewer, [found])
    if body == b"[]":
        raise NotFound()
    return Response(body[1:-1])


@api.post("/api/v1/notifications/clear", "write:notifications")
async def clear(call: Call) -> Response:
    await clear_notifications(call.server, call.viewer)
    return json_response({})


@api.post("/api/v1/notifications/:id/dismiss", "write:notifications")
async def dismiss(call: Call) -> Response:
    await dismiss_notification(call.server, call.viewer, call.request.id("id"))
    return json_response({})


ROUTES = api.routes
