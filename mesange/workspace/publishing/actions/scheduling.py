"""Scheduling: an instant is chosen, moved or given up; drafts are cancelled and brought back."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.gate import NeedsApproval
from mesange.core.teams.queries import list_approvals
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.review import fit_words, stages_of
from mesange.workspace.publishing.actions.steps import take
from mesange.workspace.publishing.actions.writing import ChangedMeanwhile, check_theme
from mesange.workspace.publishing.model import Publication, PublicationState, Step
from mesange.workspace.publishing.model.planning import Plan, checked_instant, plan_at
from mesange.workspace.publishing.queries import get_publication, held_publication, writing_role

S = PublicationState
LEAVES_BY_ITSELF = (S.SCHEDULED, S.FAILED, S.FROZEN)


async def schedule_publication(
    server: Server, viewer: Viewer, publication_id: int, plan: Plan | None = None
) -> Publication:
    """It leaves at that instant, or now.

    Raises NotFound, WrongState, Invalid (also the past), NeedsApproval, and what makes it unfit to be published.
    """
    fit = await fit_words(server, await get_publication(server.db, viewer, publication_id))
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        if before.revision != fit.revision:
            raise ChangedMeanwhile()
        _, role = await writing_role(tx, viewer, before.account_id)
        is_approved = await _check_approved(tx, fit)
        if not role.may_publish and not is_approved:
            raise NeedsApproval()
        after = replace(before.after(Step.SCHEDULE), parts=fit.parts, digest=fit.digest)
        return await take(server, tx, viewer.user_id, Step.SCHEDULE, before, _planned(server, viewer, after, plan))


async def _check_approved(tx: Transaction, fit: Publication) -> bool:
    """Whether somebody approved it; also false when nobody must. Raises NeedsApproval."""
    stages = await stages_of(tx, fit)
    if stages and len(await list_approvals(tx, fit.id, fit.digest)) < len(stages):
        raise NeedsApproval("Its words are not approved yet. Send it for review first.")
    return bool(stages)


def _planned(server: Server, viewer: Viewer, after: Publication, plan: Plan | None) -> Publication:
    now = server.clock.now()
    instant = checked_instant(plan, now) if plan else now
    plan = plan or plan_at(now, after.zone)
    return replace(
        after,
        planned_at=instant,
        wall=plan.wall,
        zone=plan.zone,
        turn=plan.turn,
        planned_by=viewer.user_id,
        reason="",
    )


async def move_publication(server: Server, viewer: Viewer, publication_id: int, plan: Plan) -> Publication:
    """Another instant; what is in review keeps its place there, what failed or was frozen is tried again then.

    Raises NotFound, Forbidden, WrongState, Invalid.
    """
    seen = await get_publication(server.db, viewer, publication_id)
    if seen.state in LEAVES_BY_ITSELF:
        return await schedule_publication(server, viewer, publication_id, plan)
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        await check_may_arrange(tx, viewer, before)
        after = _planned(server, viewer, before.after(Step.PLAN), plan)
        if before.state is not S.APPROVED:
            return await take(server, tx, viewer.user_id, Step.PLAN, before, after)
        return await take(server, tx, viewer.user_id, Step.SCHEDULE, before, replace(after, state=S.SCHEDULED))


async def unschedule_publication(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """It stays ready, and leaves only when it is scheduled again. Raises NotFound, Forbidden, WrongState."""
    return await _arrange(server, viewer, publication_id, Step.UNSCHEDULE)


async def cancel_publication(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """It is not published; its words stay, and can be reopened. Raises NotFound, Forbidden, WrongState."""
    return await _arrange(server, viewer, publication_id, Step.CANCEL)


async def reopen_publication(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """Raises NotFound, Forbidden, WrongState."""
    return await _arrange(server, viewer, publication_id, Step.REOPEN)


async def _arrange(server: Server, viewer: Viewer, publication_id: int, step: Step) -> Publication:
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        await check_may_arrange(tx, viewer, before)
        after = replace(before.after(step), reason="")
        return await take(server, tx, viewer.user_id, step, before, after)


async def check_may_arrange(tx: Transaction, viewer: Viewer, publication: Publication) -> None:
    """Raises Forbidden: a contributor arranges what they wrote themselves."""
    _, role = await writing_role(tx, viewer, publication.account_id)
    if not role.may_publish and publication.author_id != viewer.user_id:
        raise Forbidden("Only who wrote it, or who publishes, may do this.")


async def choose_theme(server: Server, viewer: Viewer, publication_id: int, theme_id: int | None) -> Publication:
    """Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        await writing_role(tx, viewer, before.account_id)
        await check_theme(tx, before.organization_id, theme_id)
        after = replace(before, theme_id=theme_id, revision=before.revision + 1)
        return await take(server, tx, viewer.user_id, Step.PLAN, before, after)
