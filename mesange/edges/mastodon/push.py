"""Push subscriptions: one for each access token."""

from typing import Any

import msgspec

from mesange.core.push.actions.subscriptions import Wishes, change_wishes, subscribe, unsubscribe
from mesange.core.push.model import ALERTS, PushSubscription
from mesange.core.push.queries import get_subscription
from mesange.front.api import Api, Call, token_of
from mesange.kit.errors import Invalid
from mesange.kit.web.response import Response, json_response
from mesange.kit.webpush import checked_recipient, server_keys

api = Api()


class Keys(msgspec.Struct):
    p256dh: str = ""
    auth: str = ""


class Place(msgspec.Struct):
    endpoint: str = ""
    keys: Keys = msgspec.field(default_factory=Keys)
    standard: bool = False


class Data(msgspec.Struct):
    alerts: dict[str, bool] = msgspec.field(default_factory=dict[str, bool])
    policy: str = ""


class Wanted(msgspec.Struct):
    """Clients put the policy beside the data or into it."""

    subscription: Place = msgspec.field(default_factory=Place)
    data: Data = msgspec.field(default_factory=Data)
    policy: str = ""

    @property
    def wishes(self) -> Wishes:
        alerts = [kind for kind, is_wanted in self.data.alerts.items() if is_wanted]
        return Wishes(alerts, self.data.policy or self.policy or "all")


@api.post("/api/v1/push/subscription", "push")
async def create(call: Call) -> Response:
    given = await call.read(Wanted)
    place = given.subscription
    if not place.endpoint:
        raise Invalid("Validation failed: Endpoint can't be blank", field="endpoint")
    recipient = checked_recipient(place.endpoint, place.keys.p256dh, place.keys.auth, is_standard=place.standard)
    return _shown(call, await subscribe(call.server, call.viewer, recipient, given.wishes, token_of(call.request)))


@api.get("/api/v1/push/subscription", "push")
async def show(call: Call) -> Response:
    return _shown(call, await get_subscription(call.server.db, call.viewer))


@api.put("/api/v1/push/subscription", "push")
async def change(call: Call) -> Response:
    return _shown(call, await change_wishes(call.server, call.viewer, (await call.read(Wanted)).wishes))


@api.delete("/api/v1/push/subscription", "push")
async def remove(call: Call) -> Response:
    await unsubscribe(call.server, call.viewer)
    return json_response({})


def _shown(call: Call, found: PushSubscription) -> Response:
    wanted = found.alerts.split()
    body: dict[str, Any] = {
        "id": str(found.id),
        "endpoint": found.endpoint,
        "standard": found.is_standard,
        "alerts": {kind: kind in wanted for kind in ALERTS},
        "policy": found.policy.value,
        "server_key": server_keys(call.server.settings).public,
    }
    return json_response(body)


ROUTES = api.routes
