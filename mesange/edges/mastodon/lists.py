"""Lists: the API's own, with hashtags on them and open to everyone as our extensions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from mesange.core.accounts.model import Account
from mesange.core.accounts.queries import find_account, get_account
from mesange.core.lists import actions as lists
from mesange.core.lists.actions import ListChoice
from mesange.core.lists.model import AccountList
from mesange.core.lists.queries import (
    list_followed_lists,
    list_list_hashtags,
    list_lists,
    list_lists_with,
    list_members,
    readable_list,
)
from mesange.edges.mastodon.asking import account_page
from mesange.edges.mastodon.entities.hashtag import hashtag_list
from mesange.front.api import Api, Call, Who
from mesange.front.paging import ACCOUNTS, page_of
from mesange.kit.errors import NotFound
from mesange.kit.ids import id_of
from mesange.kit.server import Server
from mesange.kit.web.response import Response, json_response

api = Api()
MOST_AT_ONCE = 500


class ListGiven(msgspec.Struct):
    """`public` is ours: a list that anyone may read and follow."""

    title: str | None = None
    replies_policy: str | None = None
    exclusive: bool | None = None
    public: bool | None = None

    def choice(self) -> ListChoice:
        return ListChoice(self.title, self.replies_policy, self.exclusive, self.public)


def list_entity(server: Server, account_list: AccountList, owner: Account | None) -> dict[str, Any]:
    """Mastodon's List; `public`, and the page of a public one, are ours."""
    page = f"{server.settings.public_origin}/@{owner.acct}/lists/{account_list.id}" if owner else None
    return {
        "id": str(account_list.id),
        "title": account_list.title,
        "replies_policy": account_list.replies_policy.value,
        "exclusive": account_list.is_exclusive,
        "public": account_list.is_public,
        "url": page if account_list.is_public else None,
    }


async def _entities(call: Call, found: Sequence[AccountList]) -> Response:
    owners = {id: await find_account(call.server, id) for id in {each.account_id for each in found}}
    return json_response([list_entity(call.server, each, owners[each.account_id]) for each in found])


async def _entity(call: Call, account_list: AccountList) -> Response:
    owner = await find_account(call.server, account_list.account_id)
    return json_response(list_entity(call.server, account_list, owner))


@api.get("/api/v1/lists", "read:lists", kept=True)
async def list_own(call: Call) -> Response:
    return await _entities(call, await list_lists(call.server.db, call.viewer))


@api.post("/api/v1/lists", "write:lists")
async def create(call: Call) -> Response:
    choice = (await call.read(ListGiven)).choice()
    return await _entity(call, await lists.create_list(call.server, call.viewer, choice))


@api.get("/api/v1/lists/followed", "read:lists", kept=True)
async def list_followed(call: Call) -> Response:
    """Ours: the public lists of others that the viewer follows."""
    return await _entities(call, await list_followed_lists(call.server.db, call.viewer))


@api.get("/api/v1/lists/:id", "read:lists", Who.ANYONE)
async def show(call: Call) -> Response:
    return await _entity(call, await readable_list(call.server, call.viewer, call.request.id("id")))


@api.put("/api/v1/lists/:id", "write:lists")
async def change(call: Call) -> Response:
    choice = (await call.read(ListGiven)).choice()
    return await _entity(call, await lists.change_list(call.server, call.viewer, call.request.id("id"), choice))


@api.delete("/api/v1/lists/:id", "write:lists")
async def delete(call: Call) -> Response:
    await lists.delete_list(call.server, call.viewer, call.request.id("id"))
    return json_response({})


@api.get("/api/v1/lists/:id/accounts", "read:lists", Who.ANYONE)
async def list_accounts(call: Call) -> Response:
    """A limit of 0 asks for all of them."""
    account_list = await readable_list(call.server, call.viewer, call.request.id("id"))
    page = page_of(call, ACCOUNTS)
    if call.request.query.get("limit") == "0":
        page = replace(page, limit=call.server.settings.max_list_members)
    return await account_page(call, await list_members(call.server.db, account_list.id, page), page)


class AccountsGiven(msgspec.Struct):
    account_ids: list[str | int] | str | int = msgspec.field(default_factory=list[str | int])

    def numbers(self) -> list[int]:
        """Raises NotFound for what is no id."""
        given = self.account_ids if isinstance(self.account_ids, list) else [self.account_ids]
        ids = [id_of(str(text)) for text in given[:MOST_AT_ONCE]]
        if None in ids:
            raise NotFound()
        return [id for id in ids if id is not None]


@api.post("/api/v1/lists/:id/accounts", "write:lists")
async def add_accounts(call: Call) -> Response:
    ids = (await call.read(AccountsGiven)).numbers()
    await lists.add_members(call.server, call.viewer, call.request.id("id"), ids)
    return json_response({})


@api.delete("/api/v1/lists/:id/accounts", "write:lists")
async def remove_accounts(call: Call) -> Response:
    ids = (await call.read(AccountsGiven)).numbers()
    await lists.remove_members(call.server, call.viewer, call.request.id("id"), ids)
    return json_response({})


@api.get("/api/v1/accounts/:id/lists", "read:lists")
async def list_with_account(call: Call) -> Response:
    account = await get_account(call.server, call.request.id("id"))
    return await _entities(call, await list_lists_with(call.server.db, call.viewer, account.id))


@api.get("/api/v1/lists/:id/tags", "read:lists", Who.ANYONE)
async def list_tags(call: Call) -> Response:
    account_list = await readable_list(call.server, call.viewer, call.request.id("id"))
    return await _tags(call, account_list.id)


async def _tags(call: Call, list_id: int) -> Response:
    hashtags = await list_list_hashtags(call.server.db, list_id)
    names = [each.name for each in hashtags]
    return json_response(await hashtag_list(call.server, call.viewer.account_id, names))


class TagsGiven(msgspec.Struct):
    tags: list[str] = msgspec.field(default_factory=list[str])


@api.post("/api/v1/lists/:id/tags", "write:lists")
async def add_tags(call: Call) -> Response:
    tags = (await call.read(TagsGiven)).tags
    await lists.add_hashtags(call.server, call.viewer, call.request.id("id"), tags)
    return await _tags(call, call.request.id("id"))


@api.delete("/api/v1/lists/:id/tags", "write:lists")
async def remove_tags(call: Call) -> Response:
    tags = (await call.read(TagsGiven)).tags
    await lists.remove_hashtags(call.server, call.viewer, call.request.id("id"), tags)
    return await _tags(call, call.request.id("id"))


@api.post("/api/v1/lists/:id/follow", "write:lists")
async def follow(call: Call) -> Response:
    await lists.follow_list(call.server, call.viewer, call.request.id("id"))
    return await _entity(call, await readable_list(call.server, call.viewer, call.request.id("id")))


@api.post("/api/v1/lists/:id/unfollow", "write:lists")
async def unfollow(call: Call) -> Response:
    await lists.unfollow_list(call.server, call.viewer, call.request.id("id"))
    return json_response({})


ROUTES = api.routes
