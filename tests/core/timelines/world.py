"""A small world acting at random, and a naive account of who finds what at home."""

import random
from dataclasses import dataclass, field

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import (
    FollowOptions,
    block_account,
    follow_account,
    mute_account,
    unblock_account,
    unfollow_account,
    unmute_account,
)
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.model import Status
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post

ACTIONS = (
    *["publish"] * 6,
    *["answer"] * 5,
    *["boost"] * 4,
    *["follow"] * 4,
    *["delete"] * 2,
    *("unboost", "unfollow", "block", "unblock", "mute", "unmute"),
)


@dataclass
class World:
    """What everybody did; `following` holds whether boosts are shown."""

    server: Server
    people: list[Viewer]
    dice: random.Random
    statuses: dict[int, Status] = field(default_factory=dict[int, Status])
    following: dict[tuple[int, int], bool] = field(default_factory=dict[tuple[int, int], bool])
    blocks: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    mutes: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    async def act(self) -> None:
        one, other = self.dice.sample(self.people, 2)
        action = self.dice.choice(ACTIONS)
        try:
            await getattr(self, action)(one, other)
        except (Forbidden, NotFound):  # What one may not do, or what the other may not see.
            return

    def some_status(self) -> Status:
        """Mostly a new one; any author's."""
        ids = list(self.statuses)
        return self.statuses[self.dice.choice(ids[-20:])]

    async def publish(self, one: Viewer, _: Viewer) -> None:
        visibility = self.dice.choice(["public", "public", "unlisted", "private", "direct"])
        status = await post(self.server, one, "a post", visibility)
        self.statuses[status.id] = status

    async def answer(self, one: Viewer, _: Viewer) -> None:
        if self.statuses:
            status = await post(self.server, one, "an answer", to=self.some_status())
            self.statuses[status.id] = status

    async def boost(self, one: Viewer, _: Viewer) -> None:
        if self.statuses:
            status = await reblog_status(self.server, one, self.some_status().id)
            self.statuses[status.id] = status

    async def unboost(self, one: Viewer, _: Viewer) -> None:
        boosts = [each for each in self.statuses.values() if each.reblog_of_id and each.account_id == one.account_id]
        if boosts:
            boost = self.dice.choice(boosts)
            await unreblog_status(self.server, one, boost.reblog_of_id or 0)
            del self.statuses[boost.id]

    async def delete(self, one: Viewer, _: Viewer) -> None:
        own = [each for each in self.statuses.values() if each.account_id == one.account_id]
        if own:
            gone = self.dice.choice(own)
            await delete_status(self.server, one, gone.id)
            self.statuses = {id: each for id, each in self.statuses.items() if gone.id not in (id, each.reblog_of_id)}

    async def follow(self, one: Viewer, other: Viewer) -> None:
        shows = self.dice.random() < 0.7
        await follow_account(self.server, one, other.account_id, FollowOptions(shows_reblogs=shows))
        self.following[one.account_id, other.account_id] = shows

    async def unfollow(self, one: Viewer, other: Viewer) -> None:
        await unfollow_account(self.server, one, other.account_id)
        self.following.pop((one.account_id, other.account_id), None)

    async def block(self, one: Viewer, other: Viewer) -> None:
        await block_account(self.server, one, other.account_id)
        self.blocks.add((one.account_id, other.account_id))
        for pair in ((one.account_id, other.account_id), (other.account_id, one.account_id)):
            self.following.pop(pair, None)

    async def unblock(self, one: Viewer, other: Viewer) -> None:
        await unblock_account(self.server, one, other.account_id)
        self.blocks.discard((one.account_id, other.account_id))

    async def mute(self, one: Viewer, other: Viewer) -> None:
        await mute_account(self.server, one, other.account_id)
        self.mutes.add((one.account_id, other.account_id))

    async def unmute(self, one: Viewer, other: Viewer) -> None:
        await unmute_account(self.server, one, other.account_id)
        self.mutes.discard((one.account_id, other.account_id))

    def home(self, viewer_id: int) -> list[int]:
        """Newest first, all of it, by going through everything that was ever posted."""
        return sorted((id for id, status in self.statuses.items() if self._is_home(viewer_id, status)), reverse=True)

    def _is_home(self, viewer_id: int, status: Status) -> bool:
        author = status.account_id
        if status.visibility == "direct":
            return False
        if author == viewer_id:
            return True
        if (viewer_id, author) not in self.following:
            return False
        original = self.statuses.get(status.reblog_of_id or 0)
        answered = status.in_reply_to_account_id
        involved = {author, original.account_id if original else 0, answered or 0}
        if any(self._is_hidden(viewer_id, other) for other in involved):
            return False
        if original:
            return self.following[viewer_id, author] and original.account_id != viewer_id
        return answered in (None, author, viewer_id) or (viewer_id, answered) in self.following

    def _is_hidden(self, viewer_id: int, other: int) -> bool:
        pair, reverse = (viewer_id, other), (other, viewer_id)
        return pair in self.blocks or reverse in self.blocks or pair in self.mutes


def page_of(ids: list[int], page: Page) -> list[int]:
    """A page of a whole list, newest first: what `Page` means."""
    within = [id for id in ids if page.above < id < page.below]
    return within[-page.limit :] if page.forwards else within[: page.limit]
