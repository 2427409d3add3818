"""Search: by words, by how a name begins, and by what is named exactly (a handle, the address of a post or profile).

Clients also find the account to follow, block or mute this way.
"""

import msgspec

from mesange.core.discovery.model import Review
from mesange.core.discovery.queries import find_hashtag_trends
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_accounts, search_hashtags, search_statuses
from mesange.core.statuses.queries import only_visible
from mesange.edges.mastodon.entities.account import account_list
from mesange.edges.mastodon.entities.hashtag import hashtag_list
from mesange.edges.mastodon.entities.status import status_list
from mesange.edges.mastodon.offsets import offset_of
from mesange.front.api import Api, Call
from mesange.front.limits import SEARCHES
from mesange.front.paging import page_of
from mesange.kit.ids import id_of
from mesange.kit.web.response import Response, encode_json

api = Api()
SIZES = (20, 40)
ACCOUNTS = (40, 80)


class Asked(msgspec.Struct):
    q: str = ""
    type: str = ""
    following: bool = False
    resolve: bool = False
    exclude_unreviewed: bool = False
    account_id: str | int = ""


@api.get("/api/v2/search", "read:search", limit=SEARCHES)
async def search(call: Call) -> Response:
    asked = call.query(Asked)
    found = {
        "accounts": await _accounts(call, asked, SIZES) if asked.type in ("", "accounts") else b"[]",
        "statuses": await _statuses(call, asked) if asked.type in ("", "statuses") else b"[]",
        "hashtags": await _hashtags(call, asked) if asked.type in ("", "hashtags") else b"[]",
    }
    return Response(b"{" + b",".join(b'"%s":%s' % (name.encode(), body) for name, body in found.items()) + b"}")


@api.get("/api/v1/accounts/search", "read:accounts", limit=SEARCHES)
async def find_accounts(call: Call) -> Response:
    return Response(await _accounts(call, call.query(Asked), ACCOUNTS))


async def _accounts(call: Call, asked: Asked, sizes: tuple[int, int]) -> bytes:
    portion = offset_of(call, sizes)
    wanted = asked.q.strip()
    elsewhere = None
    if asked.resolve and not portion.offset and ("://" in wanted or "@" in wanted[1:]):
        elsewhere = await call.server.remote.find_account(wanted.removeprefix("@"))
    ids = await search_accounts(
        call.server,
        call.viewer,
        wanted,
        limit=portion.limit,
        offset=portion.offset,
        only_followed=asked.following,
    )
    if elsewhere and elsewhere not in ids:
        ids = [elsewhere, *ids][: portion.limit]
    return await account_list(call.server, ids)


async def _statuses(call: Call, asked: Asked) -> bytes:
    wanted, portion = asked.q.strip(), offset_of(call, SIZES)
    if wanted.startswith(("http://", "https://")):
        ids = [] if portion.offset else await _named(call, wanted, asked.resolve)
    else:
        search = Search(parsed(wanted), page_of(call, SIZES), portion.offset, id_of(str(asked.account_id)))
        ids = await search_statuses(call.server, call.viewer, search)
    return await status_list(call.server, call.viewer.account_id, ids)


async def _named(call: Call, address: str, resolves: bool) -> list[int]:
    """The post that an address leads to, here or, when asked for, elsewhere."""
    if address.startswith(f"{call.server.settings.public_origin}/"):
        id = id_of(address.rpartition("/")[2])
    else:
        id = await call.server.remote.find_status(address) if resolves else None
    return [status.id for status in await only_visible(call.server, call.viewer, [id] if id else [])]


async def _hashtags(call: Call, asked: Asked) -> bytes:
    portion = offset_of(call, SIZES)
    names = await search_hashtags(call.server.db, asked.q, limit=portion.limit, offset=portion.offset)
    if asked.exclude_unreviewed:
        known = await find_hashtag_trends(call.server, names)
        names = [name for name in names if name in known and known[name].review is Review.APPROVED]
    return encode_json(await hashtag_list(call.server, call.viewer.account_id, names))


ROUTES = api.routes
