"""Servers that one hides from oneself."""

import msgspec

from mesange.core.follows.actions import hide_domain, show_domain
from mesange.core.follows.queries import list_hidden_domains
from mesange.front.api import Api, Call
from mesange.front.paging import list_response, page_of
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()
DOMAINS = (100, 200)


class Named(msgspec.Struct):
    domain: str = ""


@api.get("/api/v1/domain_blocks", "read:blocks", kept=True)
async def list_domain_blocks(call: Call) -> Response:
    page = page_of(call, DOMAINS)
    rows = await list_hidden_domains(call.server.db, call.viewer.account_id, page)
    return list_response(call, encode_json([domain for _, domain in rows]), [id for id, _ in rows], page)


@api.post("/api/v1/domain_blocks", "write:blocks")
async def block_domain(call: Call) -> Response:
    await hide_domain(call.server, call.viewer, (await call.read(Named)).domain)
    return json_response({})


@api.delete("/api/v1/domain_blocks", "write:blocks")
async def unblock_domain(call: Call) -> Response:
    await show_domain(call.server, call.viewer, (await call.read(Named)).domain)
    return json_response({})


ROUTES = api.routes
