"""Streaming: one WebSocket that carries many streams, and server-sent events, one stream each."""

from dataclasses import dataclass
from typing import Any

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.model.scopes import allows
from mesange.core.accounts.queries import viewer_by_token
from mesange.core.lists.queries import readable_list
from mesange.edges.mastodon.open_lists import StreamedLists
from mesange.edges.mastodon.tailored import followed_channel, own_channel, shared_channel
from mesange.front.api import CORS, Api, Call, Who, authenticated, json_error
from mesange.kit.errors import BadRequest, Forbidden, MesangeError, Unauthorized
from mesange.kit.ids import id_of
from mesange.kit.server import Server
from mesange.kit.text import hashtag_name
from mesange.kit.web.parameters import from_query
from mesange.kit.web.request import Receive, Request, Scope, Send
from mesange.kit.web.response import Response, encode_json
from mesange.kit.web.router import Route
from mesange.kit.web.streams import Socket, socket_header, stream_events

api = Api()
PUBLIC_STREAMS = {
    "public": "public",
    "public:local": "public:local",
    "public:remote": "public:remote",
    "public:media": "public:media",
    "public:local:media": "public:local:media",
    "public:remote:media": "public:remote:media",
}
MOST_STREAMS = 100


class UnknownStream(BadRequest):
    public_text = "Unknown channel requested"


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream as the client names it, and the hub's channel that feeds it."""

    name: list[str]
    channel: str
    is_shared: bool = True

    @property
    def beside(self) -> list[str]:
        """What is told to everyone comes by the stream that every client has."""
        return ["announcements"] if self.name == ["user"] else []


async def stream_of(server: Server, viewer: Viewer, said: dict[str, Any]) -> Stream:
    """Raises Unauthorized, Forbidden (scope), NotFound (a list), UnknownStream."""
    if viewer.is_visitor or viewer.hindrance:
        raise Unauthorized()
    name, tag = _word(said, "stream"), _word(said, "tag")
    if name == "user:notification":
        _require(viewer, "read:notifications")
        return Stream([name], f"user:notification:{viewer.account_id}", is_shared=False)
    _require(viewer, "read:statuses")
    if name in ("user", "direct"):
        return Stream([name], f"{name}:{viewer.account_id}", is_shared=False)
    if name == "list":
        return await _list_stream(server, viewer, str(said.get("list", "")))
    if name in ("hashtag", "hashtag:local") and tag:
        return Stream([name, tag], f"{name}:{hashtag_name(tag.removeprefix('#'))}")
    if name in PUBLIC_STREAMS:
        return Stream([name], PUBLIC_STREAMS[name])
    raise UnknownStream()


async def _list_stream(server: Server, viewer: Viewer, list_id: str) -> Stream:
    found = await readable_list(server, viewer, id_of(list_id) or 0)
    is_own = found.account_id == viewer.account_id
    return Stream(["list", list_id], server.of(StreamedLists).open(found.id, for_owner=is_own))


def _require(viewer: Viewer, scope: str) -> None:
    if not allows(viewer.scopes, scope):
        raise Forbidden("Access token does not have the required scopes")


def access_channels(viewer: Viewer) -> list[str]:
    """Channels that are closed when the access under which a stream was opened ends."""
    return [f"token:{viewer.token_id}", f"login:{viewer.user_id}"]


@api.get("/api/v1/streaming/health", who=Who.ANYONE)
async def show_health(call: Call) -> Response:
    return Response(b"OK", media_type=b"text/plain; charset=utf-8")


async def stream(server: Server, request: Request) -> None:
    """Server-sent events: `/api/v1/streaming/public/local` is the stream `public:local`."""
    viewer = await authenticated(server, request)
    query = request.query
    name = request.segments.get("stream", "").strip("/").replace("/", ":") or _word(query, "stream")
    found = await stream_of(server, viewer, query | {"stream": name})
    channels = await _channels(server, viewer, found)
    await stream_events(request, server.live, [*channels, *access_channels(viewer)], CORS[:1])


async def _channels(server: Server, viewer: Viewer, found: Stream) -> list[str]:
    """What the viewer follows for a stream: the channel first."""
    if not found.is_shared:
        return [found.channel, *found.beside]
    channel = await followed_channel(server, found.channel, viewer.account_id)
    return [channel, shared_channel(viewer.account_id)]


def _word(values: dict[str, Any], name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


async def socket(server: Server, scope: Scope, receive: Receive, send: Send) -> None:
    """`{"type":"subscribe","stream":"user"}`; the token by header, query or sub-protocol."""
    await receive()
    query = from_query(scope["query_string"])
    protocol = socket_header(scope, b"sec-websocket-protocol").strip()
    bearer = socket_header(scope, b"authorization").removeprefix("Bearer ").strip()
    token = bearer or _word(query, "access_token") or protocol
    viewer = await viewer_by_token(server, token) if token else None
    if viewer is None or viewer.is_visitor or viewer.hindrance:
        await _refuse(send)
        return
    await send({"type": "websocket.accept", "subprotocol": protocol or None})
    one = Socket(server.live, receive, send)
    for channel in access_channels(viewer):
        one.follow(channel, [])
    if "stream" in query:
        await _heard(server, viewer, one, {"type": "subscribe", **query})
    await one.run(lambda socket, said: _heard(server, viewer, socket, said))


async def _refuse(send: Send) -> None:
    """401 in place of the handshake: clients tell a bad token from a server that has no streams."""
    json = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": Unauthorized.http_status, "headers": json})
    await send({"type": "websocket.http.response.body", "body": encode_json({"error": Unauthorized.public_text})})


async def _heard(server: Server, viewer: Viewer, socket: Socket, said: dict[str, Any]) -> None:
    try:
        found = await stream_of(server, viewer, said)
    except MesangeError as error:
        socket.say({"error": error.public_text, "status": error.http_status})
        return
    if said.get("type") == "unsubscribe":
        for channel in (found.channel, own_channel(found.channel, viewer.account_id), *found.beside):
            socket.unfollow(channel)
    elif said.get("type") == "subscribe" and socket.streams < MOST_STREAMS:
        for channel in await _channels(server, viewer, found):
            socket.follow(channel, found.name)


ROUTES = [
    *api.routes,
    Route("GET", "/api/v1/streaming", stream, json_error),
    Route("GET", "/api/v1/streaming/*stream", stream, json_error),
]
SOCKETS = {"/api/v1/streaming": socket}
