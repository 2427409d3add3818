"""Sending for review: what a member's client posts, and somebody else must approve, is kept and told to the team."""

from collections.abc import Sequence

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.statuses.actions.keys import KEY_LIFE, MOST_KEY
from mesange.core.statuses.actions.waiting import hold_parts_media
from mesange.core.statuses.model import Draft, Submission, digest_of, stored_parts
from mesange.core.statuses.tables import submissions
from mesange.events.statuses import StatusSubmitted
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid
from mesange.kit.ids import first_id_at
from mesange.kit.server import Server


class SentForReview(Invalid):
    """Not published, and not lost: `submission_id` waits for a colleague."""

    public_text = "Sent for review: your team has it, and it is published once a colleague approves it."
    code = "sent_for_review"

    def __init__(self, submission_id: int) -> None:
        super().__init__()
        self.submission_id = submission_id


async def submit_posts(
    server: Server, tx: Transaction, viewer: Viewer, drafts: Sequence[Draft], key: str, planned_at: int | None = None
) -> Submission:
    """Keep a post or a thread for review. The same key, or the same words while they wait, are one submission."""
    account_id = acting_account(viewer)
    parts = stored_parts(drafts)
    bare = Submission(
        id=server.ids.next(),
        account_id=account_id,
        user_id=viewer.user_id,
        parts=parts,
        digest=digest_of(parts),
        key=key[:MOST_KEY],
        client_id=viewer.client_id or None,
        planned_at=planned_at,
    )
    await tx.row("SELECT id FROM accounts WHERE id = ? FOR UPDATE", account_id)
    if earlier := await _earlier(server, tx, bare):
        return earlier
    await tx.insert(submissions, bare)
    await hold_parts_media(tx, account_id, drafts)
    tx.emit(StatusSubmitted(submission_id=bare.id, account_id=account_id, user_id=viewer.user_id))
    return bare


async def _earlier(server: Server, tx: Transaction, sent: Submission) -> Submission | None:
    row = await tx.row(
        f"SELECT {submissions.columns} FROM submissions WHERE account_id = ? AND user_id = ? "
        "AND ((key <> '' AND key = ? AND id > ?) OR (digest = ? AND settled_at IS NULL)) ORDER BY id DESC LIMIT 1",
        sent.account_id,
        sent.user_id,
        sent.key,
        first_id_at(server.clock.now() - KEY_LIFE),
        sent.digest,
    )
    return submissions.load(row) if row else None


async def settle_submission(server: Server, tx: Transaction, submission_id: int) -> None:
    """It is published, or dropped: the same words sent again are another submission."""
    await tx.execute("UPDATE submissions SET settled_at = ? WHERE id = ?", server.clock.now(), submission_id)
