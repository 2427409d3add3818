"""Accounts as anyone sees them: profile, posts, followers."""

import msgspec

from mesange.core.accounts.queries import (
    get_account,
    get_account_by_acct,
    load_accounts,
)
from mesange.core.follows.queries import (
    list_followers,
    list_following,
)
from mesange.core.statuses.queries import AccountFilter, list_account_statuses, only_visible
from mesange.edges.mastodon.asking import Ids, account_page
from mesange.edges.mastodon.entities.account import account_list, accounts_bytes
from mesange.edges.mastodon.entities.status import status_list
from mesange.front.api import Api, Call, Who
from mesange.front.paging import ACCOUNTS, STATUSES, list_response, page_of
from mesange.kit.text import hashtag_name
from mesange.kit.web.response import Response

api = Api()


class Acct(msgspec.Struct):
    acct: str = ""


@api.get("/api/v1/accounts/lookup", "read:accounts", Who.ANYONE)
async def look_up(call: Call) -> Response:
    account = await get_account_by_acct(call.server, call.query(Acct).acct)
    return Response((await accounts_bytes(call.server, [account.id]))[account.id])


@api.get("/api/v1/accounts", "read:accounts", Who.ANYONE)
async def list_accounts(call: Call) -> Response:
    asked = call.query(Ids).numbers()
    known = await load_accounts(call.server, asked)
    return Response(await account_list(call.server, [id for id in asked if id in known and not known[id].is_hidden]))


@api.get("/api/v1/accounts/:id", "read:accounts", Who.ANYONE)
async def show_account(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    return Response((await accounts_bytes(call.server, [account.id]))[account.id])


class StatusesAsked(msgspec.Struct):
    exclude_replies: bool = False
    exclude_reblogs: bool = False
    pinned: bool = False
    only_media: bool = False
    tagged: str = ""


@api.get("/api/v1/accounts/:id/statuses", "read:statuses", Who.ANYONE, kept=True)
async def list_statuses_of(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    page = page_of(call, STATUSES)
    asked = call.query(StatusesAsked)
    tag = hashtag_name(asked.tagged)
    only = AccountFilter(asked.exclude_replies, asked.exclude_reblogs, asked.pinned, tag, asked.only_media)
    ids = await list_account_statuses(call.server, call.viewer, account.id, page, only)
    visible = [status.id for status in await only_visible(call.server, call.viewer, ids)]
    return list_response(call, await status_list(call.server, call.viewer.account_id, visible), ids, page)


@api.get("/api/v1/accounts/:id/followers", "read:accounts", Who.ANYONE)
async def list_followers_of(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    return await account_page(call, await list_followers(call.server.db, account.id, page), page)


@api.get("/api/v1/accounts/:id/following", "read:accounts", Who.ANYONE)
async def list_following_of(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    return await account_page(call, await list_following(call.server.db, account.id, page), page)


ROUTES = api.routes
