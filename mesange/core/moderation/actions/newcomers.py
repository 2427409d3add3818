"""Letting newcomers in or refusing them, one or many: each in a commit of its own, with its line in the log."""

from collections.abc import Iterable

from mesange.core.accounts.actions.sign_ups import accept_sign_up, refuse_sign_up
from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import checked_refusal
from mesange.kit.errors import NotFound
from mesange.kit.server import Server


async def accept_newcomers(server: Server, viewer: Viewer, user_ids: Iterable[int]) -> list[int]:
    """Those who do not wait any more, for somebody else has decided, are left out and answered."""
    gone: list[int] = []
    for user_id in dict.fromkeys(user_ids):
        try:
            async with server.db.transaction() as tx:
                await accept_sign_up(server, tx, user_id)
                await note_act(server, tx, viewer, "sign-up accepted", f"user:{user_id}")
        except NotFound:
            gone.append(user_id)
    return gone


async def refuse_newcomers(server: Server, viewer: Viewer, user_ids: Iterable[int], why: str = "") -> list[int]:
    """The same with a refusal; `why` stands in the mail to each of them. Raises Invalid."""
    why, gone = checked_refusal(why), list[int]()
    told = {"why": why} if why else {}
    for user_id in dict.fromkeys(user_ids):
        try:
            async with server.db.transaction() as tx:
                await refuse_sign_up(server, tx, user_id, why)
                await note_act(server, tx, viewer, "sign-up refused", f"user:{user_id}", None, **told)
        except NotFound:
            gone.append(user_id)
    return gone
