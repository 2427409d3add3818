"""The parts of what is written: fields of the composer as they were sent, and as they are shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mesange.core.statuses.model import MOST_PARTS
from mesange.core.statuses.model import Draft as Words
from mesange.edges.pages.attach import TAKE_AWAY, attached
from mesange.edges.pages.views import MediaView, PartView
from mesange.edges.pages.visit import Visit
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

    @property
    def values(self) -> Mapping[str, str]:
        return {"text": self.text, "spoiler_text": self.spoiler_text}

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.media

    def words(self, visibility: str, in_reply_to_id: int | None) -> Words:
        return Words(
            text=self.text,
            spoiler_text=self.spoiler_text,
            visibility=visibility or None,
            in_reply_to_id=in_reply_to_id,
            media_ids=tuple(int(each.id) for each in self.media),
        )


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
        visit.text(f"text{suffix}"), visit.text(f"spoiler_text{suffix}"), files.media, files.is_new, files.problem
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
    if do == "attach" or TAKE_AWAY.fullmatch(do):
        return parts
    if do == "add":
        return [*parts, Part()][:MOST_PARTS]
    if removed := REMOVE.fullmatch(do):
        number = int(removed[1])
        return [part for at, part in enumerate(parts, 1) if at != number] or [Part()]
    return None
