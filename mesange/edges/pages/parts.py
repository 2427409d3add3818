"""The parts of what is written: fields of the composer as they were sent, and as they are shown again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mesange.core.statuses.model import MOST_PARTS
from mesange.core.statuses.model import Draft as Words
from mesange.edges.pages.views import PartView
from mesange.edges.pages.visit import Visit
from mesange.kit.web.frame import Form

REMOVE = re.compile(r"remove-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Part:
    """One post as it was typed."""

    text: str = ""
    spoiler_text: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        return {"text": self.text, "spoiler_text": self.spoiler_text}

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    def words(self, visibility: str, in_reply_to_id: int | None) -> Words:
        return Words(
            text=self.text,
            spoiler_text=self.spoiler_text,
            visibility=visibility or None,
            in_reply_to_id=in_reply_to_id,
        )


def suffix_of(number: int) -> str:
    return "" if number == 1 else f"_{number}"


def parts_sent(visit: Visit) -> list[Part]:
    """Every part of the form, one at least."""
    told = visit.text("parts")
    count = min(int(told), MOST_PARTS) if re.fullmatch("[0-9]{1,2}", told) else 1
    return [_sent(visit, suffix_of(number)) for number in range(1, max(count, 1) + 1)]


def _sent(visit: Visit, suffix: str) -> Part:
    return Part(visit.text(f"text{suffix}"), visit.text(f"spoiler_text{suffix}"))


def part_views(parts: Sequence[Part], problems: Mapping[int, Mapping[str, str]] | None = None) -> tuple[PartView, ...]:
    """`problems` by the number of a part, counted from 1."""
    return tuple(
        PartView(number, suffix_of(number), Form.of(part.values, **(problems or {}).get(number, {})))
        for number, part in enumerate(parts, 1)
    )


def changed_parts(do: str, parts: list[Part]) -> list[Part] | None:
    """The parts after a press of "add a part" or "remove"; None when `do` is neither."""
    if do == "add":
        return [*parts, Part()][:MOST_PARTS]
    if removed := REMOVE.fullmatch(do):
        number = int(removed[1])
        return [part for at, part in enumerate(parts, 1) if at != number] or [Part()]
    return None
