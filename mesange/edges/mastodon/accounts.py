"""Accounts and relationships."""

from typing import Any

import msgspec

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.actions.clients import create_token
from mesange.core.accounts.actions.users import SignUp, sign_up
from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import (
    find_client_by_row,
    find_user,
    get_account,
    get_account_by_acct,
    load_accounts,
)
from mesange.core.follows import actions as follows
from mesange.core.follows.actions import FollowOptions
from mesange.core.follows.queries import (
    list_blocked,
    list_follow_requests,
    list_followers,
    list_following,
    list_muted,
    list_relationships,
)
from mesange.core.statuses.queries import AccountFilter, list_account_statuses, only_visible
from mesange.edges.mastodon.api import Api, Call, Who
from mesange.edges.mastodon.entities.account import account_list, accounts_bytes, own_account, relationship
from mesange.edges.mastodon.entities.status import status_list
from mesange.edges.mastodon.limits import FOLLOWS, SIGN_UPS
from mesange.edges.mastodon.paging import ACCOUNTS, STATUSES, list_response, page_of
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.ids import id_of
from mesange.kit.images import ImageKind, Images
from mesange.kit.media import store_image
from mesange.kit.paging import Page
from mesange.kit.text import hashtag_name
from mesange.kit.web.parameters import Upload
from mesange.kit.web.request import shaped
from mesange.kit.web.response import Response, encode_json, json_response

api = Api()
MOST_IDS = 80


class NewAccount(msgspec.Struct):
    username: str = ""
    email: str = ""
    password: str = ""
    agreement: bool = False
    locale: str = "en"


@api.post("/api/v1/accounts", "write:accounts", Who.CLIENT, limit=SIGN_UPS)
async def create_account(call: Call) -> Response:
    """Sign-up through a client: its token works once the mail address is confirmed."""
    given = await call.read(NewAccount)
    if not given.agreement:
        raise Invalid("Validation failed: Service agreement must be accepted", field="agreement", code="ERR_ACCEPTED")
    client = await find_client_by_row(call.server.db, call.viewer.client_id)
    if client is None:
        raise NotFound()
    user, account = await sign_up(call.server, SignUp(given.username, given.email, given.password, given.locale[:2]))
    scopes = " ".join(sorted(call.viewer.scopes))
    secret = await create_token(call.server, client, user, account, scopes)
    created_at = call.server.clock.now() // 1000
    return json_response({"access_token": secret, "token_type": "Bearer", "scope": scopes, "created_at": created_at})


@api.get("/api/v1/accounts/verify_credentials", "profile")
async def verify_credentials(call: Call) -> Response:
    return await _own(call, await get_account(call.server, call.viewer.account_id))


async def _own(call: Call, account: Account) -> Response:
    user = await find_user(call.server.db, call.viewer.user_id)
    waiting = await list_follow_requests(call.server.db, account.id, Page(limit=100))
    return Response(await own_account(call.server, account, user, len(waiting)))


class Source(msgspec.Struct):
    privacy: str | None = None
    sensitive: bool | None = None
    language: str | None = None


class Credentials(msgspec.Struct):
    display_name: str | None = None
    note: str | None = None
    locked: bool | None = None
    bot: bool | None = None
    discoverable: bool | None = None
    indexable: bool | None = None
    source: Source | None = None
    fields_attributes: list[dict[str, str]] | dict[str, dict[str, str]] | None = None


@api.put("/api/v1/accounts/update_credentials", "write:accounts")
async def update_credentials(call: Call) -> Response:
    values = await call.request.parameters()
    images = {name: value for name in ("avatar", "header") if isinstance(value := values.get(name), Upload)}
    given = shaped({name: value for name, value in values.items() if name not in ("avatar", "header")}, Credentials)
    source = given.source or Source()
    change = ProfileChange(
        display_name=given.display_name,
        note=given.note,
        fields=_fields(given.fields_attributes),
        is_locked=given.locked,
        is_bot=given.bot,
        is_discoverable=given.discoverable,
        is_indexable=given.indexable,
        default_visibility=source.privacy,
        default_sensitive=source.sensitive,
        default_language=source.language,
    )
    for name, upload in images.items():
        made = await call.server.of(Images).process(upload.content, ImageKind[name.upper()])
        setattr(change, name, await store_image(call.server.settings, made.body, made.media_type))
    return await _own(call, await change_profile(call.server, call.viewer, change))


def _fields(given: list[dict[str, str]] | dict[str, dict[str, str]] | None) -> list[tuple[str, str]] | None:
    if given is None:
        return None
    rows = given if isinstance(given, list) else list(given.values())
    return [(row.get("name", ""), row.get("value", "")) for row in rows]


class Acct(msgspec.Struct):
    acct: str = ""


@api.get("/api/v1/accounts/lookup", "read:accounts", Who.ANYONE)
async def look_up(call: Call) -> Response:
    account = await get_account_by_acct(call.server, call.query(Acct).acct)
    return Response((await accounts_bytes(call.server, [account.id]))[account.id])


class Ids(msgspec.Struct):
    id: list[str | int] | str | int = msgspec.field(default_factory=list[str | int])

    def numbers(self) -> list[int]:
        given = self.id if isinstance(self.id, list) else [self.id]
        ids = (id_of(str(text)) for text in given[:MOST_IDS])
        return list(dict.fromkeys(id for id in ids if id is not None))


@api.get("/api/v1/accounts/relationships", "read:follows")
async def show_relationships(call: Call) -> Response:
    asked = call.query(Ids).numbers()
    known = await load_accounts(call.server, asked)
    return await _relationships(call, [id for id in asked if id in known])


async def _relationships(call: Call, ids: list[int]) -> Response:
    found = await list_relationships(call.server.db, call.viewer.account_id, ids, call.server.clock.now())
    return json_response([relationship(each) for each in found])


async def _relationship(call: Call, target_id: int) -> Response:
    found = await list_relationships(call.server.db, call.viewer.account_id, [target_id], call.server.clock.now())
    return json_response(relationship(found[0]))


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
    if asked.only_media:  # No post carries media yet.
        return list_response(call, b"[]", [], page)
    only = AccountFilter(asked.exclude_replies, asked.exclude_reblogs, asked.pinned, hashtag_name(asked.tagged))
    ids = await list_account_statuses(call.server, call.viewer, account.id, page, only)
    visible = [status.id for status in await only_visible(call.server, call.viewer, ids)]
    return list_response(call, await status_list(call.server, call.viewer.account_id, visible), ids, page)


@api.get("/api/v1/accounts/:id/followers", "read:accounts", Who.ANYONE)
async def list_followers_of(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    return await _accounts(call, await list_followers(call.server.db, account.id, page), page)


@api.get("/api/v1/accounts/:id/following", "read:accounts", Who.ANYONE)
async def list_following_of(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    return await _accounts(call, await list_following(call.server.db, account.id, page), page)


async def _accounts(call: Call, rows: list[tuple[int, int]], page: Page) -> Response:
    body = await account_list(call.server, [account_id for _, account_id in rows])
    return list_response(call, body, [row_id for row_id, _ in rows], page)


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
    return await _relationship(call, target_id)


@api.post("/api/v1/accounts/:id/unfollow", "write:follows")
async def unfollow(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.unfollow_account(call.server, call.viewer, target_id)
    return await _relationship(call, target_id)


@api.post("/api/v1/accounts/:id/remove_from_followers", "write:follows")
async def remove_from_followers(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.remove_follower(call.server, call.viewer, target_id)
    return await _relationship(call, target_id)


@api.post("/api/v1/accounts/:id/block", "write:blocks")
async def block(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.block_account(call.server, call.viewer, target_id)
    return await _relationship(call, target_id)


@api.post("/api/v1/accounts/:id/unblock", "write:blocks")
async def unblock(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.unblock_account(call.server, call.viewer, target_id)
    return await _relationship(call, target_id)


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
    return await _relationship(call, target_id)


@api.post("/api/v1/accounts/:id/unmute", "write:mutes")
async def unmute(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.unmute_account(call.server, call.viewer, target_id)
    return await _relationship(call, target_id)


class Note(msgspec.Struct):
    comment: str = ""


@api.post("/api/v1/accounts/:id/note", "write:accounts")
async def write_note(call: Call) -> Response:
    target_id = call.request.id("id")
    await follows.write_note(call.server, call.viewer, target_id, (await call.read(Note)).comment)
    return await _relationship(call, target_id)


@api.get("/api/v1/follow_requests", "read:follows")
async def list_requests(call: Call) -> Response:
    page = page_of(call, ACCOUNTS)
    return await _accounts(call, await list_follow_requests(call.server.db, call.viewer.account_id, page), page)


@api.post("/api/v1/follow_requests/:id/authorize", "write:follows")
async def authorize_request(call: Call) -> Response:
    asker_id = call.request.id("id")
    await follows.accept_follow_request(call.server, call.viewer, asker_id)
    return await _relationship(call, asker_id)


@api.post("/api/v1/follow_requests/:id/reject", "write:follows")
async def reject_request(call: Call) -> Response:
    asker_id = call.request.id("id")
    await follows.reject_follow_request(call.server, call.viewer, asker_id)
    return await _relationship(call, asker_id)


@api.get("/api/v1/blocks", "read:blocks")
async def list_blocks(call: Call) -> Response:
    page = page_of(call, ACCOUNTS)
    return await _accounts(call, await list_blocked(call.server.db, call.viewer.account_id, page), page)


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
