"""What stands between the viewer and others: follows, requests, blocks, mutes, notes."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import load_accounts
from mesange.core.follows import actions as follows
from mesange.core.follows.actions import FollowOptions
from mesange.core.follows.queries import list_blocked, list_follow_requests, list_muted, list_relationships
from mesange.edges.mastodon.asking import Ids, account_page
from mesange.edges.mastodon.entities.account import accounts_bytes, relationship
from mesange.front.api import Api, Call
from mesange.front.limits import FOLLOWS
from mesange.front.paging import ACCOUNTS, list_response, page_of
from mesange.kit.server import Server
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()


@api.get("/api/v1/accounts/relationships", "read:follows")
async def show_relationships(call: Call) -> Response:
    asked = call.query(Ids).numbers()
    known = await load_accounts(call.server, asked)
    return await _relationships(call, [id for id in asked if id in known])


async def _relationships(call: Call, ids: list[int]) -> Response:
    found = await list_relationships(call.server.db, call.viewer.account_id, ids, call.server.clock.now())
    return json_response([relationship(each) for each in found])


async def one_relationship(call: Call, target_id: int) -> Response:
    found = await list_relationships(call.server.db, call.viewer.account_id, [target_id], call.server.clock.now())
    return json_response(relationship(found[0]))


class Following(msgspec.Struct):
    reblogs: bool | None = None
    notify: bool | None = None
    languages: list[str] | str | None = None

    def options(self) -> FollowOptions:
        languages = self.languages.split() if isinstance(self.languages, str) else self.languages
        joined = None if languages is None else " ".join(code[:10] for code in languages[:20])
        return FollowOptions(self.reblogs, self.notify, joined)


@api.post("/api/v1/accounts/:id/follow", "write:follows", limit=FOLLOWS)
async def follow(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.follow_account(call.server, call.viewer, target_id, (await call.read(Following)).options())
    return await one_relationship(call, target_id)


class Muting(msgspec.Struct):
    notifications: bool = True
    duration: int = 0


@api.post("/api/v1/accounts/:id/mute", "write:mutes")
async def mute(call: Call) -> Response:
    target_id = call.request.id("id")
    given = await call.read(Muting)
    await follows.mute_account(
        call.server, call.viewer, target_id, hides_notifications=given.notifications, duration=given.duration
    )
    return await one_relationship(call, target_id)


class Note(msgspec.Struct):
    comment: str = ""


@api.post("/api/v1/accounts/:id/note", "write:accounts")
async def write_note(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.write_note(call.server, call.viewer, target_id, (await call.read(Note)).comment)
    return await one_relationship(call, target_id)


Act = Callable[[Server, Viewer, int], Awaitable[object]]


def _acting(path: str, scope: str, act: Act) -> None:
    @api.post(f"/api/v1/{path}", scope)
    async def acted(call: Call) -> Response:
        other_id = call.request.id("id")
        await act(call.server, call.viewer, other_id)
        return await one_relationship(call, other_id)


_acting("accounts/:id/unfollow", "write:follows", follows.unfollow_account)
_acting("accounts/:id/remove_from_followers", "write:follows", follows.remove_follower)
_acting("accounts/:id/block", "write:blocks", follows.block_account)
_acting("accounts/:id/unblock", "write:blocks", follows.unblock_account)
_acting("accounts/:id/unmute", "write:mutes", follows.unmute_account)
_acting("follow_requests/:id/authorize", "write:follows", follows.accept_follow_request)
_acting("follow_requests/:id/reject", "write:follows", follows.reject_follow_request)


@api.get("/api/v1/follow_requests", "read:follows")
async def list_requests(call: Call) -> Response:
    page = page_of(call, ACCOUNTS)
    return await account_page(call, await list_follow_requests(call.server.db, call.viewer.account_id, page), page)


@api.get("/api/v1/blocks", "read:blocks")
async def list_blocks(call: Call) -> Response:
    page = page_of(call, ACCOUNTS)
    return await account_page(call, await list_blocked(call.server.db, call.viewer.account_id, page), page)


@api.get("/api/v1/mutes", "read:mutes")
async def list_mutes(call: Call) -> Response:
    page = page_of(call, ACCOUNTS)
    rows = await list_muted(call.server.db, call.viewer.account_id, page)
    ids = [account_id for _, account_id in rows]
    found = await list_relationships(call.server.db, call.viewer.account_id, ids, call.server.clock.now())
    rendered = await accounts_bytes(call.server, ids)
    muted = [
        rendered[each.target_id][:-1] + b',"mute_expires_at":' + _mute_end(relationship(each)) + b"}"
        for each in found
        if each.target_id in rendered
    ]
    return list_response(call, b"[" + b",".join(muted) + b"]", [row_id for row_id, _ in rows], page)


def _mute_end(shown: dict[str, Any]) -> bytes:
    return encode_json(shown["muting_expires_at"])


ROUTES = api.routes
