"""Review: sent to colleagues, sent back with a reason, approved stage by stage, never by who wrote it."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.publish import prepared_thread
from mesange.core.statuses.actions.waiting import settled
from mesange.core.statuses.model import digest_of, stored_parts
from mesange.core.teams.actions import approve_subject
from mesange.core.teams.model import ONE_EDITOR, Role, Tier, stages_for, strongest
from mesange.core.teams.queries import find_rule, list_memberships
from mesange.kit.db import Reader, Transaction
from mesange.kit.errors import Forbidden, Invalid
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.steps import take
from mesange.workspace.publishing.actions.writing import ChangedMeanwhile
from mesange.workspace.publishing.model import Publication, Step, state_after
from mesange.workspace.publishing.model.planning import HOUR_HAS_PASSED
from mesange.workspace.publishing.queries import get_publication, held_publication, writing_role

MOST_NOTE = 2_000


async def stages_of(db: Reader, publication: Publication) -> tuple[Tier, ...]:
    """What must approve these words; nothing when their author publishes freely."""
    brand_id = await db.value("SELECT brand_id FROM accounts WHERE id = ?", publication.account_id)
    rule = await find_rule(db, publication.organization_id, publication.account_id, brand_id)
    held = await list_memberships(db, publication.author_id)
    of_here = [each for each in held if each.organization_id == publication.organization_id]
    role = strongest(of_here, publication.account_id, brand_id)
    # Whose author has left is no longer anybody's own: somebody must stand for it.
    return stages_for(rule, role or Role.CONTRIBUTOR, is_answer=publication.is_answer)


async def fit_words(server: Server, publication: Publication) -> Publication:
    """The same, with what it left to its account settled. Raises what makes it unfit to be published."""
    if publication.boosts_id is not None:
        return publication
    author = Viewer(publication.account_id, publication.author_id)
    drafts = publication.drafts
    ready = await prepared_thread(server, author, drafts)
    for post in ready:
        most = server.settings.max_signs
        if post.signs > most:
            raise Invalid(
                f"Validation failed: Text character limit of {most} exceeded", field="status", code="ERR_TOO_LONG"
            )
    parts = stored_parts(settled(drafts, [post.status for post in ready]))
    return replace(publication, parts=parts, digest=digest_of(parts))


async def submit_publication(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """Send it to those who approve. Raises NotFound, Forbidden, WrongState, and what makes it unfit."""
    fit = await fit_words(server, await get_publication(server.db, viewer, publication_id))
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        await writing_role(tx, viewer, before.account_id)
        if before.revision != fit.revision:
            raise ChangedMeanwhile()
        after = replace(before.after(Step.SUBMIT), parts=fit.parts, digest=fit.digest, reason="")
        return await take(server, tx, viewer.user_id, Step.SUBMIT, before, after)


async def approve_publication(server: Server, viewer: Viewer, publication_id: int) -> Publication:
    """Approve these very words at their next stage; after the last one it goes to its instant.

    What came from a client without an instant leaves at once. Raises NotFound, WrongState, Forbidden: one's own words
    (SelfApproval), not an approver of this stage, twice.
    """
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        state_after(Step.APPROVE, before.state)
        stages = await stages_of(tx, before) or ONE_EDITOR
        wrote = (before.author_id, before.edited_by)
        words = (before.id, before.digest)
        given = await approve_subject(server, tx, viewer.user_id, before.account_id, stages, words, wrote)
        approved = await take(server, tx, viewer.user_id, Step.APPROVE, before)
        return approved if len(given) < len(stages) else await _clear(server, tx, viewer, approved)


async def _clear(server: Server, tx: Transaction, viewer: Viewer, approved: Publication) -> Publication:
    """The last stage has approved."""
    now = server.clock.now()
    clear = replace(approved.after(Step.CLEAR), planned_by=viewer.user_id)
    if clear.planned_at is not None and clear.planned_at < now:
        clear = replace(clear, reason=HOUR_HAS_PASSED)
    clear = await take(server, tx, viewer.user_id, Step.CLEAR, approved, clear)
    if clear.planned_at is None and clear.submission_id is not None:
        leaving = replace(clear.after(Step.SCHEDULE), planned_at=now)
        return await take(server, tx, viewer.user_id, Step.SCHEDULE, clear, leaving)
    if clear.planned_at is not None and not clear.reason:
        return await take(server, tx, viewer.user_id, Step.SCHEDULE, clear)
    return clear


async def request_changes(server: Server, viewer: Viewer, publication_id: int, note: str) -> Publication:
    """Send it back to its author, saying why. Raises NotFound, Forbidden, WrongState, Invalid."""
    if not 0 < len(note := note.strip()) <= MOST_NOTE:
        raise Invalid("Say what should be different.", field="note")
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        _, role = await writing_role(tx, viewer, before.account_id)
        if not role.may_publish:
            raise Forbidden("Only who may approve sends a publication back.")
        after = replace(before.after(Step.REQUEST_CHANGES), reason=note)
        return await take(server, tx, viewer.user_id, Step.REQUEST_CHANGES, before, after, note)
