"""Notifications of people whom one does not know: the policy, and who waits to be heard."""

import msgspec

from mesange.core.notifications.actions.strangers import accept_request, dismiss_request, set_policy
from mesange.core.notifications.model import NotificationPolicy, NotificationRequest, Treatment
from mesange.core.notifications.queries import count_requests, get_policy, get_request, list_requests
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.account import accounts_bytes
from mesange.edges.mastodon.entities.status import statuses_bytes
from mesange.front.api import Api, Call
from mesange.front.paging import NOTIFICATIONS, list_response, page_of
from mesange.kit.clock import iso
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of, time_of
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()
MOST_AT_ONCE = 40
WISHES = ("not_following", "not_followers", "new_accounts", "private_mentions", "limited_accounts")


class PolicyAsked(msgspec.Struct):
    """`for_…` of version 2 holds a treatment; `filter_…` of version 1 is true or false."""

    for_not_following: str = ""
    for_not_followers: str = ""
    for_new_accounts: str = ""
    for_private_mentions: str = ""
    for_limited_accounts: str = ""
    filter_not_following: bool | None = None
    filter_not_followers: bool | None = None
    filter_new_accounts: bool | None = None
    filter_private_mentions: bool | None = None
    filter_limited_accounts: bool | None = None

    def treatment(self, wish: str, before: Treatment) -> Treatment:
        """Raises Invalid."""
        named, is_filtered = getattr(self, f"for_{wish}"), getattr(self, f"filter_{wish}")
        if named:
            try:
                return Treatment(named)
            except ValueError:
                raise Invalid("A treatment is accept, filter or drop.", field=f"for_{wish}") from None
        if is_filtered is None:
            return before
        return Treatment.FILTER if is_filtered else Treatment.ACCEPT


class Chosen(msgspec.Struct):
    id: list[str] = msgspec.field(default_factory=list[str])

    @property
    def accounts(self) -> list[int]:
        return [found for each in self.id[:MOST_AT_ONCE] if (found := id_of(each))]


@api.get("/api/v1/notifications/policy", "read:notifications")
async def show_first_policy(call: Call) -> Response:
    policy = await get_policy(call.server.db, call.viewer.account_id)
    filtered = {f"filter_{wish}": _of(policy, wish) is not Treatment.ACCEPT for wish in WISHES}
    return json_response(filtered | await _summary(call))


@api.get("/api/v2/notifications/policy", "read:notifications")
async def show_policy(call: Call) -> Response:
    policy = await get_policy(call.server.db, call.viewer.account_id)
    return json_response({f"for_{wish}": _of(policy, wish).value for wish in WISHES} | await _summary(call))


def _of(policy: NotificationPolicy, wish: str) -> Treatment:
    return getattr(policy, f"for_{wish}")


async def _summary(call: Call) -> dict[str, object]:
    people, things = await count_requests(call.server, call.viewer)
    return {"summary": {"pending_requests_count": people, "pending_notifications_count": things}}


@api.put("/api/v1/notifications/policy", "write:notifications")
async def change_first_policy(call: Call) -> Response | None:
    await _change(call)
    return await show_first_policy(call)


@api.put("/api/v2/notifications/policy", "write:notifications")
async def change_policy(call: Call) -> Response | None:
    await _change(call)
    return await show_policy(call)


async def _change(call: Call) -> None:
    asked, account_id = await call.read(PolicyAsked), call.viewer.account_id
    before = await get_policy(call.server.db, account_id)
    chosen = {f"for_{wish}": asked.treatment(wish, _of(before, wish)) for wish in WISHES}
    await set_policy(call.server, NotificationPolicy(account_id, **chosen))


@api.get("/api/v1/notifications/requests", "read:notifications")
async def show_requests(call: Call) -> Response:
    page = page_of(call, NOTIFICATIONS)
    found = await list_requests(call.server, call.viewer, page)
    return list_response(call, await _rendered(call, found), [each.newest_id for each in found], page)


@api.get("/api/v1/notifications/requests/merged", "read:notifications")
async def show_merged(_call: Call) -> Response:
    """What was let in stands among the notifications at once."""
    return json_response({"merged": True})


@api.get("/api/v1/notifications/requests/:id", "read:notifications")
async def show_request(call: Call) -> Response:
    body = await _rendered(call, [await get_request(call.server, call.viewer, call.request.id("id"))])
    if body == b"[]":
        raise NotFound()
    return Response(body[1:-1])


@api.post("/api/v1/notifications/requests/accept", "write:notifications")
async def accept_many(call: Call) -> Response:
    for account_id in (await call.read(Chosen)).accounts:
        await accept_request(call.server, call.viewer, account_id)
    return json_response({})


@api.post("/api/v1/notifications/requests/dismiss", "write:notifications")
async def dismiss_many(call: Call) -> Response:
    for account_id in (await call.read(Chosen)).accounts:
        await dismiss_request(call.server, call.viewer, account_id)
    return json_response({})


@api.post("/api/v1/notifications/requests/:id/accept", "write:notifications")
async def accept(call: Call) -> Response:
    await accept_request(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.post("/api/v1/notifications/requests/:id/dismiss", "write:notifications")
async def dismiss(call: Call) -> Response:
    await dismiss_request(call.server, call.viewer, call.request.id("id"))
    return json_response({})


async def _rendered(call: Call, found: list[NotificationRequest]) -> bytes:
    """A request goes by the id of the account that it comes from."""
    server, viewer = call.server, call.viewer
    accounts = await accounts_bytes(server, [each.from_account_id for each in found])
    said = [each.last_status_id for each in found if each.last_status_id]
    visible = [status.id for status in await only_visible(server, viewer, said)]
    statuses = await statuses_bytes(server, viewer.account_id, visible)
    return (
        b"["
        + b",".join(
            encode_json(
                {
                    "id": str(each.from_account_id),
                    "created_at": iso(time_of(each.oldest_id)),
                    "updated_at": iso(time_of(each.newest_id)),
                    "notifications_count": str(each.count),
                    "account": msgspec.Raw(accounts[each.from_account_id]),
                    "last_status": msgspec.Raw(statuses.get(each.last_status_id or 0, b"null")),
                }
            )
            for each in found
            if each.from_account_id in accounts
        )
        + b"]"
    )


ROUTES = api.routes
