"""The parts of what is written: fields of the composer as they were sent, and as they are shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mesange.core.media.queries import list_media
from mesange.core.statuses.model import MOST_PARTS
from mesange.core.statuses.model import Draft as Words
from mesange.edges.pages.attach import TAKE_AWAY, attached
from mesange.edges.pages.poll_maker import NO_POLL, PollTyped, poll_again, poll_typed
from mesange.front.media import media_views
from mesange.front.views import MediaView, PartView
from mesange.front.visit import Visit
from mesange.kit.web.frame import Form

REMOVE = re.compile(r"remove-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Part:
    """One post as it was typed."""

    text: str = ""
    spoiler_text: str = ""
    media: tuple[MediaView, ...] = ()
    has_new_files: bool = False
    problem: str = ""
    poll: PollTyped = NO_POLL

    @property
    def values(self) -> Mapping[str, str]:
        return {"text": self.text, "spoiler_text": self.spoiler_text, **self.poll.values}

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.media or self.poll.is_asked)

    def words(self, visibility: str, in_reply_to_id: int | None) -> Words:
        return Words(
            text=self.text,
            spoiler_text=self.spoiler_text,
            visibility=visibility or None,
            in_reply_to_id=in_reply_to_id,
            media_ids=tuple(int(each.id) for each in self.media),
            poll=self.poll.draft,
        )


async def parts_kept(visit: Visit, kept: Sequence[Words]) -> list[Part]:
    """Parts as they were kept, to go on writing; files that are gone are left out."""
    found = await list_media(visit.server.db, visit.viewer, [id for words in kept for id in words.media_ids])
    files = {int(view.id): view for view in media_views(found)}
    return [
        Part(
            text=words.text,
            spoiler_text=words.spoiler_text,
            media=tuple(files[id] for id in words.media_ids if id in files),
            poll=poll_again(words.poll),
        )
        for words in kept
    ]


def suffix_of(number: int) -> str:
    return "" if number == 1 else f"_{number}"


async def parts_sent(visit: Visit, status_id: int = 0) -> list[Part]:
    """Every part of the form, one at least, with its files; `status_id` when a post is changed."""
    told = visit.text("parts")
    count = min(int(told), MOST_PARTS) if re.fullmatch("[0-9]{1,2}", told) else 1
    return [await _sent(visit, suffix_of(number), status_id) for number in range(1, max(count, 1) + 1)]


async def _sent(visit: Visit, suffix: str, status_id: int) -> Part:
    files = await attached(visit, suffix, status_id)
    return Part(
        text=visit.text(f"text{suffix}"),
        spoiler_text=visit.text(f"spoiler_text{suffix}"),
        media=files.media,
        has_new_files=files.is_new,
        problem=files.problem,
        poll=poll_typed(visit, suffix),
    )


def part_views(parts: Sequence[Part], problems: Mapping[int, Mapping[str, str]] | None = None) -> tuple[PartView, ...]:
    """`problems` by the number of a part, counted from 1."""
    return tuple(
        PartView(number, suffix_of(number), Form.of(part.values, **_wrong(part, number, problems or {})), part.media)
        for number, part in enumerate(parts, 1)
    )


def _wrong(part: Part, number: int, problems: Mapping[int, Mapping[str, str]]) -> Mapping[str, str]:
    return problems.get(number, {}) or ({"text": part.problem} if part.problem else {})


def changed_parts(do: str, parts: list[Part]) -> list[Part] | None:
    """The parts after a press of a button that adds or removes something; None when `do` is none of them."""
    if do in ("attach", "later") or TAKE_AWAY.fullmatch(do):
        return parts
    if do == "add":
        return [*parts, Part()][:MOST_PARTS]
    if removed := REMOVE.fullmatch(do):
        number = int(removed[1])
        return [part for at, part in enumerate(parts, 1) if at != number] or [Part()]
    return None
