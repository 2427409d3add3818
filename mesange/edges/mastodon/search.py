"""Finding what is named exactly: an account by its handle, a post by its address, a hashtag by its name.

Clients find the account to follow, block or mute this way. Search by words is not here yet.
"""

import msgspec

from mesange.core.accounts.queries import find_account_by_acct
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.api import Api, Call
from mesange.edges.mastodon.entities.account import account_list
from mesange.edges.mastodon.entities.status import status_list
from mesange.kit.ids import id_of
from mesange.kit.text import hashtag_name
from mesange.kit.web.response import Response, encode_json

api = Api()


class Asked(msgspec.Struct):
    q: str = ""
    type: str = ""
    offset: int = 0

    def wants(self, kind: str) -> bool:
        """An exact name has one answer, so what follows the first is nothing."""
        return self.type in ("", kind) and self.offset <= 0


@api.get("/api/v2/search", "read:search")
async def search(call: Call) -> Response:
    asked = call.query(Asked)
    wanted = asked.q.strip()
    accounts = await _accounts(call, wanted) if asked.wants("accounts") else b"[]"
    statuses = await _statuses(call, wanted) if asked.wants("statuses") else b"[]"
    hashtags = _hashtags(call, wanted) if asked.wants("hashtags") else b"[]"
    return Response(b'{"accounts":%s,"statuses":%s,"hashtags":%s}' % (accounts, statuses, hashtags))


async def _accounts(call: Call, wanted: str) -> bytes:
    found = await find_account_by_acct(call.server, _handle(call, wanted))
    return await account_list(call.server, [found.id] if found and not found.is_hidden else [])


def _handle(call: Call, wanted: str) -> str:
    """The handle in the address of a profile here, or what was asked for as it is."""
    home = f"{call.server.settings.public_origin}/@"
    return wanted.removeprefix(home) if wanted.startswith(home) else wanted


async def _statuses(call: Call, wanted: str) -> bytes:
    is_ours = wanted.startswith(f"{call.server.settings.public_origin}/")
    id = id_of(wanted.rpartition("/")[2]) if is_ours else None
    visible = await only_visible(call.server, call.viewer, [id] if id else [])
    return await status_list(call.server, call.viewer.account_id, [status.id for status in visible])


def _hashtags(call: Call, wanted: str) -> bytes:
    name = hashtag_name(wanted.removeprefix("#")) if wanted.startswith("#") else ""
    url = f"{call.server.settings.public_origin}/tags/{name}"
    return encode_json([{"id": name, "name": name, "url": url, "history": []}] if name else [])


ROUTES = api.routes
