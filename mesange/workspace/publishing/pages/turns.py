"""Whose turn it is: which stage of approval a publication waits at, and what one may do with it next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mesange.core.teams.model import ONE_EDITOR, Role, Tier, applying_rule
from mesange.core.teams.queries import list_rules
from mesange.core.teams.tables import approvals
from mesange.front.views import Act
from mesange.front.visit import Visit
from mesange.kit.db import Reader
from mesange.kit.web.catalogue import marked as _
from mesange.workspace.publishing.model import Publication, PublicationState
from mesange.workspace.publishing.queries.due import load_brands

S = PublicationState


@dataclass(frozen=True, slots=True)
class Turn:
    """`given` approvals of `wanted`; whether the viewer may give the next one."""

    given: int
    wanted: int
    is_mine: bool


async def turns_of(
    db: Reader, user_id: int, roles: Mapping[int, Role], publications: Sequence[Publication]
) -> dict[int, Turn]:
    """By publication in review, in a fixed number of queries; all are of one organization."""
    if not publications:
        return {}
    rules = await list_rules(db, publications[0].organization_id)
    brands = await load_brands(db, [each.account_id for each in publications])
    rows = await db.rows(
        f"SELECT {approvals.columns} FROM approvals WHERE subject_id = ANY(?)", [each.id for each in publications]
    )
    given = [approvals.load(row) for row in rows]
    turns: dict[int, Turn] = {}
    for each in publications:
        rule = applying_rule(rules, each.account_id, brands.get(each.account_id))
        covers = rule is not None and (rule.covers_answers or not each.is_answer)
        stages = rule.stages if rule and covers else ONE_EDITOR
        approved = [one.user_id for one in given if one.subject_id == each.id and one.digest == each.digest]
        turns[each.id] = _turn(each, user_id, roles[each.account_id], stages, approved)
    return turns


def _turn(each: Publication, user_id: int, role: Role, stages: Sequence[Tier], approved: Sequence[int]) -> Turn:
    wrote_it = user_id in (each.author_id, each.edited_by)
    stage = stages[len(approved)] if len(approved) < len(stages) else None
    is_mine = stage is not None and not wrote_it and user_id not in approved and stage.admits(user_id, role)
    return Turn(len(approved), len(stages), is_mine)


def steps_for(
    visit: Visit, publication: Publication, role: Role, turn: Turn | None, *, needs_review: bool
) -> list[Act]:
    """What may be done next, the one most wanted first; nothing for who only reads."""
    return [
        Act(f"/publishing/{publication.id}/{verb}", visit.gettext(words), is_main=at == 0 and verb != "cancel")
        for at, (verb, words) in enumerate(_verbs(publication, visit.viewer.user_id, role, turn, needs_review))
    ]


def _verbs(
    publication: Publication, user_id: int, role: Role, turn: Turn | None, needs_review: bool
) -> list[tuple[str, str]]:
    if not role.may_act:
        return []
    state = publication.state
    may_arrange = role.may_publish or publication.author_id == user_id
    cancel = [("cancel", _("Cancel it"))] if may_arrange and state.is_open else []
    if state in (S.DRAFT, S.CHANGES_REQUESTED):
        leaves = state is S.DRAFT and role.may_publish and not needs_review
        return [*([("schedule", _leaving(publication))] if leaves else []), ("submit", _("Send for review")), *cancel]
    if state is S.IN_REVIEW:
        return [*([("approve", _("Approve"))] if turn and turn.is_mine else []), *cancel]
    if state in (S.APPROVED, S.FAILED, S.FROZEN):
        again = [("schedule", _leaving(publication))] if role.may_publish or state is S.APPROVED else []
        return [*again, *([("submit", _("Send for review"))] if state is S.FAILED and not again else []), *cancel]
    if state is S.SCHEDULED:
        return [("unschedule", _("Take it off the schedule")), *cancel] if may_arrange else []
    return [("reopen", _("Reopen it"))] if state is S.CANCELLED and may_arrange else []


def _leaving(publication: Publication) -> str:
    return _("Schedule it") if publication.planned_at else _("Publish it now")
