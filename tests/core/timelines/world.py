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
from mesange.core.lists.actions import (
    ListChoice,
    add_members,
    create_list,
    follow_hashtag,
    remove_members,
    unfollow_hashtag,
)
from mesange.core.statuses.actions.delete import delete_status, unreblog_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.core.statuses.queries import hashtags_of
from mesange.core.timelines.model import REPEATS_APART
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.text import hashtag_name
from tests.core.people import post

ACTIONS = (
    *["publish"] * 6,
    *["answer"] * 5,
    *["boost"] * 4,
    *["follow"] * 4,
    *["delete"] * 2,
    *["edit"] * 2,
    *["follow_tag"] * 2,
    *("unfollow_tag", "set_apart", "set_apart", "take_back"),
    *("unboost", "unfollow", "block", "unblock", "mute", "unmute"),
)
TAGS = ("tea", "sea", "Été")
LANGUAGES = ("fr", "en")


@dataclass
class World:
    """What everybody did; `following` holds whether boosts are shown, `languages` which are wanted ("" for all)."""

    server: Server
    people: list[Viewer]
    dice: random.Random
    statuses: dict[int, Status] = field(default_factory=dict[int, Status])
    following: dict[tuple[int, int], bool] = field(default_factory=dict[tuple[int, int], bool])
    blocks: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    mutes: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    languages: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    tags: set[tuple[int, str]] = field(default_factory=set[tuple[int, str]])
    apart: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    lists: dict[int, int] = field(default_factory=dict[int, int])
    repeats_apart: int = REPEATS_APART

    async def act(self, action: str = "") -> None:
        one, other = self.dice.sample(self.people, 2)
        action = action or self.dice.choice(ACTIONS)
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
        draft = Draft(self.some_text(), visibility=visibility, language=self.dice.choice(LANGUAGES))
        status = await publish_status(self.server, one, draft)
        self.statuses[status.id] = status

    def some_text(self) -> str:
        return self.dice.choice(["a post", "a post", *(f"a post about #{tag}" for tag in TAGS), "#tea at #sea"])

    async def edit(self, one: Viewer, _: Viewer) -> None:
        own = [each for each in self.statuses.values() if each.account_id == one.account_id and not each.reblog_of_id]
        if own:
            correction = Correction(self.some_text(), language=self.dice.choice(LANGUAGES))
            status = await edit_status(self.server, one, self.dice.choice(own).id, correction)
            self.statuses[status.id] = status

    async def follow_tag(self, one: Viewer, _: Viewer) -> None:
        tag = self.dice.choice(TAGS)
        await follow_hashtag(self.server, one, tag)
        self.tags.add((one.account_id, hashtag_name(tag)))

    async def unfollow_tag(self, one: Viewer, _: Viewer) -> None:
        tag = self.dice.choice(TAGS)
        await unfollow_hashtag(self.server, one, tag)
        self.tags.discard((one.account_id, hashtag_name(tag)))

    async def set_apart(self, one: Viewer, other: Viewer) -> None:
        """Put them on one's exclusive list; a public one takes anybody."""
        if one.account_id not in self.lists:
            made = await create_list(self.server, one, ListChoice("apart", is_exclusive=True, is_public=True))
            self.lists[one.account_id] = made.id
        await add_members(self.server, one, self.lists[one.account_id], [other.account_id])
        self.apart.add((one.account_id, other.account_id))

    async def take_back(self, one: Viewer, other: Viewer) -> None:
        if one.account_id in self.lists:
            await remove_members(self.server, one, self.lists[one.account_id], [other.account_id])
            self.apart.discard((one.account_id, other.account_id))

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
        shows, languages = self.dice.random() < 0.7, self.dice.choice(["", "", "fr", "en de"])
        options = FollowOptions(shows_reblogs=shows, languages=languages)
        await follow_account(self.server, one, other.account_id, options)
        self.following[one.account_id, other.account_id] = shows
        self.languages[one.account_id, other.account_id] = languages

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
        """Newest first, all of it, by going through everything that was ever posted; what repeats is left out."""
        ids = sorted(id for id, status in self.statuses.items() if self._is_home(viewer_id, status))
        shown = [self.statuses[id].reblog_of_id or id for id in ids]
        return [
            id
            for at, id in enumerate(ids)
            if shown[at] == id or shown[at] not in shown[max(at - self.repeats_apart, 0) : at]
        ][::-1]

    def _is_home(self, viewer_id: int, status: Status) -> bool:
        author = status.account_id
        if status.visibility == "direct":
            return False
        if author == viewer_id:
            return True
        original = self.statuses.get(status.reblog_of_id or 0)
        answered = status.in_reply_to_account_id
        involved = {author, original.account_id if original else 0, answered or 0}
        if (viewer_id, author) in self.apart or any(self._is_hidden(viewer_id, other) for other in involved):
            return False
        if status.visibility == "public" and not original and self._is_tagged(viewer_id, status):
            return True
        return self._is_from_followed(viewer_id, status, original)

    def _is_tagged(self, viewer_id: int, status: Status) -> bool:
        return any((viewer_id, name) in self.tags for name in hashtags_of(status))

    def _is_from_followed(self, viewer_id: int, status: Status, original: Status | None) -> bool:
        author, answered = status.account_id, status.in_reply_to_account_id
        if (viewer_id, author) not in self.following:
            return False
        languages = self.languages.get((viewer_id, author), "")
        if languages and (original or status).language not in ("", *languages.split()):
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
