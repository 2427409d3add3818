"""A step of a publication: the row, its history and the event, in one transaction."""

from mesange.core.statuses.actions.submit import settle_submission
from mesange.events.publishing import PublicationChanged
from mesange.kit.db import Transaction
from mesange.kit.server import Server
from mesange.workspace.publishing.model import Publication, PublicationRevision, PublicationState, Step
from mesange.workspace.publishing.tables import publication_revisions, publications

SETTLED = (PublicationState.PUBLISHED, PublicationState.CANCELLED)


async def begin(server: Server, tx: Transaction, publication: Publication, user_id: int, step: Step) -> Publication:
    """A publication that was not there before."""
    await tx.insert(publications, publication)
    await note_step(server, tx, publication, user_id, step, before="")
    return publication


async def take(
    server: Server,
    tx: Transaction,
    user_id: int,
    step: Step,
    before: Publication,
    after: Publication | None = None,
    note: str = "",
) -> Publication:
    """Take a step with a held row; `after` is what it becomes, when more changes than its state. Raises WrongState."""
    after = after or before.after(step)
    await tx.update(publications, after)
    await note_step(server, tx, after, user_id, step, before.state.value, note)
    return after


async def note_step(
    server: Server, tx: Transaction, after: Publication, user_id: int, step: Step, before: str, note: str = ""
) -> None:
    revision = PublicationRevision(
        server.ids.next(), after.id, user_id, step, after.state, after.parts, after.planned_at, note
    )
    await tx.insert(publication_revisions, revision)
    if after.submission_id and after.state in SETTLED:
        await settle_submission(server, tx, after.submission_id)
    tx.emit(
        PublicationChanged(
            publication_id=after.id,
            organization_id=after.organization_id,
            account_id=after.account_id,
            user_id=user_id,
            step=step.value,
            state=after.state.value,
            before=before,
        )
    )
