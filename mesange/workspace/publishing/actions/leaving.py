"""Leaving: each publication is published once, at its instant, in the order of these; what is refused says why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mesange.core.accounts.model import AccountFrozen, Viewer
from mesange.core.statuses.actions.gate import Frozen, NeedsApproval, Reviewed
from mesange.core.statuses.actions.marks import Boost, prepared_boost, write_boost
from mesange.core.statuses.actions.publish import Prepared, prepared_thread, publishing, write_prepared
from mesange.core.statuses.queries import find_status, hashtags_of
from mesange.core.teams.model import Role, strongest
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import MesangeError, NotFound, Unavailable
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.steps import take
from mesange.workspace.publishing.model import Publication, Step
from mesange.workspace.publishing.model.leaving import (
    AUTHOR_LEFT,
    BOOSTED_IS_NOT_THERE,
    NotTagged,
    reason_of,
    step_after_refusal,
)
from mesange.workspace.publishing.model.planning import LATEST, MISSED
from mesange.workspace.publishing.queries.due import find_publication, list_due, load_brands, load_memberships

AT_ONCE = 50
"""Publications that share a transaction: other writers wait for no more than these."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A publication made ready, and for whom it leaves."""

    publication: Publication
    viewer: Viewer
    ready: Sequence[Prepared] = ()
    boost: Boost | None = None

    @property
    def reviewed(self) -> Reviewed:
        publication = self.publication
        return Reviewed(publication.id, publication.digest, publication.is_answer)


async def publish_due_publications(server: Server) -> None:
    """Publish everything whose instant has come, once, whichever server looks first."""
    while due := await list_due(server.db, server.clock.now(), AT_ONCE):
        words = [publication for publication in due if publication.boosts_id is None]
        await _leave(server, [each for each in await _made_ready(server, words) if each])
        for boosting in due:
            if boosting.boosts_id is not None:
                await _leave(server, [each for each in await _made_ready(server, [boosting]) if each])


async def _made_ready(server: Server, due: Sequence[Publication]) -> list[Leaving | None]:
    viewers = await _viewers(server.db, due)
    return [await _ready(server, publication, viewers.get(publication.id)) for publication in due]


async def _viewers(db: Reader, due: Sequence[Publication]) -> dict[int, Viewer]:
    """For whom each leaves: its author, or who planned or approved it once the author has gone."""
    users = [user_id for each in due for user_id in (each.author_id, each.planned_by or 0)]
    held = await load_memberships(db, users)
    brands = await load_brands(db, [each.account_id for each in due])

    def role(publication: Publication, user_id: int | None) -> Role | None:
        of_them = [
            each for each in held if each.user_id == user_id and each.organization_id == publication.organization_id
        ]
        return strongest(of_them, publication.account_id, brands.get(publication.account_id))

    found: dict[int, Viewer] = {}
    for each in due:
        user_id = next((user for user in (each.author_id, each.planned_by) if user and role(each, user)), None)
        if user_id is not None:
            found[each.id] = Viewer(each.account_id, user_id, client_id=each.client_id or 0)
    return found


async def _ready(server: Server, publication: Publication, viewer: Viewer | None) -> Leaving | None:
    """None when it cannot leave: its row says why."""
    try:
        if viewer is None:
            raise NotFound(AUTHOR_LEFT)
        if server.clock.now() - (publication.planned_at or 0) > LATEST:
            raise NotFound(MISSED)
        if publication.boosts_id is not None:
            return Leaving(publication, viewer, boost=await _boost(server, viewer, publication))
        return Leaving(publication, viewer, await prepared_thread(server, viewer, publication.drafts))
    except Unavailable:
        raise  # Nothing was decided: the next round tries again.
    except MesangeError as error:
        await _refuse(server, publication, error)
        return None


async def _boost(server: Server, viewer: Viewer, publication: Publication) -> Boost:
    boosted = await find_publication(server.db, publication.boosts_id or 0)
    if boosted is None or boosted.status_id is None:
        raise NotFound(BOOSTED_IS_NOT_THERE)
    status = await find_status(server, boosted.status_id)
    if status is None:
        raise NotFound(BOOSTED_IS_NOT_THERE)
    if publication.boosts_tag and publication.boosts_tag not in hashtags_of(status):
        raise NotTagged(publication.boosts_tag)
    return await prepared_boost(server, viewer, boosted.status_id)


async def _leave(server: Server, together: Sequence[Leaving]) -> None:
    """In one transaction; when one of them is refused, each by itself, so that the others still leave."""
    if not together:
        return
    try:
        async with publishing(server, [post for leaving in together for post in leaving.ready]) as tx:
            for leaving in together:
                await _write(server, tx, leaving)
    except Unavailable:
        raise
    except MesangeError as error:
        if len(together) == 1:
            await _refuse(server, together[0].publication, error)
        else:
            for leaving in together:
                await _leave(server, [leaving])


async def _write(server: Server, tx: Transaction, leaving: Leaving) -> None:
    before = leaving.publication
    if not await _claim(tx, before):
        return
    if leaving.boost:
        status = await write_boost(server, tx, leaving.viewer, leaving.boost, leaving.reviewed)
    else:
        await write_prepared(server, tx, leaving.viewer, leaving.ready, leaving.reviewed)
        status = leaving.ready[0].status
    begun = before.after(Step.BEGIN)
    after = replace(begun.after(Step.PUBLISH), status_id=status.id, published_at=status.created_at, reason="")
    await take(server, tx, leaving.viewer.user_id, Step.PUBLISH, before, after)


async def _claim(tx: Transaction, publication: Publication) -> bool:
    """In the transaction that publishes it, as it was read: so it is published once, or waits."""
    is_ours = await tx.execute(
        "UPDATE publications SET state = 'publishing' WHERE id = ? AND state = 'scheduled' AND revision = ?",
        publication.id,
        publication.revision,
    )
    return is_ours > 0


async def _refuse(server: Server, publication: Publication, error: MesangeError) -> None:
    """Keep it, with the reason and the state from which there is a way on."""
    is_frozen, lacks_approval = isinstance(error, Frozen | AccountFrozen), isinstance(error, NeedsApproval)
    step = step_after_refusal(is_frozen=is_frozen, lacks_approval=lacks_approval, is_untagged=_is_untagged(error))
    async with server.db.transaction() as tx:
        if await _claim(tx, publication):
            after = replace(publication.after(step), reason=reason_of(error))
            await take(server, tx, 0, step, publication, after)


def _is_untagged(error: MesangeError) -> bool:
    return isinstance(error, NotTagged)
