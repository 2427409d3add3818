"""Asking for several accounts, and answering with a page of them."""

import msgspec

from mesange.edges.mastodon.entities.account import account_list
from mesange.front.api import Call
from mesange.front.paging import list_response
from mesange.kit.ids import id_of
from mesange.kit.paging import Page
from mesange.kit.web.response import Response

MOST_IDS = 80


class Ids(msgspec.Struct):
    id: list[str | int] | str | int = msgspec.field(default_factory=list[str | int])

    def numbers(self) -> list[int]:
        given = self.id if isinstance(self.id, list) else [self.id]
        ids = (id_of(str(text)) for text in given[:MOST_IDS])
        return list(dict.fromkeys(id for id in ids if id is not None))


async def account_page(call: Call, rows: list[tuple[int, int]], page: Page) -> Response:
    body = await account_list(call.server, [account_id for _, account_id in rows])
    return list_response(call, body, [row_id for row_id, _ in rows], page)
