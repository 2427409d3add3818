"""Reactions to events."""

import msgspec

from mesange.core.statuses.model import Submission
from mesange.core.statuses.tables import submissions
from mesange.events.publishing import PublicationChanged, PublicationCommented
from mesange.events.statuses import StatusSubmitted
from mesange.kit.consumers import Consumer
from mesange.kit.db import Transaction
from mesange.kit.live import Message
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.steps import begin
from mesange.workspace.publishing.memory import Desks, calendar_channel, publication_channel
from mesange.workspace.publishing.model import Publication, PublicationState, Step
from mesange.workspace.publishing.model.planning import plan_at


async def on_status_submitted(server: Server, tx: Transaction, event: StatusSubmitted) -> None:
    """What a client sent, and somebody else must approve, is a publication in review."""
    row = await tx.row(f"SELECT {submissions.columns} FROM submissions WHERE id = ?", event.submission_id)
    account = await tx.row("SELECT organization_id FROM accounts WHERE id = ?", event.account_id)
    if row and account and account[0]:
        submission = submissions.load(row)
        await begin(server, tx, _submitted(server, submission, account[0]), submission.user_id, Step.SUBMIT)


def _submitted(server: Server, submission: Submission, organization_id: int) -> Publication:
    plan = plan_at(submission.planned_at, "UTC") if submission.planned_at else None
    return Publication(
        id=server.ids.next(),
        organization_id=organization_id,
        account_id=submission.account_id,
        author_id=submission.user_id,
        edited_by=submission.user_id,
        state=PublicationState.IN_REVIEW,
        parts=submission.parts,
        digest=submission.digest,
        planned_at=submission.planned_at,
        wall=plan.wall if plan else "",
        zone=plan.zone if plan else "",
        client_id=submission.client_id,
        submission_id=submission.id,
    )


CONSUMER = Consumer("publications", {StatusSubmitted: [on_status_submitted]})


async def tell_open_pages(server: Server, event: PublicationChanged | PublicationCommented) -> None:
    """Ids alone: each page reads what its viewer may see."""
    message = Message("publication", msgspec.json.encode({"id": str(event.publication_id)}))
    server.of(Desks).note_change(event.organization_id, server.clock.now())
    server.live.push(publication_channel(event.publication_id), message)
    if isinstance(event, PublicationChanged):
        server.live.push(calendar_channel(event.organization_id), message)


LISTENERS = {PublicationChanged: [tell_open_pages], PublicationCommented: [tell_open_pages]}
