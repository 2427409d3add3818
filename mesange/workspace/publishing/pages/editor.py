"""The composer of a publication: its parts, when it leaves, for which accounts, on which theme."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mesange.core.statuses.model import MOST_PARTS, Draft
from mesange.front.clocks import place_of
from mesange.front.views import AccountView
from mesange.front.visit import Visit
from mesange.kit.clock import MINUTE
from mesange.kit.errors import Invalid
from mesange.kit.web.frame import Form
from mesange.kit.zones import wall_of, zone_of
from mesange.workspace.publishing.model import Publication, Theme
from mesange.workspace.publishing.model.planning import Plan
from mesange.workspace.publishing.pages.address import day_in

HOUR = re.compile(r"\d\d:\d\d", re.ASCII)
REMOVE = re.compile(r"remove-([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartView:
    """One post of a thread; `files` is how many pictures it keeps."""

    number: int
    text: str
    warning: str
    files: int = 0

    @property
    def suffix(self) -> str:
        return "" if self.number == 1 else f"_{self.number}"


@dataclass(frozen=True, slots=True)
class Editor:
    """`accounts` are those one may choose among, `chosen` those chosen; empty when it is written for one already."""

    action: str
    parts: tuple[PartView, ...]
    form: Form
    max_signs: int
    accounts: Sequence[AccountView] = ()
    chosen: frozenset[str] = frozenset()
    themes: Sequence[Theme] = ()
    revision: int = 0
    is_double: bool = False
    warnings: Sequence[str] = field(default=())


def parts_sent(visit: Visit) -> list[PartView]:
    """As they were typed; after a button that adds or removes a part, with one more or less."""
    told = visit.text("parts")
    count = min(int(told), MOST_PARTS) if re.fullmatch("[0-9]{1,2}", told) else 1
    typed = [_sent(visit, number) for number in range(1, max(count, 1) + 1)]
    if visit.text("do") == "add":
        typed = [*typed, PartView(0, "", "")][:MOST_PARTS]
    elif removed := REMOVE.fullmatch(visit.text("do")):
        typed = [part for part in typed if part.number != int(removed[1])] or [PartView(1, "", "")]
    return [replace(part, number=number) for number, part in enumerate(typed, 1)]


def _sent(visit: Visit, number: int) -> PartView:
    suffix = PartView(number, "", "").suffix
    return PartView(number, visit.text(f"text{suffix}"), visit.text(f"spoiler_text{suffix}"))


def changes_parts(visit: Visit) -> bool:
    return visit.text("do") == "add" or bool(REMOVE.fullmatch(visit.text("do")))


def drafts_of(parts: Sequence[PartView], before: Sequence[Draft] = ()) -> list[Draft]:
    """What the form cannot show (files, a poll, an answer, who reads it) stays as it was."""
    said = [part for part in parts if part.text.strip() or part.warning.strip()] or list(parts[:1])
    kept = [*before, *[Draft("") for _ in said]]
    return [
        replace(kept[at], text=part.text.replace("\r\n", "\n"), spoiler_text=part.warning)
        for at, part in enumerate(said)
    ]


def parts_of(publication: Publication) -> tuple[PartView, ...]:
    return tuple(
        PartView(number, each.text, each.spoiler_text, len(each.media_ids))
        for number, each in enumerate(publication.drafts, 1)
    )


async def plan_sent(visit: Visit) -> Plan | None:
    """When it leaves, by the clocks it names; None without a day. Raises Invalid for half of it, or no such zone."""
    date, hour = visit.text("date").strip(), visit.text("time").strip()
    if not date and not hour:
        return None
    if day_in(date) is None or not HOUR.fullmatch(hour):
        raise Invalid("Give the day and the hour, both.", field="wall")
    zone = visit.text("zone").strip()[:64] or (await place_of(visit)).zone.key
    turn = {"1": 0, "2": 1}.get(visit.text("turn"))
    plan = Plan(f"{date}T{hour}", zone, turn)
    if plan.instant < visit.server.clock.now():
        raise Invalid("This moment has passed. Choose a later one.", field="wall", code="ERR_PAST")
    return plan


def form_typed(visit: Visit, problem: Mapping[str, str] | None = None) -> Form:
    names = ("date", "time", "zone", "turn", "theme")
    return Form.of({name: visit.text(name) for name in names}, **(problem or {}))


def form_of(publication: Publication, zone: str) -> Form:
    """The fields for a publication as it stands, in the zone it was planned in."""
    place = zone_of(publication.zone) or zone_of(zone)
    at = wall_of(publication.planned_at, place) if publication.planned_at and place else None
    return Form.of(
        {
            "date": at.date().isoformat() if at else "",
            "time": f"{at:%H:%M}" if at else "",
            "zone": place.key if place else zone,
            "theme": str(publication.theme_id or ""),
        }
    )


def is_moved(plan: Plan, publication: Publication) -> bool:
    """Whether it is another instant; seconds do not show in the form."""
    return publication.planned_at is None or plan.instant // MINUTE != publication.planned_at // MINUTE
