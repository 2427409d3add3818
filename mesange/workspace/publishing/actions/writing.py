"""Writing: shared drafts of publications, other words, what colleagues say about them."""

from collections.abc import Sequence
from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.attach import let_go_media
from mesange.core.statuses.actions.waiting import hold_parts_media, media_of
from mesange.core.statuses.model import MOST_DRAFT_BYTES, Draft, checked_parts, digest_of, stored_parts
from mesange.events.publishing import PublicationCommented
from mesange.kit.db import Reader
from mesange.kit.errors import Conflict, Invalid, NotFound
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.steps import begin, take
from mesange.workspace.publishing.model import Publication, PublicationComment, PublicationState, Step
from mesange.workspace.publishing.model.planning import Plan
from mesange.workspace.publishing.queries import get_publication, held_publication, writing_role
from mesange.workspace.publishing.tables import publication_comments

MOST_COMMENT = 2_000


class ChangedMeanwhile(Conflict):
    public_text = "A colleague changed these words in the meantime. Look at theirs before you keep yours."
    code = "changed_meanwhile"


async def write_publication(
    server: Server,
    viewer: Viewer,
    account_id: int,
    drafts: Sequence[Draft],
    plan: Plan | None = None,
    theme_id: int | None = None,
) -> Publication:
    """A draft that every colleague for this account sees. Raises NotFound, Forbidden, Invalid."""
    parts = checked_words(drafts)
    planned_at = plan.instant if plan else None
    async with server.db.transaction() as tx:
        organization_id, _ = await writing_role(tx, viewer, account_id)
        await check_theme(tx, organization_id, theme_id)
        await hold_parts_media(tx, account_id, drafts)
        publication = Publication(
            id=server.ids.next(),
            organization_id=organization_id,
            account_id=account_id,
            author_id=viewer.user_id,
            edited_by=viewer.user_id,
            state=PublicationState.DRAFT,
            parts=parts,
            digest=digest_of(parts),
            planned_at=planned_at,
            wall=plan.wall if plan else "",
            zone=plan.zone if plan else "",
            turn=plan.turn if plan else None,
            theme_id=theme_id,
            client_id=viewer.client_id or None,
        )
        return await begin(server, tx, publication, viewer.user_id, Step.WRITE)


def checked_words(drafts: Sequence[Draft]) -> str:
    """As they are stored. Raises Invalid for nothing, and for far too much."""
    parts = checked_parts(list(drafts))
    if not any(part.text.strip() or part.spoiler_text.strip() or part.media_ids or part.poll for part in parts):
        raise Invalid("Validation failed: Text can't be blank", field="status", code="ERR_BLANK")
    stored = stored_parts(parts)
    if len(stored.encode()) > MOST_DRAFT_BYTES:
        raise Invalid("This draft is far too long to be kept. Divide it.", field="status", code="ERR_TOO_LARGE")
    return stored


async def check_theme(db: Reader, organization_id: int, theme_id: int | None) -> None:
    """Raises NotFound for a theme of somebody else."""
    if theme_id is not None and not await db.value(
        "SELECT 1 FROM themes WHERE id = ? AND organization_id = ?", theme_id, organization_id
    ):
        raise NotFound()


async def revise_publication(
    server: Server, viewer: Viewer, publication_id: int, drafts: Sequence[Draft], revision: int | None = None
) -> Publication:
    """Other words; what was approved of the earlier ones counts no more, and what was scheduled is a draft again.

    Raises NotFound, Forbidden, Invalid, WrongState, and ChangedMeanwhile when it is not at `revision` any more.
    """
    parts = checked_words(drafts)
    async with server.db.transaction() as tx:
        before = await held_publication(tx, viewer, publication_id)
        await writing_role(tx, viewer, before.account_id)
        if revision is not None and revision != before.revision:
            raise ChangedMeanwhile()
        if before.boosts_id is not None:
            raise Invalid("A boost has no words of its own.")
        if parts == before.parts:
            return before
        after = replace(
            before.after(Step.REVISE), parts=parts, digest=digest_of(parts), edited_by=viewer.user_id, reason=""
        )
        await let_go_media(server, tx, before.account_id, media_of(before.drafts))
        await hold_parts_media(tx, before.account_id, drafts)
        return await take(server, tx, viewer.user_id, Step.REVISE, before, after)


async def comment_on_publication(server: Server, viewer: Viewer, publication_id: int, text: str) -> PublicationComment:
    """Raises NotFound, Invalid."""
    if not 0 < len(text := text.strip()) <= MOST_COMMENT:
        raise Invalid(f"A comment has between 1 and {MOST_COMMENT} signs.", field="text")
    async with server.db.transaction() as tx:
        publication = await get_publication(tx, viewer, publication_id)
        comment = PublicationComment(server.ids.next(), publication_id, viewer.user_id, text)
        await tx.insert(publication_comments, comment)
        tx.emit(
            PublicationCommented(
                publication_id=publication_id,
                organization_id=publication.organization_id,
                comment_id=comment.id,
                user_id=viewer.user_id,
            )
        )
    return comment
