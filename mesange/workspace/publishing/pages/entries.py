"""A publication as a calendar shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mesange.front.visit import Visit
from mesange.kit.text import excerpt
from mesange.kit.web.calendar import Entry
from mesange.kit.web.catalogue import marked as _
from mesange.kit.zones import wall_of
from mesange.workspace.publishing.model import Publication, PublicationState, Step, Theme, steps_from
from mesange.workspace.publishing.pages.desk import Desk
from mesange.workspace.publishing.pages.words import STATES

MOST_WORDS = 90
BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, at whose desk, by which clocks."""

    visit: Visit
    desk: Desk
    zone: ZoneInfo
    themes: Mapping[int, Theme]

    def entries(self, publications: Sequence[Publication], *, choosing: bool = False) -> tuple[Entry, ...]:
        return tuple(self.entry(each, choosing=choosing) for each in publications)

    def entry(self, publication: Publication, *, choosing: bool = False) -> Entry:
        look = STATES[publication.state]
        account = self.desk.accounts[publication.account_id]
        at = publication.planned_at or 0
        theme = self.themes.get(publication.theme_id or 0)
        address = f"/publishing/{publication.id}"
        return Entry(
            id=str(publication.id),
            url=address,
            title=words_of(self.visit, publication),
            hour=f"{wall_of(at, self.zone):%H:%M}" if publication.planned_at else "",
            state=self.visit.gettext(look.words),
            icon=look.icon,
            at=at,
            kind=look.kind,
            who=account.handle,
            band=account.band,
            note=theme.name if theme else "",
            move=f"{address}/move" if self._may_move(publication) else "",
            form=BULK if choosing else "",
        )

    def _may_move(self, publication: Publication) -> bool:
        role = self.desk.roles[publication.account_id]
        is_own = publication.author_id == self.visit.viewer.user_id
        return may_move(publication.state) and (role.may_publish or (role.may_act and is_own))


def may_move(state: PublicationState) -> bool:
    return bool({Step.PLAN, Step.SCHEDULE} & set(steps_from(state)))


def words_of(visit: Visit, publication: Publication, length: int = MOST_WORDS) -> str:
    """How it begins."""
    if publication.boosts_id is not None:
        return visit.gettext(_("Boosts a publication"))
    words = next((each.text for each in publication.drafts if each.text.strip()), "")
    return excerpt(words, length) or visit.gettext(_("No words yet"))
