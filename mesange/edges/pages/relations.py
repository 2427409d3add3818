"""Follow, mute, block, and each of them undone; answers to who asks to follow."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account
from mesange.core.follows.actions import (
    FollowOptions,
    accept_follow_request,
    block_account,
    follow_account,
    reject_follow_request,
    unblock_account,
    unfollow_account,
    unmute_account,
)
from mesange.edges.pages.profile import profile_view
from mesange.front.asking import Question, ask
from mesange.front.faces import account_view
from mesange.front.guard import safe_return
from mesange.front.visit import Visit, templates
from mesange.kit.errors import NotFound
from mesange.kit.server import Server
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

Action: TypeAlias = Callable[[Server, Viewer, int], Awaitable[None]]


def changing(options: FollowOptions) -> Action:
    async def change(server: Server, viewer: Viewer, account_id: int) -> None:
        await follow_account(server, viewer, account_id, options)

    return change


ACTIONS: Mapping[str, Action] = {
    "follow": changing(FollowOptions()),
    "hide-boosts": changing(FollowOptions(shows_reblogs=False)),
    "show-boosts": changing(FollowOptions(shows_reblogs=True)),
    "notify": changing(FollowOptions(notifies=True)),
    "hush": changing(FollowOptions(notifies=False)),
    "unfollow": unfollow_account,
    "unmute": unmute_account,
    "block": block_account,
    "unblock": unblock_account,
}
ANSWERS: Mapping[str, Action] = {"authorize": accept_follow_request, "reject": reject_follow_request}
TOLD = {"block": "blocked"}


async def change(visit: Visit) -> Response:
    verb = visit.request.segments["verb"]
    if verb not in ACTIONS:
        raise NotFound()
    return await _changed(visit, verb)


async def block(visit: Visit) -> Response:
    return await _changed(visit, "block")


async def _changed(visit: Visit, verb: str) -> Response:
    """The buttons of the relation as they are now for htmx, else back to where one came from."""
    account_id = visit.request.id("id")
    await ACTIONS[verb](visit.server, visit.viewer, account_id)
    if not visit.is_fragment:
        return visit.back(safe_return(visit.fields.get("return")), told=TOLD.get(verb, ""))
    account = await get_account(visit.server, account_id)
    relation = templates().macro(visit.language, "profile_parts.html", "relation", await visit.frame())
    return visit.fragment(relation(await profile_view(visit, account)))


async def answer(visit: Visit) -> Response:
    verb = visit.request.segments["verb"]
    if verb not in ANSWERS:
        raise NotFound()
    await ANSWERS[verb](visit.server, visit.viewer, visit.request.id("id"))
    return visit.back(safe_return(visit.fields.get("return")))


async def ask_block(visit: Visit) -> Response:
    view = account_view(visit.server, await get_account(visit.server, visit.request.id("id")))
    question = Question(
        title=_("Block %(name)s?"),
        named={"name": view.name},
        back=view.url,
        action=f"/accounts/{view.id}/block",
        text=_("You will not see each other any more, and follows between you end."),
        verb=_("Block"),
    )
    return await ask(visit, question)
